/// Rows of a read model that is being made: changes stay in memory, and go to the disk in the order of their keys, at the
/// end or whenever they take more than `limitBytes`.
struct WriteBackRows: RowStore {
  private let store: ViewStore
  private let limitBytes: Int
  /// `nil`: the row is to be deleted.
  private var pending: [RowKey: [UInt8]?] = [:]
  private var pendingBytes = 0
  /// Whether the disk has rows that are not in `pending`.
  private var hasSpilled = false

  init(store: ViewStore, limitBytes: Int) {
    self.store = store
    self.limitBytes = limitBytes
  }

  func get(_ key: RowKey) throws(ProjectionError) -> [UInt8]? {
    if let row = pending[key] { return row }
    guard hasSpilled else { return nil }
    return try store.read { (rows) throws(ProjectionError) in try rows.get(key) }
  }

  mutating func put(_ key: RowKey, _ row: [UInt8]) throws(ProjectionError) { try keep(key, row) }

  mutating func delete(_ key: RowKey) throws(ProjectionError) { try keep(key, nil) }

  private mutating func keep(_ key: RowKey, _ row: [UInt8]?) throws(ProjectionError) {
    let old = pending.updateValue(row, forKey: key)
    pendingBytes += (row?.count ?? 0) - (old??.count ?? 0) + (old == nil ? WriteBackRows.entryBytes : 0)
    if pendingBytes > limitBytes { try flush() }
  }

  /// Writes what is pending, and what `rest` adds, in one transaction.
  mutating func flush(
    _ rest: (inout TransactionRows) throws(ProjectionError) -> Void = { (_) throws(ProjectionError) in }
  ) throws(ProjectionError) {
    let keys = pending.keys.sorted()
    try store.write { (rows) throws(ProjectionError) in
      for key in keys {
        switch pending[key] {
        case .some(.some(let row)):
          if hasSpilled { try rows.put(key, row) } else { try rows.append(key, row) }
        case .some(.none): if hasSpilled { try rows.delete(key) }
        case .none: break
        }
      }
      try rest(&rows)
    }
    pending.removeAll(keepingCapacity: true)
    pendingBytes = 0
    hasSpilled = true
  }

  /// What an entry takes beside its row: key, array and hash table, roughly.
  private static let entryBytes = 160
}
