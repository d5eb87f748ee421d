import LMDB

/// A share that somebody works on: while the lock is held nobody else does.
struct HeldShare: Sendable {
  let number: Int
  let lock: FileLock
  /// What is on the disk.
  var stored: ShareRow
  /// Up to where the log was looked at. Further than what is stored, if nothing there fell to the share.
  var checkpoint: LogCheckpoint

  init(number: Int, lock: FileLock, stored: ShareRow) {
    (self.number, self.lock, self.stored) = (number, lock, stored)
    checkpoint = stored.checkpoint
  }

  /// Whether there is something to look at, if the log ends at `head`.
  func isBehind(_ head: LogHead) -> Bool { stored.stop == nil && head.isBeyond(checkpoint.position) }

  /// How many events were looked at since it was stored how far the share has come.
  var lookedAt: UInt64 { (checkpoint.position?.rawValue ?? 0) - (stored.checkpoint.position?.rawValue ?? 0) }
}

extension ConsumerGroup {
  /// How many events that fall to other shares may be looked at before it is stored.
  private static let eventsLookedAt = 4 * EventSubscription.Limits.eventsLookedAt

  /// Handles the next batch of a share, and stores how far it came.
  func turn(_ share: HeldShare, _ handle: Handler) async throws(EventStoreError) -> HeldShare {
    guard let batch = try subscription(to: share.number).batch(after: share.checkpoint) else { return share }
    var share = share
    var row = ShareRow(share.checkpoint)
    if await self.handle(batch.events, into: &row, handle) { row.checkpoint = batch.checkpoint }
    share.checkpoint = row.checkpoint
    if !batch.events.isEmpty || share.lookedAt >= ConsumerGroup.eventsLookedAt {
      try await file.store([share.number: row])
      share.stored = row
    }
    return share
  }

  /// - Returns: Whether all were handled. `row` says how far it came, and why no further if it stopped there.
  private func handle(_ events: [StoredEvent], into row: inout ShareRow, _ handle: Handler) async -> Bool {
    let start = ContinuousClock.now
    for event in events {
      guard !Task.isCancelled else { return false }
      do {
        try await handle(event)
      } catch {
        // A member that is told to leave has not failed: whoever comes next handles the event.
        if !Task.isCancelled { row.stop = ShareStop(position: event.position, reason: String(describing: error)) }
        return false
      }
      row.checkpoint = LogCheckpoint(event, lineage: log.lineage)
      if .now - start > balanceInterval { return event.position == events.last?.position }
    }
    return true
  }

  /// Stores how far shares have come, those of them where that is not on the disk yet.
  func store(_ shares: inout [Int: HeldShare]) async throws(EventStoreError) {
    let moved = shares.filter { $0.value.lookedAt > 0 }.mapValues { ShareRow($0.checkpoint) }
    try await file.store(moved)
    for (number, row) in moved { shares[number]?.stored = row }
  }
}
