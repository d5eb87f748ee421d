import Foundation
import LMDB
import Synchronization

/// The log in memory, for tests: the same rules, the same record format, nothing on disk.
public final class InMemoryEventLog: EventLog {
  fileprivate struct State {
    var records: [[UInt8]] = []
    var types: [RecordType] = []
    var chains: [ChainName: [Position]] = [:]
    var newest = LogHead.empty
  }

  public let lineage: Lineage
  private var format: RecordFormat { RecordFormat(of: lineage.id) }
  private let state = Mutex(State())
  private let signal = HeadSignal()
  private let clock: @Sendable () -> Timestamp

  public init(lineage: Lineage = Lineage(id: UUID(), epoch: 0), clock: @escaping @Sendable () -> Timestamp = { .now() }) {
    self.lineage = lineage
    self.clock = clock
  }

  public func append(_ request: AppendRequest) async throws(EventStoreError) -> AppendReceipt {
    let append = try PreparedAppend(request, format)
    let wallTime = clock()
    let placement = try state.withLock { (state) throws(EventStoreError) in
      try InMemoryEventLog.append(append, format, wallTime: wallTime, to: &state)
    }
    if !placement.isRepeat { signal.notify() }
    return AppendReceipt(placement, of: append)
  }

  public func head() -> LogHead { state.withLock { $0.newest } }

  public func head(of stream: StreamID) -> Head? { state.withLock { $0.head(of: ChainName(stream)) } }

  public func head(of tag: Tag) -> Head? { state.withLock { $0.head(of: ChainName(tag)) } }

  public func prefixHash(at position: Position) throws(EventStoreError) -> UInt64? {
    let state = state.withLock { $0 }
    guard position.rawValue <= state.records.count else { return nil }
    return try state.view(at: position) { $0.prefixHash }
  }

  @discardableResult
  public func read(_ query: EventQuery, _ body: (borrowing EventView) -> ReadStep) throws(EventStoreError) -> Position? {
    let state = state.withLock { $0 }
    var filter = LogReader.Filter(query, types: state.types)
    guard filter.remaining > 0 else { return nil }
    var last: Position?
    for position in try state.positions(of: query) {
      last = position
      guard try state.view(at: position, part: .header, { (event) throws(EventStoreError) in try filter.deliver(event, body) })
      else { break }
    }
    return last
  }

  public func waitForEvents(after position: Position?) async {
    await signal.wait { [self] in head().isBeyond(position) }
  }

  private static func append(
    _ append: PreparedAppend, _ format: RecordFormat, wallTime: Timestamp, to state: inout State
  ) throws(EventStoreError) -> Placement {
    var batch = Batch(after: state.newest, types: state.types, format)
    let heads = try batch.heads(of: append) { state.head(of: append.chains[$0]) }
    let admission = try Admission(
      append, heads: heads, wallTime: wallTime, lastTime: state.newest.time, mayBeStored: { _ in true },
      eventAt: { (position) throws(EventStoreError) in
        guard position.rawValue <= state.records.count else { return nil }
        return try state.view(at: position) { EventPlace($0) }
      })
    switch admission {
    case .repeated(let placement): return placement
    case .write(let time):
      let placement = try batch.write(append, after: heads, time: time, wallTime: wallTime) { _, byteCount, fill in
        var record = [UInt8](repeating: 0, count: byteCount)
        record.withMutableBytes { fill(&$0) }
        state.records.append(record)
      }
      for (event, position) in zip(append.events, placement.first.rawValue...) {
        for index in append.links[event.links] {
          state.chains[append.chains[index], default: []].append(Position(unchecked: position))
        }
      }
      state.types += batch.newTypes
      state.newest = batch.head
      return placement
    }
  }
}

extension InMemoryEventLog.State {
  fileprivate func head(of chain: ChainName) -> Head? {
    guard let positions = chains[chain], let last = positions.last else { return nil }
    return Head(position: last, count: UInt64(positions.count))
  }

  fileprivate func view<Result>(
    at position: Position, part: EventQuery.Part = .everything, _ body: (borrowing EventView) throws(EventStoreError) -> Result
  ) throws(EventStoreError) -> Result {
    let record = records[Int(position.rawValue) - 1]
    return try record.withValueBytes { (bytes) throws(EventStoreError) in
      try body(EventView(checked: bytes, at: position, types: types, part: part))
    }
  }

  /// All positions a query spans, in its direction.
  fileprivate func positions(of query: EventQuery) throws(EventStoreError) -> [Position] {
    let all: [Position] =
      switch query.source {
      case .all: (0..<records.count).map { Position(unchecked: UInt64($0) + 1) }
      case .stream(let stream): chains[ChainName(stream)] ?? []
      case .tag(let tag): chains[ChainName(tag)] ?? []
      }
    var chosen: [Position] = []
    for position in all where position <= query.upTo ?? position {
      let time = try view(at: position) { $0.logTime }
      let isInside =
        switch (query.start, query.direction) {
        case (.end, _): true
        case (.position(let start), .forwards): position >= start
        case (.position(let start), .backwards): position <= start
        case (.time(let start), .forwards): time >= start
        case (.time(let start), .backwards): time <= start
        }
      if isInside { chosen.append(position) }
    }
    return query.direction == .forwards ? chosen : chosen.reversed()
  }
}
