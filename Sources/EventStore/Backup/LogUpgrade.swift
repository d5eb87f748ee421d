import LMDB

/// Makes a log of the newest format of one of an earlier format, in its place: the same events at the same positions, under the
/// checksums of the newest format.
///
/// The new log is made in the folder `upgrade/`, from records that are checked one by one, and is read from beginning to end.
/// Then the old one is moved there, what was derived from it is removed, and the new one gets its name, last. Whenever that is
/// interrupted, the log is the old one, or there is none and ``run(progress:)`` completes it.
public struct LogUpgrade: Sendable {
  /// What an upgrade did.
  public struct Summary: Sendable, Equatable {
    /// The end of the log before: followers and auditors that kept it, or any hash before it, are still understood.
    public let former: LogVerification.Anchor?
    /// What the verification of the new log found.
    public let verification: LogVerification.Summary
  }

  private let directory: DataDirectory
  private var work: DataDirectory { DataDirectory(directory.upgrade) }
  private var old: String { directory.upgrade + "/old" }

  public init(_ directory: DataDirectory) { self.directory = directory }

  /// Whether the old log was moved away and the new one does not have its name yet.
  static func isInterrupted(in directory: DataDirectory) -> Bool {
    let upgrade = LogUpgrade(directory)
    return FileSystem.exists(upgrade.old) && FileSystem.exists(upgrade.work.log)
  }

  /// Upgrades the log, or completes an upgrade that was interrupted. Nobody else may write meanwhile.
  /// - Parameter prepare: Is given the old log before anything is made of it, for example to back it up. An error ends the upgrade.
  /// - Returns: `nil` if the log is of the newest format already.
  /// - Throws: `.locked`, `.unusable` if there is no log or no room for a second one; `.corrupt` if the log is damaged.
  public func run(
    progress: (Position, Position) -> Void = { _, _ in }, prepare: (LMDBEventLog) throws(EventStoreError) -> Void = { _ in }
  ) throws(EventStoreError) -> Summary? {
    let lock = try LMDBEventLog.takeLock(directory)
    defer { withExtendedLifetime(lock) {} }
    if !LogUpgrade.isInterrupted(in: directory) {
      let log = try LMDBEventLog(directory: directory, options: .init(access: .readOnly))
      guard log.file.format.number < RecordFormat.newest else {
        // What a completed upgrade could not remove any more.
        try storage { () throws(LMDBError) in try FileSystem.removeTree(work.path) }
        return nil
      }
      try prepare(log)
      try make(of: log, progress)
    }
    let summary = try LMDBEventLog.verify(work, progress: progress)
    let former = try storage { () throws(LMDBError) in try LogFile(path: work.log, access: .readOnly).former() }
    try install()
    return Summary(former: former.map { .init(position: $0.position, prefixHash: $0.prefixHash) }, verification: summary)
  }

  /// Writes the new log into `upgrade/log`; what an interrupted upgrade left there is removed first.
  private func make(of log: LMDBEventLog, _ progress: (Position, Position) -> Void) throws(EventStoreError) {
    let identity = try storage { () throws(LMDBError) in try log.file.identity() }
    guard let identity else { throw .storage(.notFound) }
    let new = LogFile.Identity(format: LogFile.newestFormat, lineage: identity.lineage, created: identity.created)
    do throws(EventStoreError) {
      let file = try storage { () throws(LMDBError) in
        try FileSystem.removeTree(work.path)
        try FileSystem.makeFolder(work.path)
        return try LogFile(path: work.log, access: .readWrite, new: new)
      }
      if let former = try copy(log, to: file, progress) { try storage { () throws(LMDBError) in try file.store(former) } }
      try FormatFile.write(new, to: work)
    } catch {
      try? FileSystem.removeTree(work.path)
      guard error == .readOnly(.diskFull) else { throw error }
      throw .unusable(
        path: work.path,
        reason: "There is no room for a second copy of the log, which an upgrade needs. Free some room; nothing was changed.")
    }
  }

  /// - Returns: Where the old log ends; `nil` if it is empty.
  private func copy(
    _ log: LMDBEventLog, to file: LogFile, _ progress: (Position, Position) -> Void
  ) throws(EventStoreError) -> FormerEnd? {
    guard let bound = try log.head().position else { return nil }
    var intake = try RecordIntake(file)
    guard intake.learn(log.types.all.map(\.name)) else { throw .storage(.corrupted) }
    var chain = FormatChain(file.format)
    var previous = log.file.format.origin
    var fault: EventStoreError?
    try log.read(EventQuery(.all, upTo: bound)) { event in
      guard event.previousChecksum == previous else {
        fault = .corrupt(at: event.position, reason: "it does not follow the record before it")
        return .stop
      }
      previous = event.prefixHash
      var record = chain.advance(event)
      record.append(event.record.extracting(event.headerLength..<event.byteCount))
      do throws(EventStoreError) { try intake.take(record, at: event.position) } catch { fault = error }
      if event.position.rawValue.isMultiple(of: 65_536) { progress(event.position, bound) }
      return fault == nil ? .next : .stop
    }
    if let fault { throw fault }
    try intake.flush()
    return FormerEnd(format: log.file.format.number, position: bound, prefixHash: previous)
  }

  /// Puts the new log in the place of the old one. Each step may have been done before.
  private func install() throws(EventStoreError) {
    try storage { () throws(LMDBError) in
      if !FileSystem.exists(old) { try FileSystem.rename(directory.log, to: old) }
      for derived in [directory.index, directory.views] { try FileSystem.removeTree(derived) }
      if FileSystem.exists(work.format) { try FileSystem.rename(work.format, to: directory.format) }
      try FileSystem.rename(work.log, to: directory.log)
      try FileSystem.removeTree(work.path)
    }
  }
}
