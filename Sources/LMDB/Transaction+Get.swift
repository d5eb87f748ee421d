import CLMDB

extension Transaction where Self: ~Copyable {
  /// Lends the value at `key` without copying it; `nil` if there is none. It cannot outlive the transaction, nor the next write.
  @_lifetime(borrow self)
  public func lend<Key, Value>(_ key: Key, in table: Table<Key, Value>) throws(LMDBError) -> RawSpan? {
    guard let value = try unsafe find(key, in: table) else { return nil }
    let span = unsafe UnsafeRawBufferPointer(start: value.mv_data, count: value.mv_size).bytes
    return unsafe _overrideLifetime(span, borrowing: self)
  }

  /// A copy of the value at `key`; `nil` if there is none.
  /// - Throws: `.corrupted` if the bytes are not a `Value`.
  public func get<Key, Value>(_ key: Key, in table: Table<Key, Value>) throws(LMDBError) -> Value? {
    guard let bytes = try lend(key, in: table) else { return nil }
    guard let value = Value(valueBytes: bytes) else { throw .corrupted }
    return value
  }

  /// How many rows a table has.
  public func count<Key, Value>(of table: Table<Key, Value>) throws(LMDBError) -> Int {
    var statistics = MDB_stat()
    try check(unsafe mdb_stat(handle, table.index, &statistics))
    return statistics.ms_entries
  }

  private func find<Key, Value>(_ key: Key, in table: Table<Key, Value>) throws(LMDBError) -> MDB_val? {
    var value = unsafe MDB_val()
    let code = key.withKeyBytes { bytes in
      unsafe bytes.withUnsafeBytes { buffer in
        // LMDB answers "not found" for a key it could never hold: say so instead.
        guard (1...511).contains(buffer.count) else { return MDB_BAD_VALSIZE }
        var key = unsafe MDB_val(mv_size: buffer.count, mv_data: UnsafeMutableRawPointer(mutating: buffer.baseAddress))
        return unsafe mdb_get(handle, table.index, &key, &value)
      }
    }
    if code == MDB_NOTFOUND { return nil }
    try check(code)
    return unsafe value
  }
}
