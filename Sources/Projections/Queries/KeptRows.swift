import Foundation
import LMDB
import SwiftProtobuf

/// What was made of the rows of one kind of an account, kept. After a change, only rows that have other bytes are decoded
/// again, whoever changed them.
struct KeptRows<Value: Sendable>: Sendable {
  /// In the order of the rows.
  private(set) var values: [Value] = []
  private var keys: [RowKey] = []
  private var checksums: [UInt64] = []
  /// The last change of the account that is in here; `nil`: nothing has been read yet.
  private var changed: UInt64?

  var count: Int { values.count }

  /// Reads what was changed.
  /// - Parameters:
  ///   - changed: The last change of the account in `rows`.
  ///   - make: `nil` for a row that does not count now; it is looked at again at the next change.
  mutating func refresh<Row: Message>(
    to changed: UInt64, of account: UUID, kind: UInt8, in rows: borrowing some RowReader & ~Copyable, as row: Row.Type,
    _ make: (RowKey, Row) throws(ProjectionError) -> Value?
  ) throws(ProjectionError) {
    guard changed != self.changed else { return }
    var fresh = KeptRows()
    fresh.reserveCapacity(count + 16)
    var next = 0
    try rows.forEachRow(of: account, kind: kind) { (key, bytes) throws(ProjectionError) in
      let checksum = Checksum.of(bytes, seed: 0)
      while next < count, keys[next] < key { next += 1 }
      if next < count, keys[next] == key, checksums[next] == checksum {
        fresh.append(key, values[next], checksum)
      } else if let value = try make(key, try Row(row: bytes)) {
        fresh.append(key, value, checksum)
      }
    }
    fresh.changed = changed
    self = fresh
  }

  /// The place of what was made of a row; `nil` if there is none.
  func index(of key: RowKey) -> Int? {
    let index = keys.partitioningIndex { $0 >= key }
    return index < count && keys[index] == key ? index : nil
  }

  private mutating func reserveCapacity(_ count: Int) {
    keys.reserveCapacity(count)
    values.reserveCapacity(count)
    checksums.reserveCapacity(count)
  }

  private mutating func append(_ key: RowKey, _ value: Value, _ checksum: UInt64) {
    keys.append(key)
    values.append(value)
    checksums.append(checksum)
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
