import Foundation
import LMDB

extension LMDBEventLog {
  static func takeLock(_ directory: DataDirectory) throws(EventStoreError) -> FileLock {
    do throws(LMDBError) { try FileSystem.makeFolder(directory.path) } catch {
      guard error == .system(errno: ENOENT) else { throw EventStoreError(error) }
      throw .unusable(path: directory.path, reason: "The folder in which it is to be does not exist. Make it first.")
    }
    do throws(FileLock.Failure) {
      return try FileLock(path: directory.writerLock, holder: FileLock.thisProcess)
    } catch {
      switch error {
      case .held(let other): throw .locked(path: directory.path, holder: other.isEmpty ? "another process" : other)
      case .system(let code): throw EventStoreError(LMDBError(code: code, at: directory.writerLock, .write))
      }
    }
  }

  static func openFile(_ directory: DataDirectory, options: Options) throws(EventStoreError) -> (file: LogFile, lineage: Lineage) {
    let format = try FormatFile(directory)
    try refuseNewer(format, in: directory)
    if !FileSystem.exists(directory.log + "/data.mdb") {
      guard !LogUpgrade.isInterrupted(in: directory) else { throw .unusable(path: directory.log, reason: interruptedUpgrade) }
      guard format == nil else { throw .unusable(path: directory.log, reason: missingLog) }
      guard options.access == .readWrite else {
        throw .unusable(
          path: directory.path, reason: "There is no log here. Give the data directory with --data, or make one with 'portal act'.")
      }
    }
    let now = options.clock()
    let new = LogFile.Identity(format: LogFile.newestFormat, lineage: Lineage(id: .v7(at: now), epoch: 0), created: now)
    let file = try storage { () throws(LMDBError) in
      try LogFile(path: directory.log, access: options.access, mapSizeBytes: options.mapSizeBytes, new: new)
    }
    let identity = try storage { () throws(LMDBError) in try file.identity() }
    guard let identity else { throw .unusable(path: directory.log, reason: "The file is an LMDB file but not a log.") }
    guard identity.format <= LogFile.newestFormat else {
      throw .unusable(path: directory.path, reason: newerFormat(identity.format))
    }
    if options.access == .readWrite { try FormatFile.write(identity, to: directory) }
    return (file, identity.lineage)
  }

  private static func refuseNewer(_ format: FormatFile?, in directory: DataDirectory) throws(EventStoreError) {
    if let format, format.number > LogFile.newestFormat {
      throw .unusable(path: directory.path, reason: newerFormat(format.number))
    }
  }

  private static func newerFormat(_ format: UInt64) -> String {
    "The data is of format \(format); this build knows formats up to \(LogFile.newestFormat). Use the build that wrote it, or a newer one."
  }

  private static let interruptedUpgrade =
    "The upgrade of this log was interrupted; nothing is lost. Run 'portal admin upgrade' again: it continues where it stopped."

  /// The format line is written after the log.
  private static let missingLog =
    "The log is missing: the file 'format' says that there was one. Bring it back, or restore a backup; nothing was changed. "
    + "Delete 'format' only if the log is given up."

  /// The newest event and all type names, as they are in the file now.
  static func snapshot(
    of file: LogFile, knownTypes: [RecordType]
  ) throws(EventStoreError) -> (head: LogHead, types: [RecordType]) {
    try file.environment.read { (txn) throws(EventStoreError) in
      let types = try storage { () throws(LMDBError) in try file.types(after: knownTypes, in: txn) }
      guard let position = try storage({ () throws(LMDBError) in try file.lastPosition(in: txn) }) else { return (.empty, types) }
      let reader = LogReader(file: file, heads: HeadIndex(file: nil, folded: .empty), types: types, bound: position)
      let event = try reader.header(at: position, in: txn)
      return (LogHead(position: position, time: event.logTime, prefixHash: event.prefixHash), types)
    }
  }

