import CLMDB

/// How a put treats what is there.
public enum PutMode: Sendable {
  /// Replaces.
  case replace
  /// Refuses with `.keyExists` unless the key is greater than every key of the table: the fast way to fill a table in order.
  case append

  fileprivate var flags: UInt32 { self == .append ? UInt32(MDB_APPEND | MDB_NOOVERWRITE) : 0 }
}

extension WriteTransaction {
  /// Stores `value` at `key`.
  public mutating func put<Key, Value>(
    _ key: Key, _ value: Value, in table: Table<Key, Value>, _ mode: PutMode = .replace
  ) throws(LMDBError) {
    try check(
      value.withValueBytes { bytes in
        unsafe bytes.withUnsafeBytes { buffer in
          var data = unsafe MDB_val(mv_size: buffer.count, mv_data: UnsafeMutableRawPointer(mutating: buffer.baseAddress))
          return unsafe put(key, &data, in: table, mode)
        }
      })
  }

  /// Makes room for `byteCount` bytes at `key` and lets `fill` write them in place.
  /// - Precondition: `fill` writes every byte.
  public mutating func put<Key, Value>(
    _ key: Key, reserving byteCount: Int, in table: Table<Key, Value>, _ mode: PutMode = .replace,
    _ fill: (inout MutableRawSpan) -> Void
  ) throws(LMDBError) {
    var data = unsafe MDB_val(mv_size: byteCount, mv_data: nil)
    try check(unsafe put(key, &data, in: table, mode, flags: UInt32(MDB_RESERVE)))
    var span = unsafe UnsafeMutableRawBufferPointer(start: data.mv_data, count: data.mv_size).mutableBytes
    fill(&span)
  }

  /// Removes the row at `key`.
  /// - Returns: Whether there was one.
  @discardableResult
  public mutating func delete<Key, Value>(_ key: Key, in table: Table<Key, Value>) throws(LMDBError) -> Bool {
    let code = key.withKeyBytes { bytes in
      unsafe bytes.withUnsafeBytes { buffer in
        var key = unsafe MDB_val(mv_size: buffer.count, mv_data: UnsafeMutableRawPointer(mutating: buffer.baseAddress))
        return unsafe mdb_del(handle, table.index, &key, nil)
      }
    }
    if code == MDB_NOTFOUND { return false }
    try check(code)
    return true
  }

  /// Removes every row of a table.
  public mutating func removeAll<Key, Value>(in table: Table<Key, Value>) throws(LMDBError) {
    try check(unsafe mdb_drop(handle, table.index, 0))
  }

  private mutating func put<Key, Value>(
    _ key: Key, _ data: UnsafeMutablePointer<MDB_val>, in table: Table<Key, Value>, _ mode: PutMode, flags: UInt32 = 0
  ) -> Int32 {
    let flags = flags | mode.flags
    var cursor: OpaquePointer?
    if mode == .append {
      let code = unsafe appendCursor(in: table.index, &cursor)
      guard code == MDB_SUCCESS else { return code }
    }
    return key.withKeyBytes { bytes in
      unsafe bytes.withUnsafeBytes { buffer in
        var key = unsafe MDB_val(mv_size: buffer.count, mv_data: UnsafeMutableRawPointer(mutating: buffer.baseAddress))
        if let cursor = unsafe cursor { return unsafe mdb_cursor_put(cursor, &key, data, flags) }
        return unsafe mdb_put(handle, table.index, &key, data, flags)
      }
    }
  }

  /// A cursor that stays at the end of a table from one append to the next, so that the way to it is not searched each time. It
  /// ends with the transaction (`lmdb.h`, `mdb_cursor_open`).
  private mutating func appendCursor(in table: MDB_dbi, _ cursor: inout OpaquePointer?) -> Int32 {
    if unsafe appender == nil || appendTable != table {
      if let old = unsafe appender { unsafe mdb_cursor_close(old) }
      unsafe appender = nil
      let code = unsafe mdb_cursor_open(handle, table, &appender)
      guard code == MDB_SUCCESS else { return code }
      appendTable = table
    }
    unsafe cursor = appender
    return MDB_SUCCESS
  }
}
