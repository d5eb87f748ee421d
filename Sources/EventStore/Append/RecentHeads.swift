/// Where the log ended after each of the newest commits. Whether an event is older than some moment is mostly known from that,
/// without reading it.
struct RecentHeads {
  /// Commits of ten milliseconds at least: ids are older than that only if they wait in a queue.
  private static let count = 32

  /// Oldest first.
  private var heads: [LogHead]

  init(_ head: LogHead) { heads = [head] }

  mutating func note(_ head: LogHead) {
    if heads.count == RecentHeads.count { heads.removeFirst() }
    heads.append(head)
  }

  /// Whether the event at `position` was surely logged before `time`.
  func isBefore(_ time: Timestamp, _ position: Position) -> Bool {
    guard let older = heads.last(where: { $0.time < time }) else { return false }
    return position.rawValue <= older.position?.rawValue ?? 0
  }
}
