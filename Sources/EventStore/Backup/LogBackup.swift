import Foundation
import LMDB

/// What goes into a backup.
public enum BackupScope: Sendable {
  case log
  /// The wrapped keys of data subjects and the password verifiers too; never the master key.
  case logAndKeys
}

/// What a restore made, before it gets its name.
public struct RestoredParts: Sendable {
  /// Where the log is.
  public let log: DataDirectory
  /// The folders of keys and of verifiers that will go with it: those that are in place already, or those of the backup.
  public let keys: String
  public let secrets: String
}

extension LMDBEventLog {
  /// Writes a compacted copy of the log into the new folder `destination`, while appends go on, and verifies it.
  ///
  /// The copy is made under another name, synced, read from beginning to end, and only then given its name: a folder called
  /// `destination` is a backup that was found whole. It is a data directory of its own, to be read with every command.
  /// - Returns: What the verification found: the head that the backup has.
  /// - Throws: `.unusable` if `destination` exists, if there is no room for it, or if the copy is not whole.
  /// - Parameter accept: Looks at the copy before it gets its name: what it throws ends the backup.
  @discardableResult
  public func backup(
    to destination: String, scope: BackupScope = .log, progress: (Position, Position) -> Void = { _, _ in },
    accept: (DataDirectory) throws(EventStoreError) -> Void = { _ in }
  ) throws(EventStoreError) -> LogVerification.Summary {
    try Destination.check(destination)
    return try Destination.making(destination) { () throws(EventStoreError) in
      let draft = try storage { () throws(LMDBError) in try Workpiece(folderFor: destination) }
      defer { try? FileSystem.removeTree(draft.path) }
      let copy = DataDirectory(draft.path)
      try LMDBEventLog.copyLog(of: self, to: copy)
      let summary = try LMDBEventLog.verify(copy, progress: progress)
      // Keys last: a key is on the disk before the first event that needs it, so whatever the log's copy has, its keys are there now.
      if scope == .logAndKeys { try LMDBEventLog.copyKeys(from: directory, to: copy) }
      try accept(copy)
      try LMDBEventLog.seal(copy)
      try BackupManifest(of: copy).write(to: copy)
      try storage { () throws(LMDBError) in
        try FileSystem.sync(copy.path)
        try draft.finish(as: destination)
      }
      return summary
    }
  }

  /// Makes the data directory `destination` from a backup and the segments that follow it. Its lineage goes into a new epoch, so that
  /// read models, indexes and followers of what was appended after the backup are refused.
  ///
  /// The log gets its name last, when it has everything and was read from beginning to end: until then there is none, and
  /// restoring can begin anew.
  /// - Parameters:
  ///   - segments: Files that ``writeSegment(after:to:)`` made, in order.
  ///   - scope: Whether the backup's keys and verifiers are restored, where `destination` has none.
  ///   - accept: Looks at what was made, before it gets its name, and at the keys that will go with it: what it throws ends the restore.
  /// - Throws: `.unusable` if `destination` has a log or no room, or if the backup or a segment is not whole; `.misplaced` if a segment
  ///   does not belong after what is before it.
  public static func restore(
    _ backup: DataDirectory, adding segments: [String] = [], to destination: DataDirectory, scope: BackupScope = .logAndKeys,
    at time: Timestamp = .now(), progress: (Position, Position) -> Void = { _, _ in },
    accept: (RestoredParts) throws(EventStoreError) -> Void = { _ in }
  ) throws(EventStoreError) -> LogVerification.Summary {
    let lock = try takeLock(destination)
    defer { withExtendedLifetime(lock) {} }
    guard !FileSystem.exists(destination.log) else {
      throw .unusable(path: destination.log, reason: "There is a log here already. Move it away first; nothing was changed.")
    }
    try BackupManifest.check(backup)
    let source = try LMDBEventLog(directory: backup, options: Options(access: .readOnly))
    return try Destination.making(destination.path) { () throws(EventStoreError) in
      let draft = try storage { () throws(LMDBError) in try Workpiece(folderFor: destination.path + "/restore") }
      defer { try? FileSystem.removeTree(draft.path) }
      let work = DataDirectory(draft.path)
      try copyLog(of: source, to: work)
      try branch(work, at: time, adding: segments)
      let summary = try verify(work, progress: progress)
      if scope == .logAndKeys { try copyKeys(from: backup, to: work) }
      try accept(try parts(of: work, for: destination))
      try install(work, in: destination)
      return summary
    }
  }