  /// Opens `index/`, or does without: a reader folds the whole log in memory when there is no index, a writer makes one.
  /// - Returns: The index, and up to where it is folded, if it is.
  static func openIndex(
    _ directory: DataDirectory, access: Environment.Access
  ) throws(EventStoreError) -> (file: IndexFile, checkpoint: IndexFile.Checkpoint?)? {
    guard access == .readWrite || FileSystem.exists(directory.index + "/data.mdb") else { return nil }
    do throws(LMDBError) {
      let file = try IndexFile(path: directory.index, access: access)
      return (file, try file.wholeCheckpoint())
    } catch {
      switch error {
      case .damagedFile, .corrupted, .notFound, .invalidFile:
        throw .unusable(path: directory.index, reason: "The index is damaged. Delete the folder: it is made again from the log.")
      default: throw EventStoreError(error)
      }
    }
  }

  /// Where an index stands in the log, whose newest event and types must have been looked at after it.
  static func folded(
    upTo checkpoint: IndexFile.Checkpoint, lineage: Lineage, of log: LogFile, in directory: DataDirectory,
    known: (head: LogHead, types: [RecordType])
  ) throws(EventStoreError) -> LogHead {
    guard checkpoint.lineage == lineage else {
      throw .unusable(
        path: directory.index, reason: "This index belongs to another log. Delete the folder: it is made again from this log.")
    }
    guard let last = known.head.position, checkpoint.position <= last else {
      throw .unusable(
        path: directory.log,
        reason:
          "The log ends at \(known.head.position?.rawValue ?? 0) but its index has seen \(checkpoint.position): events are missing. "
          + "Restore the log from a backup; delete the folder index only if the loss is accepted.")
    }
    let reader = LogReader(file: log, heads: HeadIndex(file: nil, folded: .empty), types: known.types, bound: last)
    let folded = try log.environment.read { (txn) throws(EventStoreError) in
      let event = try reader.header(at: checkpoint.position, in: txn)
      return LogHead(position: checkpoint.position, time: event.logTime, prefixHash: event.prefixHash)
    }
    guard folded.prefixHash == checkpoint.prefixHash else {
      throw .unusable(
        path: directory.index,
        reason: "This index was made from another history of this log. Delete the folder: it is made again from this log.")
    }
    return folded
  }

  /// Folds the log from where `heads` stand up to `head`. With a lineage, heads go to the file as they become many.
  static func fold(
    _ file: LogFile, into heads: HeadIndex, upTo head: LogHead, types: [RecordType], lineage: Lineage?
  ) throws(EventStoreError) {
    guard let last = head.position else { return }
    let reader = LogReader(file: file, heads: heads, types: types, bound: last)
    var next = heads.folded.position?.next ?? .first
    while next <= last {
      let end = min(last, Position(unchecked: next.rawValue + 65_535))
      var map = HeadMap()
      var folded = heads.folded
      var fault: EventStoreError?
      _ = try reader.read(EventQuery(.all, from: .position(next), upTo: end)) { event in
        guard event.previousChecksum == folded.link(in: file.format) else {
          fault = .corrupt(at: event.position, reason: "it does not follow the record before it")
          return .stop
        }
        map.fold(event)
        folded = LogHead(position: event.position, time: event.logTime, prefixHash: event.prefixHash)
        return .next
      }
      if let fault { throw fault }
      heads.advance(map, to: folded)
      if let lineage, heads.pressure != .none { try storage { () throws(LMDBError) in try heads.store(lineage: lineage) } }
      next = end.next
    }
  }
}

/// The line in `format`: for people, and for a build that is older than the data.
struct FormatFile {
  let number: UInt64

  /// `nil` if there is no such file: the log's own meta row decides then.
  init?(_ directory: DataDirectory) throws(EventStoreError) {
    guard let text = try storage({ () throws(LMDBError) in try FileSystem.text(of: directory.format) }) else { return nil }
    guard let word = text.split(whereSeparator: \.isWhitespace).first, let number = UInt64(word) else {
      throw .unusable(path: directory.format, reason: "This is not the format line of a data directory.")
    }
    self.number = number
  }

  static func write(_ identity: LogFile.Identity, to directory: DataDirectory) throws(EventStoreError) {
    let created = Date(timeIntervalSince1970: Double(identity.created.microseconds) / 1_000_000)
      .formatted(.iso8601)
    let line = "\(identity.format) \(identity.lineage.id.uuidString.lowercased()) \(created)\n"
    guard (try? String(contentsOfFile: directory.format, encoding: .utf8)) != line else { return }
    try storage { () throws(LMDBError) in try FileSystem.write(Array(line.utf8), to: directory.format) }
  }
}
