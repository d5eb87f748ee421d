import EventStore
import LMDB

/// A row as it is stored.
struct EncodedRow: Sendable, Equatable {
  let key: RowKey
  /// `nil`: it is to be deleted.
  let bytes: [UInt8]?
}

extension EncodedRow {
  /// Lends the rows of all parts in the order of their keys, each part being in that order.
  static func merge(
    _ parts: [[EncodedRow]], _ body: (EncodedRow) throws(ProjectionError) -> Void
  ) throws(ProjectionError) {
    var next = parts.map { _ in 0 }
    while true {
      let open = parts.indices.lazy.filter { next[$0] < parts[$0].count }
      guard let part = open.min(by: { parts[$0][next[$0]].key < parts[$1][next[$1]].key }) else { return }
      try body(parts[part][next[part]])
      next[part] += 1
    }
  }
}

/// Rows in memory, in the order of their keys: one account's, folded to some moment.
struct EncodedRows: RowReader, Equatable {
  private let rows: [EncodedRow]

  /// - Parameter rows: In the order of their keys.
  init(_ rows: [EncodedRow] = []) { self.rows = rows }

  /// Every row by its key.
  var byKey: [RowKey: [UInt8]] {
    Dictionary(uniqueKeysWithValues: rows.compactMap { row in row.bytes.map { (row.key, $0) } })
  }

  func withRow<Value>(
    at key: RowKey, _ body: (RawSpan?) throws(ProjectionError) -> Value
  ) throws(ProjectionError) -> Value {
    let index = firstIndex(from: key)
    guard index < rows.count, rows[index].key == key, let bytes = rows[index].bytes else { return try body(nil) }
    return try body(bytes.span.raw)
  }

  func forEachRow(
    from first: RowKey, _ body: (RowKey, RawSpan) throws(ProjectionError) -> ReadStep
  ) throws(ProjectionError) {
    for row in rows[firstIndex(from: first)...] {
      if let bytes = row.bytes { guard try body(row.key, bytes.span.raw) == .next else { return } }
    }
  }

  private func firstIndex(from key: RowKey) -> Int { rows.partitioningIndex { $0.key >= key } }
}
