/// A log of events: append, and read what was appended.
///
/// Every implementation passes the contract suite in `Tests/EventStoreTests`.
public protocol EventLog: Sendable {
  var lineage: Lineage { get }

  /// Appends all of `request.events`, or none. When it returns, the events are as durable as the log can make them.
  ///
  /// An append repeated with the same event ids and expectations returns the receipt of the first
  /// (``AppendReceipt/isRepeat``), whatever has been appended since.
  /// - Throws: `.conflict` if an expectation does not hold, `.tooLate` after `notAfter`, `.invalid` for a request outside
  ///   ``AppendLimits``, `.eventIDReused` if a stream has some of the ids but not this append, `.readOnly` while there is no room,
  ///   `.inDoubt` if nobody can say whether the events were stored: repeat the append to learn it.
  func append(_ request: AppendRequest) async throws(EventStoreError) -> AppendReceipt

  /// The newest event.
  func head() throws(EventStoreError) -> LogHead

  /// The newest event of a stream; `nil` if it has none.
  func head(of stream: StreamID) throws(EventStoreError) -> Head?

  /// The newest event with a tag; `nil` if there is none.
  func head(of tag: Tag) throws(EventStoreError) -> Head?

  /// The running hash of the log's records up to and with `position`.
  /// - Returns: `nil` if the log does not reach that far.
  func prefixHash(at position: Position) throws(EventStoreError) -> UInt64?

  /// The running hash at `position` that the log had before it was upgraded to its format. It is computed from the first event on.
  /// - Returns: `nil` if the log had no other format there.
  func formerPrefixHash(at position: Position) throws(EventStoreError) -> UInt64?

  /// Lends the events that `query` asks for to `body`, one after the other, without copying them.
  ///
  /// A read sees exactly the events that were there when it began. It holds no snapshot for longer than a batch of
  /// events, however long it runs.
  /// - Returns: The last position that was looked at, delivered or not; `nil` if none was.
  /// - Throws: `.corrupt` at the first record that is not as it was written. Nothing is skipped.
  @discardableResult
  func read(_ query: EventQuery, _ body: (borrowing EventView) -> ReadStep) throws(EventStoreError) -> Position?

  /// Returns when the log's head is beyond `position` (`nil`: when the log is not empty), or the task is cancelled.
  /// - Throws: `.closed` if that cannot be any more, because the log was closed.
  func waitForEvents(after position: Position?) async throws(EventStoreError)
}

extension EventLog {
  /// A log that has always been of its format.
  public func formerPrefixHash(at position: Position) throws(EventStoreError) -> UInt64? { nil }

  /// Like ``read(_:_:)``, for a body that can fail: its error ends the read and is rethrown.
  @discardableResult
  public func forEach(_ query: EventQuery, _ body: (borrowing EventView) throws -> Void) throws -> Position? {
    var failure: (any Error)?
    let last = try read(query) { event in
      do {
        try body(event)
        return .next
      } catch {
        failure = error
        return .stop
      }
    }
    if let failure { throw failure }
    return last
  }

  /// Copies of the events that `query` asks for. Give a limit where there may be many.
  public func events(_ query: EventQuery) throws(EventStoreError) -> [StoredEvent] {
    var events: [StoredEvent] = []
    try read(query) { event in
      events.append(StoredEvent(event))
      return .next
    }
    return events
  }
}
