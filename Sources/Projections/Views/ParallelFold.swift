import Dispatch
import EventStore
import Foundation
import LMDB
import Synchronization

/// Folds the log into empty stores, several projections in one scan, with all processors.
///
/// It goes on stretch by stretch. A stretch is divided by position to be read, and by account to be decoded and folded: the
/// order of an account's events is that of the log, and no two shares touch the same row. While one stretch is folded, the
/// next one is read. In between, rows go to the disk if they take more memory than they may.
final class ParallelFold {
  private let log: any EventLog
  private let stores: [ViewStore]
  private let parts: [StretchPart]
  private let shares: [AccountShare]
  private let memoryBytes: Int
  private var hasStored = false
  /// Everything up to here has been read.
  private var read: Position?
  /// Everything up to here has been folded.
  private(set) var position: Position?

  /// - Parameters:
  ///   - stores: One for each projection, in their order.
  ///   - memoryBytes: How many bytes of rows wait in memory, over all projections and shares; two stretches of the log
  ///     come on top.
  ///   - workers: How many processors there are. The work is cut smaller than that, so that none waits for another.
  init(
    _ projections: [any Projection.Type], of log: any EventLog, into stores: [ViewStore], memoryBytes: Int,
    workers: Int = ProcessInfo.processInfo.activeProcessorCount
  ) {
    self.log = log
    self.stores = stores
    self.memoryBytes = memoryBytes
    let count = max(workers, 1) * 4
    parts = (0..<count).map { _ in StretchPart(projections, shares: count) }
    shares = (0..<count).map { AccountShare($0, projections) }
  }

  /// How many events a part of a stretch has.
  private var partLength: UInt64 { UInt64(min(max(memoryBytes / 4_096 / parts.count, 1), 1_024)) }

  /// How much the rows take that wait in memory, roughly.
  var byteCount: Int { shares.reduce(0) { $0 + $1.byteCount } }

  /// Folds on, up to `head`.
  /// - Parameter progress: Called after each stretch.
  /// - Throws: What stands in the way.
  func run(upTo head: Position, progress: (Position) -> Void = { _ in }) throws(ProjectionError) {
    while position.map({ $0 < head }) ?? true {
      let ranges = nextStretch(upTo: head)
      try atOnce(shares.count + ranges.count) { [log, parts, shares] (task) throws(ProjectionError) in
        if task < shares.count {
          try shares[task].fold(parts)
        } else {
          try parts[task - shares.count].read(log, ranges[task - shares.count])
        }
      }
      for part in parts { part.handOver() }
      (position, read) = (read, ranges.last?.upperBound ?? read)
      if byteCount > memoryBytes { try store(nil) }
      if let position { progress(position) }
    }
  }

  /// The parts of the stretch that is to be read next; none at the end.
  private func nextStretch(upTo head: Position) -> [ClosedRange<Position>] {
    var ranges: [ClosedRange<Position>] = []
    var first = read?.next ?? .first
    while ranges.count < parts.count, first <= head {
      let last = Position(first.rawValue + partLength - 1).map { min($0, head) } ?? head
      ranges.append(first...last)
      first = last.next
    }
    return ranges
  }

  // MARK: Storing

  /// Stores what is pending, with what is known about it. Nothing may be folded after that.
  func finish(_ checkpoint: Checkpoint) throws(ProjectionError) { try store(checkpoint) }

  private func store(_ checkpoint: Checkpoint?) throws(ProjectionError) {
    let drained = try atOnce(shares.count) { [shares, stores] (share) throws(ProjectionError) in
      try shares[share].drain(into: stores)
    }
    let mode: PutMode = hasStored ? .replace : .append
    hasStored = true
    try atOnce(stores.count) { [stores] (index) throws(ProjectionError) in
      try stores[index].write { (rows) throws(ProjectionError) in
        let pending = drained.map { $0[index] }
        try EncodedRow.merge(pending.map(\.rows)) { (change) throws(ProjectionError) in try rows.store(change, mode) }
        guard var checkpoint else { return }
        checkpoint.folded = pending.reduce(0) { $0 + $1.folded }
        try rows.put(checkpoint)
        try rows.put(Faults(quarantined: pending.reduce(into: [:]) { $0.merge($1.faults.quarantined) { old, _ in old } }))
      }
    }
  }
}

/// What `body` makes of the numbers from 0 to `count`, on all processors, the first numbers first.
/// - Throws: The error of the first number that has one, when all are done.
@discardableResult
private func atOnce<Value: Sendable>(
  _ count: Int, _ body: @Sendable (Int) throws(ProjectionError) -> Value
) throws(ProjectionError) -> [Value] {
  let results = Mutex([Result<Value, ProjectionError>?](repeating: nil, count: count))
  DispatchQueue.concurrentPerform(iterations: count) { number in
    let result = Result { () throws(ProjectionError) in try body(number) }
    results.withLock { $0[number] = result }
  }
  var values: [Value] = []
  for case let result? in results.withLock({ $0 }) { values.append(try result.get()) }
  return values
}