  /// Removes what a restore that was killed left in `directory`. The next restore does it, too.
  public static func removeUnfinishedRestore(in directory: DataDirectory) {
    Workpiece.removeLeftovers(of: directory.path + "/restore")
  }

  /// What ``install(_:in:)`` is going to leave where it is, and what it is going to bring.
  private static func parts(of work: DataDirectory, for directory: DataDirectory) throws(EventStoreError) -> RestoredParts {
    func inForce(_ there: String, _ made: String) throws(EventStoreError) -> String {
      try storage { () throws(LMDBError) in try FileSystem.isPresent(there + "/data.mdb") } ? there : made
    }
    return RestoredParts(
      log: work, keys: try inForce(directory.keys, work.keys), secrets: try inForce(directory.secrets, work.secrets))
  }

  /// Reads a log that was made just now, from beginning to end.
  /// - Throws: `.unusable` if it is not whole.
  static func verify(
    _ directory: DataDirectory, progress: (Position, Position) -> Void
  ) throws(EventStoreError) -> LogVerification.Summary {
    var first: LogVerification.Finding?
    // What does not fit into memory goes beside the copy: there is room for that, or there will be none for the log either.
    let verification = try LogVerification(directory: directory, memory: .init(folder: directory.path))
    let summary = try verification.run(progress: progress) { first = first ?? $0 }
    if let first {
      throw .unusable(
        path: directory.path, reason: "The copy is not whole (\(summary.findings) findings, the first: \(first)). Do not use it.")
    }
    return summary
  }

  /// Gives the log that was made in `work` its name in `directory`, with what belongs to it. The log comes last: until then there
  /// is none.
  static func install(_ work: DataDirectory, in directory: DataDirectory) throws(EventStoreError) {
    try seal(work)
    try storage { () throws(LMDBError) in
      for derived in [directory.index, directory.views] { try FileSystem.removeTree(derived) }
      for (folder, place) in [(work.keys, directory.keys), (work.secrets, directory.secrets)]
      where FileSystem.exists(folder) && !FileSystem.exists(place + "/data.mdb") {
        // A file and not its folder: the master key may be there.
        try FileSystem.makeFolder(place)
        try FileSystem.rename(folder + "/data.mdb", to: place + "/data.mdb")
      }
      if FileSystem.exists(work.index) { try FileSystem.rename(work.index, to: directory.index) }
      try FileSystem.rename(work.format, to: directory.format)
      try FileSystem.rename(work.log, to: directory.log)
    }
  }

  private static func copyLog(of log: LMDBEventLog, to copy: DataDirectory) throws(EventStoreError) {
    try storage { () throws(LMDBError) in
      try FileSystem.makeNewFolder(copy.log)
      try log.file.environment.copy(to: copy.log)
    }
  }

  /// Copies the folders of keys and verifiers that are there.
  private static func copyKeys(from source: DataDirectory, to copy: DataDirectory) throws(EventStoreError) {
    try storage { () throws(LMDBError) in
      for (folder, copy) in [(source.keys, copy.keys), (source.secrets, copy.secrets)] {
        // What may not be looked at is not absent.
        guard try FileSystem.isPresent(folder + "/data.mdb") else { continue }
        try FileSystem.makeNewFolder(copy)
        try Environment(path: folder, tables: [], options: .init(access: .readOnly)).copy(to: copy)
      }
    }
  }

  /// Writes the format line of a copy.
  private static func seal(_ directory: DataDirectory) throws(EventStoreError) {
    let file = try storage { () throws(LMDBError) in try LogFile(path: directory.log, access: .readOnly) }
    guard let identity = try storage({ () throws(LMDBError) in try file.identity() }) else { return }
    try FormatFile.write(identity, to: directory)
  }

  /// Begins the next epoch of the log in `directory`, and adds what was written after it was copied.
  private static func branch(_ directory: DataDirectory, at time: Timestamp, adding segments: [String]) throws(EventStoreError) {
    let file = try storage { () throws(LMDBError) in try LogFile(path: directory.log, access: .readWrite) }
    guard let old = try storage({ () throws(LMDBError) in try file.identity() }) else { throw .storage(.notFound) }
    let lineage = old.lineage.branch(at: time)
    try storage { () throws(LMDBError) in try file.store(.init(format: old.format, lineage: lineage, created: old.created)) }
    for segment in segments { _ = try add(segment: segment, to: file, of: lineage) }
  }
}
