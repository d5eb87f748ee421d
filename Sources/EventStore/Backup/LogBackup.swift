import Foundation
import LMDB

/// What goes into a backup.
public enum BackupScope: Sendable {
  case log
  /// The wrapped keys of data subjects and the password verifiers too; never the master key.
  case logAndKeys
}

extension LMDBEventLog {
  /// Writes a compacted copy of the log into the new folder `destination`, while appends go on, and verifies it.
  ///
  /// The copy is made under another name, synced, read from beginning to end, and only then given its name: a folder called
  /// `destination` is a backup that was found whole. It is a data directory of its own, to be read with every command.
  /// - Returns: What the verification found: the head that the backup has.
  /// - Throws: `.unusable` if `destination` exists, or if the copy is not whole.
  @discardableResult
  public func backup(
    to destination: String, scope: BackupScope = .log, progress: (Position, Position) -> Void = { _, _ in }
  ) throws(EventStoreError) -> LogVerification.Summary {
    guard !FileSystem.exists(destination) else {
      throw .unusable(path: destination, reason: "There is something here already. Name a folder that does not exist yet.")
    }
    let copy = DataDirectory(destination + ".new")
    try storage { () throws(LMDBError) in
      try FileSystem.removeTree(copy.path)
      try FileSystem.makeFolder(copy.path)
      try FileSystem.makeFolder(copy.log)
      // Keys first: whatever the log's copy has, its keys were there before.
      if scope == .logAndKeys { try LMDBEventLog.copyKeys(from: directory, to: copy) }
      try file.environment.copy(to: copy.log)
    }
    let summary = try LMDBEventLog.verify(copy, progress: progress)
    try LMDBEventLog.seal(copy)
    try storage { () throws(LMDBError) in
      try FileSystem.sync(copy.path)
      try FileSystem.rename(copy.path, to: destination)
    }
    return summary
  }

  /// Makes the data directory `destination` from a backup. Its lineage goes into a new epoch, so that read models, indexes and
  /// followers of what was appended after the backup are refused.
  /// - Throws: `.unusable` if `destination` has a log, or if the backup is not whole.
  public static func restore(
    _ backup: DataDirectory, to destination: DataDirectory, at time: Timestamp = .now(),
    progress: (Position, Position) -> Void = { _, _ in }
  ) throws(EventStoreError) -> LogVerification.Summary {
    let lock = try takeLock(destination)
    defer { withExtendedLifetime(lock) {} }
    guard !FileSystem.exists(destination.log) else {
      throw .unusable(path: destination.log, reason: "There is a log here already. Move it away first; nothing was changed.")
    }
    let source = try LMDBEventLog(directory: backup, options: Options(access: .readOnly))
    let work = DataDirectory(destination.path + "/restore.new")
    try storage { () throws(LMDBError) in
      try FileSystem.removeTree(work.path)
      try FileSystem.makeFolder(work.path)
      try FileSystem.makeFolder(work.log)
      try source.file.environment.copy(to: work.log)
    }
    try nextEpoch(of: work.log, at: time)
    let summary = try verify(work, progress: progress)
    try storage { () throws(LMDBError) in try copyKeys(from: backup, to: destination) }
    try install(work, in: destination)
    return summary
  }

  /// Reads a log that was made just now, from beginning to end.
  /// - Throws: `.unusable` if it is not whole.
  static func verify(
    _ directory: DataDirectory, progress: (Position, Position) -> Void
  ) throws(EventStoreError) -> LogVerification.Summary {
    var first: LogVerification.Finding?
    let log = try LMDBEventLog(directory: directory, options: Options(access: .readOnly))
    let summary = try LogVerification(log).run(progress: progress) { first = first ?? $0 }
    if let first {
      throw .unusable(path: directory.path, reason: "The copy is not whole (\(summary.findings) findings, the first: \(first)). Do not use it.")
    }
    return summary
  }

  /// Gives the log that was made in `work` its name in `directory`, with its index if it has one. The log comes last: until then
  /// there is none.
  static func install(_ work: DataDirectory, in directory: DataDirectory) throws(EventStoreError) {
    try storage { () throws(LMDBError) in
      for derived in [directory.index, directory.views] { try FileSystem.removeTree(derived) }
      if FileSystem.exists(work.index) { try FileSystem.rename(work.index, to: directory.index) }
      try FileSystem.rename(work.log, to: directory.log)
      try FileSystem.removeTree(work.path)
    }
    try seal(directory)
  }

  /// Copies the folders of keys and verifiers that are there and not yet at the destination.
  private static func copyKeys(from source: DataDirectory, to destination: DataDirectory) throws(LMDBError) {
    for (folder, copy) in [(source.keys, destination.keys), (source.secrets, destination.secrets)]
    where FileSystem.exists(folder + "/data.mdb") && !FileSystem.exists(copy + "/data.mdb") {
      try FileSystem.makeFolder(copy)
      try Environment(path: folder, tables: [], options: .init(access: .readOnly)).copy(to: copy)
    }
  }

  /// Writes the format line of a copy.
  private static func seal(_ directory: DataDirectory) throws(EventStoreError) {
    let file = try storage { () throws(LMDBError) in try LogFile(path: directory.log, access: .readOnly) }
    guard let identity = try storage({ () throws(LMDBError) in try file.identity() }) else { return }
    try FormatFile.write(identity, to: directory)
  }

  private static func nextEpoch(of path: String, at time: Timestamp) throws(EventStoreError) {
    try storage { () throws(LMDBError) in
      let file = try LogFile(path: path, access: .readWrite)
      guard let old = try file.identity() else { throw .notFound }
      try file.store(LogFile.Identity(format: old.format, lineage: old.lineage.branch(at: time), created: old.created))
    }
  }
}
