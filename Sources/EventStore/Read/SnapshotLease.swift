/// How long a read keeps a snapshot before it lets go of it and takes a new one: for ``eventsAtMost`` events, and less if whoever
/// they are lent to is slow. An open snapshot keeps the file from using pages again.
struct SnapshotLease {
  static let eventsAtMost = 1_024
  /// A lease is over at the first look after so long. There is a look after 1, 2, 4, 8 … events, so an even pace ends it within
  /// twice the time.
  static let patience = Duration.seconds(2)

  private let now: () -> ContinuousClock.Instant
  private let start: ContinuousClock.Instant
  private var events = 0

  init(now: @escaping () -> ContinuousClock.Instant = { .now }) {
    self.now = now
    start = now()
  }

  /// Counts an event. - Returns: Whether the snapshot has to go.
  mutating func spend() -> Bool {
    events += 1
    if events == SnapshotLease.eventsAtMost { return true }
    return events & (events - 1) == 0 && now() - start > SnapshotLease.patience
  }
}
