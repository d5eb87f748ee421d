import LMDB
import Synchronization

/// Who reads the log's file just now, in all processes.
public struct LogReaders: Sendable, Equatable {
  /// Snapshots that are open.
  public let count: Int
  /// For how long at least a snapshot has been open that is older than the newest commit, and so keeps the file from using
  /// pages again; `nil` if there is none. Counted from the first call of ``LMDBEventLog/readers(at:)`` that met it.
  public let oldestAge: Duration?
}

extension LMDBEventLog {
  /// Frees the slots of readers whose process is gone. Opening does it, too; a process that lives long calls it now and then.
  /// - Returns: How many there were.
  @discardableResult
  public func clearStaleReaders() throws(EventStoreError) -> Int {
    try readership.clearStale()
  }

  /// Who reads just now. Our own reads let go of a snapshot after 1,024 events or a few seconds: one that is older belongs to
  /// a process that hangs, or that was killed and not yet cleared away.
  public func readers(at now: ContinuousClock.Instant = .now) throws(EventStoreError) -> LogReaders {
    try readership.readers(at: now)
  }
}

extension LMDBEventLog {
  /// The processes that hold a snapshot older than the newest commit, with what they hold back. A snapshot that a read is about to
  /// release is among them: one that is there again a moment later, with the same ``SnapshotHolder/transaction``, lasts.
  public func snapshotHolders(at now: ContinuousClock.Instant = .now) throws(EventStoreError) -> [SnapshotHolder] {
    try readership.holders(at: now)
  }

  /// How many slots of dead readers opening this log freed.
  public var deadReadersAtOpening: Int { file.environment.deadReadersAtOpening }
}

/// Those who read a log's file and its index.
struct Readership: Sendable {
  let file: LogFile
  private let heads: HeadIndex
  private let outdated = OutdatedSnapshots()

  init(of file: LogFile, _ heads: HeadIndex) {
    self.file = file
    self.heads = heads
  }

  func clearStale() throws(EventStoreError) -> Int {
    try storage { () throws(LMDBError) in try file.environment.clearStaleReaders() + heads.clearStaleReaders() }
  }

  func readers(at now: ContinuousClock.Instant = .now) throws(EventStoreError) -> LogReaders {
    let open = try storage { () throws(LMDBError) in try file.environment.openSnapshots() }
    return LogReaders(
      count: open.count, oldestAge: outdated.observe(open, newest: file.environment.lastTransaction, at: now).values.max())
  }

  func holders(at now: ContinuousClock.Instant = .now) throws(EventStoreError) -> [SnapshotHolder] {
    let environment = file.environment
    return try storage { () throws(LMDBError) in
      let open = Set(try environment.openSnapshots())
      let newest = environment.lastTransaction
      let ages = outdated.observe(Array(open), newest: newest, at: now)
      var holders: [SnapshotHolder] = []
      for snapshot in open.sorted(by: { ($0.transaction, $0.process) < ($1.transaction, $1.process) }) {
        guard let age = ages[snapshot.transaction] else { continue }
        let facts = ProcessFacts(snapshot.process)
        holders.append(
          SnapshotHolder(
            process: snapshot.process, program: facts.program, state: facts.state, processAge: facts.age, age: age,
            transaction: snapshot.transaction, commitsBehind: newest - snapshot.transaction,
            heldBytes: try environment.bytesFreed(after: snapshot.transaction)))
      }
      return holders
    }
  }
}

/// When snapshots were first seen to be older than the newest commit. LMDB knows their transactions, but no times.
private final class OutdatedSnapshots: Sendable {
  private let firstSeen = Mutex<[Int: ContinuousClock.Instant]>([:])

  /// - Returns: The ages, by transaction.
  func observe(_ open: [OpenSnapshot], newest: Int, at now: ContinuousClock.Instant) -> [Int: Duration] {
    firstSeen.withLock { firstSeen in
      // A snapshot is always of the newest transaction when it is opened: one of an outdated transaction that was met before
      // has been open ever since.
      let outdated = Set(open.map(\.transaction)).filter { $0 < newest }
      firstSeen = firstSeen.filter { outdated.contains($0.key) }
      for transaction in outdated where firstSeen[transaction] == nil { firstSeen[transaction] = now }
      return firstSeen.mapValues { now - $0 }
    }
  }
}
