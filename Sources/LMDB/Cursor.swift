import CLMDB

/// A place in a table, and the row there. It exists only inside ``Transaction/withCursor(in:_:)``.
@safe public struct Cursor<Key: TableKey, Value: TableValue>: ~Copyable {
  private let handle: OpaquePointer
  private let pageSize: UInt
  private var currentKey = unsafe MDB_val()
  private var currentValue = unsafe MDB_val()

  fileprivate init(_ transaction: OpaquePointer, _ table: Table<Key, Value>) throws(LMDBError) {
    var cursor: OpaquePointer?
    try check(unsafe mdb_cursor_open(transaction, table.index, &cursor))
    guard let cursor = unsafe cursor else { throw .outOfMemory }
    var statistics = MDB_stat()
    unsafe mdb_stat(transaction, table.index, &statistics)
    unsafe handle = cursor
    pageSize = UInt(statistics.ms_psize)
  }

  deinit { unsafe mdb_cursor_close(handle) }

  /// Goes to the first row. - Returns: Whether there is one.
  public mutating func first() throws(LMDBError) -> Bool { try move(MDB_FIRST) }
  /// Goes to the last row. - Returns: Whether there is one.
  public mutating func last() throws(LMDBError) -> Bool { try move(MDB_LAST) }
  /// Goes to the next row. - Returns: Whether there is one.
  public mutating func next() throws(LMDBError) -> Bool { try move(MDB_NEXT) }
  /// Goes to the row before. - Returns: Whether there is one.
  public mutating func previous() throws(LMDBError) -> Bool { try move(MDB_PREV) }

  /// Goes to the first row whose key is `key` or greater. - Returns: Whether there is one.
  public mutating func seek(_ key: Key) throws(LMDBError) -> Bool {
    let cursor = unsafe handle
    var (foundKey, foundValue) = unsafe (MDB_val(), MDB_val())
    let code = key.withKeyBytes { bytes in
      unsafe bytes.withUnsafeBytes { buffer in
        unsafe foundKey = MDB_val(mv_size: buffer.count, mv_data: UnsafeMutableRawPointer(mutating: buffer.baseAddress))
        return unsafe mdb_cursor_get(cursor, &foundKey, &foundValue, MDB_SET_RANGE)
      }
    }
    if code == MDB_NOTFOUND { return false }
    try check(code)
    unsafe (currentKey, currentValue) = unsafe (foundKey, foundValue)
    return true
  }

  /// The key of the row.
  public var keyBytes: RawSpan {
    @_lifetime(borrow self) get {
      let span = unsafe UnsafeRawBufferPointer(start: currentKey.mv_data, count: currentKey.mv_size).bytes
      return unsafe _overrideLifetime(span, borrowing: self)
    }
  }

  /// The value of the row.
  public var valueBytes: RawSpan {
    @_lifetime(borrow self) get {
      let span = unsafe UnsafeRawBufferPointer(start: currentValue.mv_data, count: currentValue.mv_size).bytes
      return unsafe _overrideLifetime(span, borrowing: self)
    }
  }

  /// Which page of the map the row's key lies on: rows next to each other with the same number share a leaf of the tree.
  public var page: UInt { unsafe UInt(bitPattern: currentKey.mv_data) / pageSize }

  private mutating func move(_ operation: MDB_cursor_op) throws(LMDBError) -> Bool {
    let code = unsafe mdb_cursor_get(handle, &currentKey, &currentValue, operation)
    if code == MDB_NOTFOUND { return false }
    try check(code)
    return true
  }
}

extension Transaction where Self: ~Copyable {
  /// Runs `body` with a cursor over `table`, before its first row.
  public func withCursor<Key, Value, Result, Failure: LMDBErrorConvertible>(
    in table: Table<Key, Value>, _ body: (inout Cursor<Key, Value>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    var cursor = try converting(to: Failure.self) { () throws(LMDBError) in try unsafe Cursor(handle, table) }
    return try body(&cursor)
  }
}
