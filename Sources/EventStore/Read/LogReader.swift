import LMDB

/// One read of the log: it sees the events up to `bound`, and checks each before it is lent.
struct LogReader: Sendable {
  let file: LogFile
  let heads: HeadIndex
  let types: [RecordType]
  /// The newest position this read may see.
  let bound: Position

  /// Lends what `query` asks for. - Returns: The last position that was looked at.
  func read(
    _ query: EventQuery, _ body: (borrowing EventView) -> ReadStep
  ) throws(EventStoreError) -> Position? {
    guard let range = try range(of: query) else { return nil }
    var filter = Filter(query, types: types)
    guard filter.remaining > 0 else { return nil }
    switch query.source {
    case .all: return try scan(range, query.direction, &filter, body)
    case .stream(let stream): return try walk(ChainName(stream), range, query.direction, &filter, body)
    case .tag(let tag): return try walk(ChainName(tag), range, query.direction, &filter, body)
    }
  }

  /// Lends the record at `position`, its header checked and no more.
  @_lifetime(borrow txn)
  func header(
    at position: Position, in txn: borrowing some Transaction & ~Copyable
  ) throws(EventStoreError) -> EventView {
    guard let record = try record(at: position, in: txn) else { throw .corrupt(at: position, reason: "it is missing") }
    return try header(record, at: position)
  }

  @_lifetime(copy record)
  func header(_ record: RawSpan, at position: Position) throws(EventStoreError) -> EventView {
    // A walk may begin at events that came after the bound, to find the way to those before it: their types may be new.
    let typeCount = position > bound ? Int.max : types.count
    if let fault = EventView.headerFault(in: record, at: position, format: file.format, typeCount: typeCount) {
      throw .corrupt(at: position, reason: fault)
    }
    return EventView(checked: record, at: position, types: types, part: .header)
  }

  @_lifetime(borrow txn)
  private func record(at position: Position, in txn: borrowing some Transaction & ~Copyable) throws(EventStoreError) -> RawSpan? {
    do throws(LMDBError) { return try txn.lend(position.rawValue, in: file.events) } catch { throw EventStoreError(error) }
  }

  /// Which events of those that are looked at are lent.
  struct Filter {
    /// By type number minus one; `nil`: every type.
    let wanted: [Bool]?
    let share: EventShare?
    private let part: EventQuery.Part
    var remaining: Int

    init(_ query: EventQuery, types: [RecordType]) {
      wanted = query.types.map { wanted in types.map { wanted.contains($0.name) } }
      share = query.share
      part = query.part
      remaining = query.limit ?? .max
    }

    /// Checks the payload of `event` and lends it, if it is wanted. - Returns: Whether to go on.
    mutating func deliver(
      _ event: borrowing EventView, _ body: (borrowing EventView) -> ReadStep
    ) throws(EventStoreError) -> Bool {
      if let wanted, !wanted[Int(event.typeNumber) - 1] { return true }
      if let share, !share.contains(event) { return true }
      let step = part == .everything ? body(try event.whole()) : body(event)
      remaining -= 1
      return step == .next && remaining > 0
    }
  }
}

// MARK: Where to begin

extension LogReader {
  /// The positions a query spans; `nil` if there is none.
  private func range(of query: EventQuery) throws(EventStoreError) -> ClosedRange<Position>? {
    var (lower, upper) = (Position.first, min(bound, query.upTo ?? bound))
    switch (query.start, query.direction) {
    case (.end, _): break
    case (.position(let position), .forwards): lower = position
    case (.position(let position), .backwards): upper = min(upper, position)
    case (.time(let time), .forwards): lower = try firstPosition(notBefore: time)
    case (.time(let time), .backwards):
      guard time.microseconds < .max else { break }
      guard let last = try firstPosition(notBefore: Timestamp(microseconds: time.microseconds + 1)).previous else { return nil }
      upper = min(upper, last)
    }
    return lower <= upper ? lower...upper : nil
  }

  /// The first position whose log time is `time` or later; the one beyond `bound` if there is none. Log time grows with the
  /// position, so a date is found by halving.
  private func firstPosition(notBefore time: Timestamp) throws(EventStoreError) -> Position {
    try file.environment.read { (txn) throws(EventStoreError) in
      var (low, high) = (Position.first.rawValue, bound.rawValue + 1)
      while low < high {
        let middle = low + (high - low) / 2
        let position = Position(unchecked: middle)
        if try header(at: position, in: txn).logTime < time { low = middle + 1 } else { high = middle }
      }
      return Position(unchecked: low)
    }
  }
}
