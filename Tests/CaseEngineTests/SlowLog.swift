import EventStore
import Synchronization

/// A log in memory to whose appends something can happen first.
final class SlowLog: EventLog {
  private let log: InMemoryEventLog
  private let next = Mutex<[@Sendable () async throws(EventStoreError) -> Void]>([])
  /// An answer that is lost on its way: the events are stored and nobody is told.
  private let lost = Mutex(0)

  init(_ log: InMemoryEventLog) { self.log = log }

  func beforeNextAppend(_ action: @escaping @Sendable () async throws(EventStoreError) -> Void) {
    next.withLock { $0.append(action) }
  }

  func loseNextAnswer() { lost.withLock { $0 += 1 } }

  func append(_ request: AppendRequest) async throws(EventStoreError) -> AppendReceipt {
    let action = next.withLock { $0.isEmpty ? nil : $0.removeFirst() }
    try await action?()
    let receipt = try await log.append(request)
    let isLost = lost.withLock { lost in
      defer { lost = max(0, lost - 1) }
      return lost > 0
    }
    if isLost { throw .inDoubt(reason: "the answer was lost") }
    return receipt
  }

  var lineage: Lineage { log.lineage }
  func head() -> LogHead { log.head() }
  func head(of stream: StreamID) -> Head? { log.head(of: stream) }
  func head(of tag: Tag) -> Head? { log.head(of: tag) }
  func prefixHash(at position: Position) throws(EventStoreError) -> UInt64? { try log.prefixHash(at: position) }
  func read(_ query: EventQuery, _ body: (borrowing EventView) -> ReadStep) throws(EventStoreError) -> Position? {
    try log.read(query, body)
  }
  func waitForEvents(after position: Position?) async { await log.waitForEvents(after: position) }
}
