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
    return LogReaders(count: open.count, oldestAge: outdated.observe(open, newest: file.environment.lastTransaction, at: now))
  }
}

/// When snapshots were first seen to be older than the newest commit. LMDB knows their transactions, but no times.
private final class OutdatedSnapshots: Sendable {
  private let firstSeen = Mutex<[Int: ContinuousClock.Instant]>([:])

  /// - Returns: The age of the oldest.
  func observe(_ open: [OpenSnapshot], newest: Int, at now: ContinuousClock.Instant) -> Duration? {
    firstSeen.withLock { firstSeen in
      // A snapshot is always of the newest transaction when it is opened: one of an outdated transaction that was met before
      // has been open ever since.
      let outdated = Set(open.map(\.transaction)).filter { $0 < newest }
      firstSeen = firstSeen.filter { outdated.contains($0.key) }
      for transaction in outdated where firstSeen[transaction] == nil { firstSeen[transaction] = now }
      return firstSeen.values.min().map { now - $0 }
    }
  }
}
