/// The heads of some chains, and waypoints on the way to them: what is left of events once they are folded for finding
/// them again.
struct HeadMap: Sendable {
  /// Every so many events of a chain a waypoint remembers a position, so that a long chain is read forwards, or from its
  /// middle, without walking all of it backwards first.
  static let waypointDistance: UInt64 = 1_024

  struct Waypoint: Hashable, Sendable {
    let chain: ChainName
    /// The waypoint stands at the event with this 0-based index divided by the distance.
    let block: UInt64
  }

  private(set) var heads: [ChainName: Head] = [:]
  private(set) var waypoints: [Waypoint: Position] = [:]

  var isEmpty: Bool { heads.isEmpty }
  var entryCount: Int { heads.count + waypoints.count }

  subscript(chain: ChainName) -> Head? {
    get { heads[chain] }
    set { heads[chain] = newValue }
  }

  /// Makes room for so many heads more.
  mutating func reserve(_ count: Int) { heads.reserveCapacity(heads.count + count) }

  /// Remembers the position if a waypoint belongs there. `count` is how many events the chain has with this one.
  mutating func mark(_ chain: @autoclosure () -> ChainName, at position: Position, count: UInt64) {
    let index = count &- 1
    guard index > 0, index % HeadMap.waypointDistance == 0 else { return }
    waypoints[Waypoint(chain: chain(), block: index / HeadMap.waypointDistance)] = position
  }

  /// The chain's newest event is now the one at `position`, and there are `count`.
  mutating func advance(_ chain: ChainName, to position: Position, count: UInt64) {
    heads[chain] = Head(position: position, count: count)
    mark(chain, at: position, count: count)
  }

  /// Takes over everything of `newer`.
  mutating func merge(_ newer: HeadMap) {
    heads.merge(newer.heads) { $1 }
    waypoints.merge(newer.waypoints) { $1 }
  }

  /// Folds one event of the log.
  mutating func fold(_ event: borrowing EventView) {
    let position = event.position
    advance(ChainName(event.stream), to: position, count: event.revision.rawValue &+ 1)
    for link in event.tagLinks { advance(ChainName(link.tag), to: position, count: link.ordinal) }
  }
}

extension EventView {
  /// The tags with the event's 1-based place among those that have it.
  var tagLinks: [(tag: Tag, ordinal: UInt64)] {
    var links: [(tag: Tag, ordinal: UInt64)] = []
    forEachTag { name, _, ordinal in links.append((Tag(unchecked: String(ascii: name)), ordinal)) }
    return links
  }
}
