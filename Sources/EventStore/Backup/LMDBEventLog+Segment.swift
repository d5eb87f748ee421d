import Foundation
import LMDB

extension LMDBEventLog {
  /// Writes the records after `position` (`nil`: all) up to the head into the new file `path`, synced.
  /// - Returns: The last position in the file; `nil` if there was nothing to write, and then there is no file.
  /// - Throws: `.unusable` if there is something at `path`, if there is no room for it, or if the log does not reach `position`.
  @discardableResult
  public func writeSegment(after position: Position?, to path: String) throws(EventStoreError) -> Position? {
    try Destination.check(path)
    let head = try head()
    if let position, position.rawValue > head.position?.rawValue ?? 0 {
      throw .unusable(
        path: directory.path,
        reason: "The log ends at \(head.position?.rawValue ?? 0), before position \(position). Is it the log that was backed up?")
    }
    guard let last = head.position, last != position else { return nil }
    var previousChecksum: UInt64 = 0
    if let position { previousChecksum = try prefixHash(at: position) ?? 0 }
    let segment = LogSegment(
      format: file.format.number, lineage: lineage, first: position?.next ?? .first, last: last, previousChecksum: previousChecksum,
      types: types.all.map(\.name))
    Workpiece.removeLeftovers(of: path)
    let draft = Workpiece.name(for: path)
    try Destination.making(path) { () throws(EventStoreError) in
      let output = try storage { () throws(LMDBError) in try DurableFile(creating: draft) }
      defer { try? FileSystem.removeTree(draft) }
      try write(segment, to: output)
      try storage { () throws(LMDBError) in
        try output.finish()
        try FileSystem.rename(draft, toNew: path)
      }
    }
    return last
  }

  private func write(_ segment: LogSegment, to output: DurableFile) throws(EventStoreError) {
    try storage { () throws(LMDBError) in try output.write(segment.head) }
    var fault: LMDBError?
    var pending: [UInt8] = []
    try read(EventQuery(.all, from: .position(segment.first), upTo: segment.last)) { event in
      pending.appendLittleEndian(UInt32(event.byteCount))
      pending += [UInt8](event.record)
      guard pending.count > 1 << 20 || event.position == segment.last else { return .next }
      do throws(LMDBError) { try output.write(pending) } catch { fault = error }
      pending.removeAll(keepingCapacity: true)
      return fault == nil ? .next : .stop
    }
    if let fault { throw EventStoreError(fault) }
  }

  /// Adds the records of a segment file to the log in `directory`, which must reach up to where they begin. Each record is checked;
  /// what was added before a fault stays, so a file that was cut short can be followed by a whole one, and records that the log
  /// has already do no harm.
  /// - Returns: The head afterwards.
  /// - Throws: `.unusable` if there is no log, or if the file is not a segment, is damaged, or does not belong to this log; `.misplaced` if
  ///   it does not belong after this log's head.
  public static func add(segment path: String, to directory: DataDirectory) throws(EventStoreError) -> Position {
    guard FileSystem.exists(directory.log) else {
      throw .unusable(
        path: directory.path, reason: "There is no log here to add to. Restore the backup that comes before the segment.")
    }
    let lock = try takeLock(directory)
    defer { withExtendedLifetime(lock) {} }
    let opened = try openFile(directory, options: Options())
    return try add(segment: path, to: opened.file, of: opened.lineage)
  }

  static func add(segment path: String, to log: LogFile, of lineage: Lineage) throws(EventStoreError) -> Position {
    var intake = try RecordIntake(log)
    let (file, segment) = try open(segment: path)
    guard segment.format == log.format.number else {
      throw .unusable(
        path: path,
        reason: "These records are of format \(segment.format) and the log is of format \(log.format.number). "
          + "Upgrade the log first, or add segments that were made before its original was upgraded.")
    }
    guard segment.lineage.id == lineage.id, intake.learn(segment.types) else {
      throw .unusable(path: path, reason: "These records belong to another log.")
    }
    for number in segment.first.rawValue...segment.last.rawValue {
      try intake.take(try record(from: file, path: path), at: Position(unchecked: number))
    }
    try intake.flush()
    return intake.head.position ?? segment.last
  }

  private static func open(segment path: String) throws(EventStoreError) -> (FileReader, LogSegment) {
    do throws(SegmentFault) {
      let file = try FileReader(path)
      return (file, try LogSegment(file))
    } catch {
      throw .unusable(path: path, reason: error.words)
    }
  }

  private static func record(from file: FileReader, path: String) throws(EventStoreError) -> [UInt8] {
    do throws(SegmentFault) {
      let length = Int(try file.number() as UInt32)
      guard length <= RecordLayout.maximumLength else { throw .damaged }
      return try file.bytes(length)
    } catch {
      throw .unusable(path: path, reason: error.words)
    }
  }
}

extension SegmentFault {
  fileprivate var words: String {
    switch self {
    case .notASegment: "This is not a file of log records."
    case .damaged: "The file ends too early or is damaged. Fetch it again."
    case .unreadable: "The file cannot be read."
    }
  }
}
