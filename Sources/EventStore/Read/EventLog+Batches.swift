extension EventLog {
  /// Hands out copies of the events that `query` asks for, a batch at a time. No snapshot is open while `body` works, so it may take as
  /// long as it likes, for example to write to an output that nobody empties.
  /// - Parameters:
  ///   - query: Forwards.
  ///   - byteLimit: About how much memory the records of a batch take.
  public func forEachBatch(_ query: EventQuery, byteLimit: Int = 1 << 20, _ body: ([StoredEvent]) throws -> Void) throws {
    precondition(query.direction == .forwards)
    var rest = query
    guard let bound = try query.upTo ?? head().position else { return }
    rest.upTo = bound
    while rest.limit != 0 {
      var (events, bytes) = ([StoredEvent](), 0)
      let last = try read(rest) { event in
        events.append(StoredEvent(event))
        bytes += event.byteCount
        return bytes < byteLimit ? .next : .stop
      }
      if !events.isEmpty { try body(events) }
      guard let last, last < bound, bytes >= byteLimit else { return }
      rest.start = .position(last.next)
      rest.limit = rest.limit.map { $0 - events.count }
    }
  }
}
