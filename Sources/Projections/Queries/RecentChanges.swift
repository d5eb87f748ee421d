import EventStore
import Foundation

/// Which rows this process changed last, and with which events: so that whoever kept something of a row looks at few of them.
struct RecentChanges: Sendable {
  private struct Batch {
    let upTo: Position
    let keys: [RowKey]
  }

  private static let keyLimit = 4_096
  /// Changes after this position are known; `nil`: from the first event on.
  private var start: Position?
  /// Without a gap between them.
  private var batches: [Batch] = []
  private var keyCount = 0

  /// Events after `position` and up to `end` changed these rows, and no others.
  mutating func note(_ keys: [RowKey], after position: Position?, upTo end: Position) {
    if batches.last.map({ $0.upTo != position }) ?? true { (start, batches, keyCount) = (position, [], 0) }
    batches.append(Batch(upTo: end, keys: keys))
    keyCount += keys.count
    while keyCount > RecentChanges.keyLimit {
      let oldest = batches.removeFirst()
      start = oldest.upTo
      keyCount -= oldest.keys.count
    }
  }

  /// The rows of an account, of one kind, that events after `position` and up to `end` changed, and perhaps some more.
  /// - Returns: `nil` if it is not known.
  func keys(of account: UUID, kind: UInt8, after position: Position, upTo end: Position) -> Set<RowKey>? {
    guard let last = batches.last, position <= end, end <= last.upTo, start.map({ $0 <= position }) ?? true else { return nil }
    return batches.reduce(into: []) { keys, batch in
      if batch.upTo > position { keys.formUnion(batch.keys.lazy.filter { $0.isOf(account, kind) }) }
    }
  }
}
