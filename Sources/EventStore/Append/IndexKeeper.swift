import Foundation
import LMDB
import Logging
import Synchronization

/// Moves heads from memory to `index/`, off the commit path, on a queue of its own.
final class IndexKeeper: Sendable {
  private let heads: HeadIndex
  private let lineage: Lineage
  private let queue = DispatchQueue(label: "dossier.index")
  private let isBusy = Mutex(false)
  /// After a failure: how far the index has to be behind before it is tried again.
  private let patience = Atomic<UInt64>(0)
  private let logger: Logger

  init(heads: HeadIndex, lineage: Lineage, logger: Logger) {
    self.logger = logger
    self.heads = heads
    self.lineage = lineage
  }

  /// Starts storing, if it is time and nothing is being stored.
  func flushIfNeeded() {
    guard heads.pressure != .none, heads.lag >= patience.load(ordering: .relaxed) else { return }
    let isFree = isBusy.withLock { busy in
      defer { busy = true }
      return !busy
    }
    guard isFree else { return }
    queue.async { [self] in
      storeNow()
      isBusy.withLock { $0 = false }
    }
  }

  /// Waits for the file while memory is at its bound. - Returns: Whether it no longer is.
  func flushIfFull() -> Bool {
    guard heads.pressure == .wait else { return true }
    queue.sync { if heads.pressure == .wait { storeNow() } }
    return heads.pressure != .wait
  }

  /// Stores everything.
  func finish() { queue.sync { if heads.lag > 0 { storeNow() } } }

  /// The index is derived: if it cannot be stored, the next start folds a longer tail.
  private func storeNow() {
    do throws(LMDBError) {
      try heads.store(lineage: lineage)
      patience.store(0, ordering: .relaxed)
    } catch {
      patience.store(heads.lag + heads.limits.eventsToStore / 16, ordering: .relaxed)
      logger.warning("The index could not be stored; it falls behind: \(error)", metadata: ["lag": "\(heads.lag)"])
    }
  }
}
