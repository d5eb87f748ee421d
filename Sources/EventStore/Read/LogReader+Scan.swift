import LMDB

extension LogReader {
  /// Reads the whole log, record by record.
  func scan(
    _ range: ClosedRange<Position>, _ direction: EventQuery.Direction, _ filter: inout Filter,
    _ body: (borrowing EventView) -> ReadStep
  ) throws(EventStoreError) -> Position? {
    var position: Position? = direction == .forwards ? range.lowerBound : range.upperBound
    var last: Position?
    while let start = position {
      let end = try file.environment.read { (txn) throws(EventStoreError) in
        try txn.withCursor(in: file.events) { (cursor) throws(EventStoreError) in
          try scan(&cursor, from: start, range, direction, &filter, body)
        }
      }
      last = end.last
      position = end.next
    }
    return last
  }

  /// Reads as many records as the lease of a snapshot allows. - Returns: The last that was looked at, and where to go on, if at all.
  private func scan(
    _ cursor: inout Cursor<UInt64, [UInt8]>, from start: Position, _ range: ClosedRange<Position>,
    _ direction: EventQuery.Direction, _ filter: inout Filter, _ body: (borrowing EventView) -> ReadStep
  ) throws(EventStoreError) -> (last: Position, next: Position?) {
    var lease = SnapshotLease()
    var position = start
    var found = try storage { () throws(LMDBError) in try cursor.seek(start.rawValue) }
    while true {
      guard found, cursor.keyBytes.byteCount == 8, cursor.keyBytes.load(UInt64.self, at: 0).byteSwapped == position.rawValue else {
        throw .corrupt(at: position, reason: "it is missing")
      }
      let goOn = try filter.deliver(header(cursor.valueBytes, at: position), body)
      let next = direction == .forwards ? position.next : position.previous
      guard goOn, let next, range.contains(next) else { return (position, nil) }
      guard !lease.spend() else { return (position, next) }
      position = next
      found = try storage { () throws(LMDBError) in try direction == .forwards ? cursor.next() : cursor.previous() }
    }
  }
}

/// Runs `body`, and turns LMDB's error into ours.
@inline(__always)
func storage<Value: ~Copyable>(_ body: () throws(LMDBError) -> Value) throws(EventStoreError) -> Value {
  try converting(to: EventStoreError.self, body)
}
