import Foundation

/// Rows of a read model at work: what a fold changed, decoded, on top of what the disk has. The same whatever is folded for:
/// to follow the log, to make a read model anew, or to see a moment of the past.
///
/// Rows are encoded when they are taken out, once, however often they changed.
public struct WorkingRows {
  /// The rows underneath; `nil`: there are none.
  private var base: ViewStore?
  /// What was changed; `nil`: the row is to be deleted.
  private var changes: [RowKey: ViewRow?] = [:]
  /// What the rows took in memory beside the table when they were put there, roughly.
  private(set) var contentBytes = 0

  init(over base: ViewStore? = nil) { self.base = base }

  /// The row at `key`; `nil` if there is none.
  /// - Throws: `.damagedRow` if what is there is no such row.
  public func get<Row: RowMessage>(_ key: RowKey, as type: Row.Type) throws(ProjectionError) -> Row? {
    guard let change = changes[key] else { return try stored(key) }
    return try change.map(WorkingRows.decoded)
  }

  public mutating func put(_ key: RowKey, _ row: consuming some RowMessage) { change(key, to: row.held()) }

  /// Changes the row at `key`.
  /// - Throws: `missing` if there is none; `.damagedRow` if what is there is no such row.
  public mutating func update<Row: RowMessage>(
    _ key: RowKey, or missing: @autoclosure () -> ProjectionError, _ body: (inout Row) -> Void
  ) throws(ProjectionError) {
    let index = changes.index(forKey: key)
    let found: Row? = if let index { try changes.values[index].map(WorkingRows.decoded) } else { try stored(key) }
    guard var row = found else { throw missing() }
    body(&row)
    if let index { changes.values[index] = row.held() } else { put(key, row) }
  }

  public mutating func delete(_ key: RowKey) { change(key, to: nil) }

  private func stored<Row: RowMessage>(_ key: RowKey) throws(ProjectionError) -> Row? {
    try base?.read { (rows) throws(ProjectionError) in try rows.row(at: key, as: Row.self) }
  }

  private static func decoded<Row: RowMessage>(_ change: ViewRow) throws(ProjectionError) -> Row {
    guard let row = Row(change) else { throw .damagedRow(Row.protoMessageName) }
    return row
  }

  private mutating func change(_ key: RowKey, to row: consuming ViewRow?) {
    contentBytes += row?.byteCount ?? 0
    let old = row == nil && base == nil ? changes.removeValue(forKey: key) : changes.updateValue(row, forKey: key)
    contentBytes -= old??.byteCount ?? 0
  }

  // MARK: Taking out

  /// What the changes take in memory, roughly.
  var byteCount: Int { contentBytes + changes.capacity * (MemoryLayout<(RowKey, ViewRow?)>.stride + 1) }

  /// What was changed, in the order of the keys. It is to be stored in `base`, which is what lies underneath from then on.
  mutating func drain(into base: ViewStore? = nil) throws(ProjectionError) -> [EncodedRow] {
    var rows: [EncodedRow] = []
    rows.reserveCapacity(changes.count)
    for (key, row) in changes { rows.append(EncodedRow(key: key, bytes: try row?.encoded())) }
    rows.sort { $0.key < $1.key }
    (changes, contentBytes) = ([:], 0)
    self.base = base
    return rows
  }
}
