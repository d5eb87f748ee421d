import EventStore
import Foundation
import LMDB
import SwiftProtobuf

/// What was made of the rows of one kind of an account, kept. After a change, only rows that have other bytes are decoded
/// again, whoever changed them; which those are is known if this process changed them.
struct KeptRows<Value: Sendable>: Sendable {
  /// In the order of the rows.
  private(set) var values: [Value] = []
  private var keys: [RowKey] = []
  private var checksums: [UInt64] = []
  /// The last change of the account that is in here; `nil`: nothing has been read yet.
  private var changed: Position?

  var count: Int { values.count }

  /// Reads what was changed.
  /// - Parameters:
  ///   - changed: The last change of the account in `rows`.
  ///   - recent: What is known of the changes: if it is not enough, every row is looked at.
  ///   - make: `nil` for a row that does not count now; it is looked at again when it changes.
  mutating func refresh<Row: Message>(
    to changed: Position, _ recent: RecentChanges, of account: UUID, kind: UInt8, in rows: borrowing some RowReader & ~Copyable,
    as row: Row.Type, _ make: (RowKey, Row) throws(ProjectionError) -> Value?
  ) throws(ProjectionError) {
    guard changed != self.changed else { return }
    let known = self.changed.flatMap { recent.keys(of: account, kind: kind, after: $0, upTo: changed) }
    self.changed = nil
    if let known {
      for key in known {
        try rows.withRow(at: key) { (bytes) throws(ProjectionError) in _ = try put(key, bytes, at: place(of: key), make) }
      }
    } else {
      var place = 0
      try rows.forEachRow(of: account, kind: kind) { (key, bytes) throws(ProjectionError) in
        while place < count, keys[place] < key { remove(at: place) }
        if try put(key, bytes, at: place, make) { place += 1 }
      }
      while count > place { remove(at: count - 1) }
    }
    self.changed = changed
  }

  /// Makes something of the row that belongs to a place, unless that has been made of the same bytes before.
  /// - Returns: Whether there is something now.
  private mutating func put<Row: Message>(
    _ key: RowKey, _ bytes: RawSpan?, at place: Int, _ make: (RowKey, Row) throws(ProjectionError) -> Value?
  ) throws(ProjectionError) -> Bool {
    let isKept = place < count && keys[place] == key
    guard let bytes else {
      if isKept { remove(at: place) }
      return false
    }
    let checksum = Checksum.of(bytes, seed: 0)
    if isKept, checksums[place] == checksum { return true }
    if isKept { remove(at: place) }
    guard let value = try make(key, try Row(row: bytes)) else { return false }
    keys.insert(key, at: place)
    values.insert(value, at: place)
    checksums.insert(checksum, at: place)
    return true
  }

  /// The place of what was made of a row; `nil` if there is none.
  func index(of key: RowKey) -> Int? {
    let place = place(of: key)
    return place < count && keys[place] == key ? place : nil
  }

  /// Where a row stands, or would stand.
  private func place(of key: RowKey) -> Int { keys.partitioningIndex { $0 >= key } }

  private mutating func remove(at place: Int) {
    keys.remove(at: place)
    values.remove(at: place)
    checksums.remove(at: place)
  }
}

extension RandomAccessCollection {
  /// The first index from which on `isSecond` holds, by halving; the elements for which it holds stand behind all others.
  func partitioningIndex(_ isSecond: (Element) -> Bool) -> Index {
    var (low, high) = (startIndex, endIndex)
    while low < high {
      let middle = index(low, offsetBy: distance(from: low, to: high) / 2)
      if isSecond(self[middle]) { high = middle } else { low = index(after: middle) }
    }
    return low
  }
}
