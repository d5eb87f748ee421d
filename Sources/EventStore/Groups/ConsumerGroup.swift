import Foundation
import LMDB

/// Members, in this process and others, that divide the events of a log among them.
///
/// Every event falls to one of a fixed number of *shares*, by its key. A share is worked on by one member at a time, its events
/// one after the other in the order of the log, so the events of a key are never handled out of order nor by two at once.
/// How far each share has come is on the disk; who works on it holds a lock that goes with the process, whatever ends it, and
/// another member goes on from there.
///
/// An event is handled *at least* once: those handled since it was last stored how far the share has come, which is after a batch or
/// the balance interval, are handled again after a kill. They have the same ``StoredEvent/id`` then.
public final class ConsumerGroup: Sendable {
  /// Returns when the event is done with; it may then never come again. What it throws stops the event's share; see
  /// ``resume(_:stoppedAt:_:)``. An error thrown after the task was cancelled stops nothing: the event comes again.
  public typealias Handler = @Sendable (StoredEvent) async throws -> Void

  public let name: String
  public let shareCount: Int
  let log: any EventLog
  let file: GroupFile
  let balanceInterval: Duration
  private let source: EventQuery.Source
  private let types: Set<EventTypeName>?
  private let key: EventKey
  private let batchSize: Int
  private let path: String

  /// Opens a group, and makes it first if there is none of this name. Open it once in a process.
  ///
  /// - Parameters:
  ///   - name: 1 to 64 lower-case letters, digits and hyphens: a folder is called so.
  ///   - log: What the group follows.
  ///   - directory: The data directory, in whose folder `groups` it is kept.
  ///   - source: The whole log, a stream, or a tag.
  ///   - types: Only these; `nil`: all.
  ///   - key: What belongs together. With ``shareCount`` it says which share an event falls to.
  ///   - shares: 1 to 1,024. More members than that have nothing to do, and what stops a share stops so large a part of the keys.
  ///   - start: Where a *new* group begins: after this checkpoint; `nil`: with the first event. One that exists goes on where it is.
  ///   - batchSize: How many events of a share are handled, at most, before it is stored how far it has come.
  ///   - balanceInterval: How often a member looks who else is there: what a killed member worked on is taken over after so long. A
  ///     batch ends between two events after so long, too, so that it is stored how far a slow handler has come.
  /// - Throws: `.unusable` if the group was made with another source, types, key or number of shares, or is damaged;
  ///   `.checkpointRefused` if it is new and `start` is not of this log.
  public init(
    _ name: String, of log: any EventLog, in directory: DataDirectory, source: EventQuery.Source = .all,
    types: Set<EventTypeName>? = nil, key: EventKey = .stream, shares: Int = 16, startingAfter start: LogCheckpoint?,
    batchSize: Int = 64, balanceInterval: Duration = .seconds(1)
  ) throws(EventStoreError) {
    precondition(ConsumerGroup.accepts(name: name), "A group is called by 1 to 64 lower-case letters, digits and hyphens.")
    precondition((1...1_024).contains(shares) && batchSize > 0, "A group has 1 to 1,024 shares and batches of at least one event.")
    if case .tag(let prefix) = key { precondition(NameRule.accepts(prefix), "A prefix of tags is part of a tag.") }
    (self.name, self.log, self.source, self.types, self.key) = (name, log, source, types, key)
    (shareCount, self.batchSize, self.balanceInterval) = (shares, batchSize, balanceInterval)
    path = directory.groups + "/" + name
    try storage { [path] () throws(LMDBError) in
      for folder in [directory.path, directory.groups, path, path + "/locks"] { try FileSystem.makeFolder(folder) }
    }
    let opening = try ConsumerGroup.lock(path + "/locks/opening", .wait)
    defer { withExtendedLifetime(opening) {} }
    file = try GroupFile(path: path + "/state")
    let definition = ConsumerGroup.definition(source, types, key, shares)
    if let made = try file.definition() {
      guard made != definition else { return }
      throw .unusable(path: path, reason: ConsumerGroup.mismatch(made, definition))
    }
    let start = start ?? LogCheckpoint(beginningOf: log.lineage)
    try log.admit(start)
    try file.create(definition, shares: shares, at: start)
  }

  deinit { file.finish() }

  private static func accepts(name: String) -> Bool {
    (1...64).contains(name.utf8.count) && name.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
  }

  /// The events of a share, to be read batch by batch.
  func subscription(to share: Int) -> EventSubscription {
    EventSubscription(
      log: log, source: source, types: types, share: EventShare(share, of: shareCount, by: key),
      start: LogCheckpoint(beginningOf: log.lineage), batchSize: batchSize)
  }

  // MARK: Locks

  /// - Returns: `nil` if somebody else works on the share.
  /// - Throws: `.checkpointRefused` if the share has followed another log, or a branch that was abandoned.
  func claim(_ share: Int) throws(EventStoreError) -> HeldShare? {
    guard let lock = try ConsumerGroup.lock(lockPath(share: share)) else { return nil }
    let row = try file.row(of: share)
    try log.admit(row.checkpoint)
    return HeldShare(number: share, lock: lock, stored: row)
  }

  func lockPath(share: Int) -> String { "\(path)/locks/share-\(share)" }

  /// A member that runs sits on a seat, so that others see it. There are as many as shares.
  func lockPath(seat: Int) -> String { "\(path)/locks/seat-\(seat)" }

  /// - Returns: `nil` if somebody else has it.
  static func lock(_ path: String, _ patience: FileLock.Patience = .refuse) throws(EventStoreError) -> FileLock? {
    do throws(FileLock.Failure) {
      return try FileLock(path: path, holder: FileLock.thisProcess, patience)
    } catch {
      guard case .system(let code) = error else { return nil }
      throw .storage(.system(errno: code))
    }
  }

  static func holder(of path: String) throws(EventStoreError) -> String? {
    do throws(FileLock.Failure) { return try FileLock.holder(of: path) } catch {
      guard case .system(let code) = error else { return nil }
      throw .storage(.system(errno: code))
    }
  }
}

// MARK: What a group follows

extension ConsumerGroup {
  /// What must stay the same as long as the group lives, as text. `docs/data-format.md` has it, too.
  private static func definition(_ source: EventQuery.Source, _ types: Set<EventTypeName>?, _ key: EventKey, _ shares: Int) -> String {
    let source =
      switch source {
      case .all: "all"
      case .stream(let stream): "stream \(stream)"
      case .tag(let tag): "tag \(tag)"
      }
    let key =
      switch key {
      case .stream: "stream"
      case .tag(let prefix): "tag \(prefix)"
      }
    let types = types.map { $0.sorted().map(\.name).joined(separator: " ") } ?? "*"
    return "source \(source)\ntypes \(types)\nkey \(key)\nshares \(shares)\n"
  }

  private static func mismatch(_ made: String, _ asked: String) -> String {
    let lines = zip(made.split(separator: "\n"), asked.split(separator: "\n")).filter { $0 != $1 }
    return "This group was made with '\(lines.map(\.0).joined(separator: ", "))' and is opened with '\(lines.map(\.1).joined(separator: ", "))': "
      + "events would be lost or handled out of order. Open it as it was made, or open a new one under another name that starts after "
      + "the lowest checkpoint of this one."
  }
}
