import Dispatch
import EventStore
import Foundation
import LMDB
import Synchronization

/// Folds the log into empty stores, several projections in one scan, with all processors.
///
/// It goes on stretch by stretch. The stretch is divided among the workers by position to be read and decoded, and then by
/// account to be folded: the order of an account's events is that of the log, and no two workers touch the same row.
/// In between, rows go to the disk if they take more memory than they may.
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
  ///   - memoryBytes: How many bytes of rows wait in memory, over all projections and workers; a stretch of the log, decoded,
  ///     comes on top.
  init(
    _ projections: [any Projection.Type], of log: any EventLog, into stores: [ViewStore], memoryBytes: Int,
    workers count: Int = max(ProcessInfo.processInfo.activeProcessorCount, 1)
  ) {
    self.log = log
    self.stores = stores
    self.memoryBytes = memoryBytes
    workers = (0..<count).map { Worker($0, projections) }
  }

  /// How many events each worker reads before they are folded.
  private var stretch: Int { min(max(memoryBytes / 4_096 / workers.count, 1), 4_096) }

  /// How much the rows take that wait in memory, roughly.
  var byteCount: Int { workers.reduce(0) { $0 + $1.byteCount } }

  /// Folds on, up to `head`.
  /// - Parameter progress: Called after each stretch.
  /// - Throws: What stands in the way.
  func run(upTo head: Position, progress: (Position) -> Void = { _ in }) throws(ProjectionError) {
    while position.map({ $0 < head }) ?? true {
      let start = position?.next ?? .first
      let parts = try workers.atOnce { [log, stretch, count = workers.count] (worker) throws(ProjectionError) in
        try worker.read(log, from: start, stretch, upTo: head, shares: count)
      }
      try workers.atOnce { (worker) throws(ProjectionError) in try worker.fold(parts) }
      let end = Position(start.rawValue + UInt64(stretch * workers.count) - 1).map { min($0, head) } ?? head
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
      let open = parts.indices.lazy.filter { next[$0] < parts[$0].count }
      guard let part = open.min(by: { parts[$0][next[$0]].key < parts[$1][next[$1]].key }) else { return }
      try body(parts[part][next[part]])
      next[part] += 1
    }
  }
}

/// Reads one part of each stretch, and folds one share of the accounts.
private final class Worker: Sendable {
  private let number: Int
  private let scan: Mutex<LogScan>
  private let folds: Mutex<[ModelFold]>

  init(_ number: Int, _ projections: [any Projection.Type]) {
    self.number = number
    scan = Mutex(LogScan(projections))
    folds = Mutex(projections.map { ModelFold($0) })
  }

  var byteCount: Int { folds.withLock { $0.reduce(0) { $0 + $1.rows.byteCount } } }

  /// Reads this worker's part of the stretch that begins at `start`.
  func read(
    _ log: any EventLog, from start: Position, _ count: Int, upTo head: Position, shares: Int
  ) throws(ProjectionError) -> EventBatch {
    let first = start.rawValue + UInt64(number * count)
    let query = Position(first).map { EventQuery(.all, from: .position($0), upTo: min(Position(first - 1 + UInt64(count)) ?? head, head)) }
    var events = Array(repeating: [FoldEvent](), count: shares)
    for share in events.indices { events[share].reserveCapacity(count / shares * 5 / 4) }
    if let query, first <= head.rawValue {
      let stop = scan.withLock { scan in
        scan.run(log, query) { event in events[Int(event.account.low % UInt64(shares))].append(event) }.stop
      }
      if let stop { throw stop }
    }
    return EventBatch(events)
  }

  /// Folds this worker's share of what was read.
  func fold(_ parts: [EventBatch]) throws(ProjectionError) {
    try folds.withLock { (folds) throws(ProjectionError) in
      for part in parts {
        let events = part.take(share: number)
        for place in events.indices {
          for index in folds.indices where events[place].takers & 1 << UInt64(index) != 0 { try folds[index].take(events[place]) }
        }
      }
    }
  }

  /// What a projection's share has to store.
  struct Part: Sendable {
    let rows: [EncodedRow]
    let folded: UInt64
    let faults: Faults
  }

  func drain(into stores: [ViewStore]) throws(ProjectionError) -> [Part] {
    try folds.withLock { (folds) throws(ProjectionError) in
      var parts: [Part] = []
      for (index, store) in stores.enumerated() {
        let rows = try folds[index].rows.drain(into: store)
        parts.append(Part(rows: rows, folded: folds[index].folded, faults: folds[index].faults))
      }
      return parts
    }
  }
}

/// Events in the order of the log, by the share that their account falls to.
private final class EventBatch: Sendable {
  private let shares: Mutex<[[FoldEvent]]>

  init(_ shares: [[FoldEvent]]) { self.shares = Mutex(shares) }

  /// The events of a share, once: whoever folds them lets go of them.
  func take(share: Int) -> [FoldEvent] {
    shares.withLock {
      let events = $0[share]
      $0[share] = []
      return events
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
