/// Events as they come: first those that are there, then those that are appended, in this process or another.
///
/// Nothing is lost or doubled between the two, because both are the same loop over positions. A slow consumer holds nothing
/// up and nothing piles up for it: the next batch is read when it asks.
public struct EventSubscription: AsyncSequence, Sendable {
  /// Some events, and how far the log was looked at to find them.
  public struct Batch: Sendable {
    /// Those that matched; may be empty.
    public let events: [StoredEvent]
    /// Where to go on after a restart. It moves over everything that was looked at, whether it matched or not.
    public let checkpoint: LogCheckpoint
    /// Whether the batch reached the head of the log as it was then.
    public let isCaughtUp: Bool
  }

  public enum Limits {
    /// A batch ends with the event that makes its records so large together.
    public static let bytesPerBatch = 4 << 20
    /// A batch of the whole log ends after so many events were looked at, however few of them matched.
    public static let eventsLookedAt: UInt64 = 16_384
  }

  let log: any EventLog
  let source: EventQuery.Source
  let types: Set<EventTypeName>?
  let share: EventShare?
  let start: LogCheckpoint
  let batchSize: Int

  public func makeAsyncIterator() -> Iterator { Iterator(subscription: self, checkpoint: start) }

  public struct Iterator: AsyncIteratorProtocol {
    let subscription: EventSubscription
    var checkpoint: LogCheckpoint

    /// Waits until the log has something beyond the last batch.
    /// - Returns: `nil` when the task is cancelled.
    /// - Throws: `.closed` after the last batch of a log that was closed.
    public mutating func next() async throws(EventStoreError) -> Batch? {
      while !Task.isCancelled {
        if let batch = try subscription.batch(after: checkpoint) {
          checkpoint = batch.checkpoint
          return batch
        }
        try await subscription.log.waitForEvents(after: checkpoint.position)
      }
      return nil
    }
  }

  /// The batch after `checkpoint`; `nil` if the log has nothing beyond it.
  func batch(after checkpoint: LogCheckpoint) throws(EventStoreError) -> Batch? {
    let head = try log.head()
    guard head.isBeyond(checkpoint.position), let newest = head.position else { return nil }
    let first = checkpoint.position?.next ?? .first
    let bound = source == .all ? Swift.min(newest, Position(unchecked: first.rawValue + Limits.eventsLookedAt - 1)) : newest
    var events: [StoredEvent] = []
    var bytes = 0
    var isFull = false
    try log.read(EventQuery(source, from: .position(first), types: types, share: share, upTo: bound)) { event in
      events.append(StoredEvent(event))
      bytes += event.byteCount
      isFull = events.count == batchSize || bytes >= Limits.bytesPerBatch
      return isFull ? .stop : .next
    }
    // A walk along a stream or a tag ends at its last event. It has looked at everything up to the bound all the same, unless
    // the batch was full before.
    let reached = if isFull, let last = events.last { LogCheckpoint(last, lineage: log.lineage) } else { try log.checkpoint(at: bound) }
    return Batch(events: events, checkpoint: reached, isCaughtUp: reached.position == newest)
  }
}

extension EventLog {
  /// Events of `source` and `types` (`nil`: all) after `checkpoint`, in batches, for ever.
  ///
  /// - Parameters:
  ///   - source: The whole log, a stream, or a tag.
  ///   - checkpoint: `nil`: from the first event. ``EventLog/checkpoint()``: only what comes from now on.
  ///   - types: Only these; `nil`: all.
  ///   - share: Only events whose key falls to this share; `nil`: all.
  ///   - batchSize: At most so many events in a batch; see also ``EventSubscription/Limits``.
  /// - Throws: `.checkpointRefused` if the checkpoint does not belong to this log: another log, a branch that was abandoned when
  ///   a backup was restored, or a log that lost events.
  public func subscribe(
    to source: EventQuery.Source = .all, after checkpoint: LogCheckpoint? = nil, types: Set<EventTypeName>? = nil,
    share: EventShare? = nil, batchSize: Int = 256
  ) throws(EventStoreError) -> EventSubscription {
    precondition(batchSize > 0, "A batch has room for at least one event.")
    if let checkpoint { try admit(checkpoint) }
    return EventSubscription(
      log: self, source: source, types: types, share: share, start: checkpoint ?? LogCheckpoint(beginningOf: lineage), batchSize: batchSize)
  }
}
