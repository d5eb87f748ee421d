/// A store whose changes wait until the event that makes them has been folded whole: an event that fails changes nothing.
struct StagedRows<Base: RowStore & ~Copyable>: RowStore, ~Copyable {
  /// What an event did to a row; `nil` is no row.
  struct Change: Sendable, Equatable {
    let key: RowKey
    var row: [UInt8]?
  }

  var base: Base
  private(set) var changes: [Change] = []

  init(_ base: consuming Base) { self.base = base }

  mutating func get(_ key: RowKey) throws(ProjectionError) -> [UInt8]? {
    if let index = index(of: key) { return changes[index].row }
    return try base.get(key)
  }

  mutating func put(_ key: RowKey, _ row: [UInt8]) { stage(key, row) }

  mutating func delete(_ key: RowKey) { stage(key, nil) }

  mutating func apply() throws(ProjectionError) {
    for change in changes {
      if let row = change.row { try base.put(change.key, row) } else { try base.delete(change.key) }
    }
    forget()
  }

  mutating func forget() { changes.removeAll(keepingCapacity: true) }

  private mutating func stage(_ key: RowKey, _ row: [UInt8]?) {
    if let index = index(of: key) { changes[index].row = row } else { changes.append(Change(key: key, row: row)) }
  }

  /// An event changes a handful of rows.
  private func index(of key: RowKey) -> Int? { changes.firstIndex { $0.key == key } }
}
