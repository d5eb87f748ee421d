import Dispatch
import Domain
import EventStore
import Foundation
import LMDB
import Synchronization

/// Folds the log into empty stores, several projections in one scan, the accounts divided among the processors.
///
/// Each worker scans the log itself and folds the accounts of its share, so the order of an account's events is that of the
/// log and no two workers touch the same row. They go on together, stretch by stretch; in between, changes go to the
/// disk if they take more memory than they may.
final class ParallelFold {
  private let log: any EventLog
  private let stores: [ViewStore]
  private let workers: [Worker]
  private let memoryBytes: Int
  private var hasStored = false
  /// Everything up to here has been looked at.
  private(set) var position: Position?

  /// - Parameters:
  ///   - stores: One for each projection, in their order.
  ///   - memoryBytes: How many bytes of rows wait in memory, over all projections and workers; what one stretch of the log
  ///     adds comes on top.
  init(
    _ projections: [any Projection.Type], of log: any EventLog, into stores: [ViewStore], memoryBytes: Int,
    workers count: Int = ParallelFold.workerCount
  ) {
    self.log = log
    self.stores = stores
    self.memoryBytes = memoryBytes
    let shares = (0..<count).map { EventShare($0, of: count, by: .tag(prefix: TagNames.representativePrefix)) }
    workers = shares.map { share in Worker(share, LogFold(projections.map { ModelFold($0) })) }
  }

  /// Each scans every header, so beyond a few, more of them are of little use.
  static let workerCount = min(max(ProcessInfo.processInfo.activeProcessorCount, 1), 4)

  /// How many events are folded before anybody asks how much memory is used.
  private var stretch: UInt64 { UInt64(min(max(memoryBytes / 4_096, 1), 65_536)) }

  /// How much the rows take that wait in memory, roughly.
  var byteCount: Int { workers.reduce(0) { $0 + $1.byteCount } }

  /// Folds on, up to `head`.
  /// - Parameter progress: Called after each stretch.
  /// - Throws: What stands in the way.
  func run(upTo head: Position, progress: (Position) -> Void = { _ in }) throws(ProjectionError) {
    while position.map({ $0 < head }) ?? true {
      let start = position?.next ?? .first
      let end = Position(min(head.rawValue, start.rawValue - 1 + stretch)) ?? head
      let query = EventQuery(.all, from: .position(start), upTo: end)
      try workers.atOnce { [log] (worker) throws(ProjectionError) in try worker.scan(log, query) }
      position = end
      if byteCount > memoryBytes { try store(nil) }
      progress(end)
    }
  }

  /// Stores what is pending, with what is known about it. Nothing may be folded after that.
  func finish(_ checkpoint: Checkpoint) throws(ProjectionError) { try store(checkpoint) }

  private func store(_ checkpoint: Checkpoint?) throws(ProjectionError) {
    let parts = try workers.atOnce { [stores] (worker) throws(ProjectionError) in try worker.drain(into: stores) }
    let mode: PutMode = hasStored ? .replace : .append
    hasStored = true
    try Array(stores.indices).atOnce { [stores] (index) throws(ProjectionError) in
      try stores[index].write { (rows) throws(ProjectionError) in
        try ParallelFold.merge(parts.map { $0[index].rows }) { (change) throws(ProjectionError) in try rows.store(change, mode) }
        guard var checkpoint else { return }
        checkpoint.folded = parts.reduce(0) { $0 + $1[index].folded }
        try rows.put(checkpoint)
        try rows.put(Faults(quarantined: parts.reduce(into: [:]) { $0.merge($1[index].faults.quarantined) { old, _ in old } }))
      }
    }
  }

  /// Lends the rows of all parts in the order of their keys, each part being in that order.
  private static func merge(
    _ parts: [[EncodedRow]], _ body: (EncodedRow) throws(ProjectionError) -> Void
  ) throws(ProjectionError) {
    var next = parts.map { _ in 0 }
    while true {
      let open = parts.indices.filter { next[$0] < parts[$0].count }
      guard let part = open.min(by: { parts[$0][next[$0]].key < parts[$1][next[$1]].key }) else { return }
      try body(parts[part][next[part]])
      next[part] += 1
    }
  }
}

/// The folds of one share of the accounts.
private final class Worker: Sendable {
  private let share: EventShare
  private let fold: Mutex<LogFold>

  init(_ share: EventShare, _ fold: sending LogFold) {
    self.share = share
    self.fold = Mutex(fold)
  }

  var byteCount: Int { fold.withLock { fold in fold.models.reduce(0) { $0 + $1.rows.byteCount } } }

  func scan(_ log: any EventLog, _ query: EventQuery) throws(ProjectionError) {
    var query = query
    query.share = share
    if let stop = fold.withLock({ $0.scan(log, query).stop }) { throw stop }
  }

  /// What a projection's share has to store.
  struct Part: Sendable {
    let rows: [EncodedRow]
    let folded: UInt64
    let faults: Faults
  }

  func drain(into stores: [ViewStore]) throws(ProjectionError) -> [Part] {
    try fold.withLock { (fold) throws(ProjectionError) in
      var parts: [Part] = []
      for (index, store) in stores.enumerated() {
        let rows = try fold.models[index].rows.drain(into: store)
        parts.append(Part(rows: rows, folded: fold.models[index].folded, faults: fold.models[index].faults))
      }
      return parts
    }
  }
}

extension Array where Element: Sendable {
  /// What `body` makes of the elements, all at the same time.
  /// - Throws: The error of the first element that has one, when all are done.
  @discardableResult
  fileprivate func atOnce<Value: Sendable>(
    _ body: @Sendable (Element) throws(ProjectionError) -> Value
  ) throws(ProjectionError) -> [Value] {
    let results = Mutex<[Int: Result<Value, ProjectionError>]>([:])
    DispatchQueue.concurrentPerform(iterations: count) { index in
      let result = Result { () throws(ProjectionError) in try body(self[index]) }
      results.withLock { $0[index] = result }
    }
    let done = results.withLock { $0 }
    var values: [Value] = []
    for index in indices {
      if let result = done[index] { values.append(try result.get()) }
    }
    return values
  }
}
