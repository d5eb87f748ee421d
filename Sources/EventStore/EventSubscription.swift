/// Events as they come: first those that are there, then those that are appended, in this process or another.
///
/// Nothing is lost or doubled between the two, because both are the same loop over positions. A slow consumer holds nothing
/// up and nothing piles up for it: the next batch is read when it asks.
public struct EventSubscription: AsyncSequence, Sendable {
  /// Some events, and how far the log was looked at to find them.
  public struct Batch: Sendable {
    /// Those that matched; may be empty.
    public let events: [StoredEvent]
    /// Where to go on after a restart. It moves over events that did not match, too.
    public let checkpoint: Position
    /// Whether the batch reached the head of the log as it was then.
    public let isCaughtUp: Bool
  }

  let log: any EventLog
  let types: Set<EventTypeName>?
  let start: Position?
  let batchSize: Int

  public func makeAsyncIterator() -> Iterator { Iterator(subscription: self, checkpoint: start) }

  public struct Iterator: AsyncIteratorProtocol {
    let subscription: EventSubscription
    var checkpoint: Position?

    /// - Returns: `nil` when the task is cancelled.
    public mutating func next() async throws(EventStoreError) -> Batch? {
      let log = subscription.log
      try await log.waitForEvents(after: checkpoint)
      guard !Task.isCancelled, let head = try log.head().position else { return nil }
      let first = checkpoint?.next ?? .first
      let query = EventQuery(
        .all, from: .position(first), types: subscription.types, upTo: head, limit: subscription.batchSize)
      var events: [StoredEvent] = []
      let last = try log.read(query) { event in
        events.append(StoredEvent(event))
        return .next
      }
      let reached = last ?? head
      checkpoint = reached
      return Batch(events: events, checkpoint: reached, isCaughtUp: reached == head)
    }
  }
}

extension EventLog {
  /// Events of `types` (`nil`: all) after `position`, in batches of at most `batchSize`, for ever.
  public func subscribe(
    after position: Position? = nil, types: Set<EventTypeName>? = nil, batchSize: Int = 256
  ) -> EventSubscription {
    precondition(batchSize > 0, "A batch has room for at least one event.")
    return EventSubscription(log: self, types: types, start: position, batchSize: batchSize)
  }
}
