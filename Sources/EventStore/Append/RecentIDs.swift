import Foundation

/// The ids of the newest events of a log, so that it is mostly known without reading that an id is new.
///
/// An id that is in it may be stored; one that is not in it, and was made after ``start``, is not.
struct RecentIDs {
  /// So many ids are known, or up to twice as many.
  private let count: Int
  private var older: Set<RandomID> = []
  private var newer: Set<RandomID> = []
  /// The ids of all events that were logged after this time are in `older` or `newer`; of those after `middle` in `newer`.
  private var start: Timestamp
  private var middle: Timestamp

  /// - Parameter time: The log time of the newest event.
  /// - Parameter count: How many ids to know at least, of 20 to 40 bytes each.
  init(after time: Timestamp, knowing count: Int = 32_768) {
    self.count = count
    (start, middle) = (time, time)
  }

  mutating func insert(_ id: UUID) { newer.insert(RandomID(id: id)) }

  /// Forgets the older ones if there are enough newer ones. - Parameter time: The log time of the newest event.
  mutating func trim(at time: Timestamp) {
    guard newer.count >= count else { return }
    swap(&older, &newer)
    newer.removeAll(keepingCapacity: true)
    (start, middle) = (middle, time)
  }

  /// Whether an event may have that id. No event was logged before its id was made.
  func mayContain(_ id: UUID) -> Bool {
    id.v7Time <= start || newer.contains(RandomID(id: id)) || older.contains(RandomID(id: id))
  }
}

/// An id made at random, which is a hash already.
struct RandomID: Hashable {
  let id: UUID

  func hash(into hasher: inout Hasher) { hasher.combine(id.low) }
  func _rawHashValue(seed: Int) -> Int { Int(truncatingIfNeeded: id.low) ^ seed }
}
