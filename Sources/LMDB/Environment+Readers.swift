import CLMDB

/// A snapshot that some process reads from. While it is open, no page that a later transaction replaced can be used again.
public struct OpenSnapshot: Sendable, Hashable {
  /// The process that reads. It may be gone: then ``Environment/clearStaleReaders()`` frees the slot.
  public let process: Int32
  /// The last transaction that the snapshot shows.
  public let transaction: Int
}

extension Environment {
  /// Frees the slots of readers whose process is gone, so that the pages they held can be used again.
  /// - Returns: How many there were.
  @discardableResult
  public func clearStaleReaders() throws(LMDBError) -> Int {
    var dead: Int32 = 0
    try check(unsafe mdb_reader_check(handle, &dead))
    return Int(dead)
  }

  /// The snapshots that are open now, in all processes.
  public func openSnapshots() throws(LMDBError) -> [OpenSnapshot] {
    var lines: [String] = []
    // LMDB tells its reader table as text only: a heading, then process, thread and transaction ("-" for none) on each line.
    let code = unsafe withUnsafeMutablePointer(to: &lines) { lines in
      unsafe mdb_reader_list(
        handle,
        { text, context in
          guard let text = unsafe text, let context = unsafe context else { return 0 }
          unsafe context.assumingMemoryBound(to: [String].self).pointee.append(String(cString: text))
          return 0
        }, lines)
    }
    if code < 0 { throw LMDBError(code: code) }
    return lines.flatMap { $0.split(separator: "\n") }.compactMap { line in
      let words = line.split(separator: " ")
      guard words.count == 3, let process = Int32(words[0]), let transaction = Int(words[2]) else { return nil }
      return OpenSnapshot(process: process, transaction: transaction)
    }
  }

  /// How many bytes of the file were freed by transactions after `transaction`: while a snapshot of it is open, none of them can be
  /// used again.
  public func bytesFreed(after transaction: Int) throws(LMDBError) -> Int {
    // LMDB's table of free pages: the number of a transaction, then how many pages it freed and which.
    let freed = Table<[UInt8], [UInt8]>(index: 0)
    let pages = try read { (txn) throws(LMDBError) in
      try txn.withCursor(in: freed) { (cursor) throws(LMDBError) in
        var pages = 0
        var found = try cursor.first()
        while found {
          guard cursor.keyBytes.byteCount == 8, cursor.valueBytes.byteCount >= 8 else { throw .corrupted }
          if cursor.keyBytes.load(UInt64.self, at: 0) > UInt64(transaction) {
            pages += Int(cursor.valueBytes.load(UInt64.self, at: 0))
          }
          found = try cursor.next()
        }
        return pages
      }
    }
    return pages * pageSize
  }

  private var pageSize: Int {
    var statistics = MDB_stat()
    unsafe mdb_env_stat(handle, &statistics)
    return Int(statistics.ms_psize)
  }

  /// The number of the last transaction that was committed. A snapshot of an older one keeps pages from being used again.
  public var lastTransaction: Int { unsafe information.me_last_txnid }

  /// What the pages take, and what they can take before the map is full, in bytes.
  public var room: (usedBytes: Int, mapBytes: Int) {
    var statistics = MDB_stat()
    unsafe mdb_env_stat(handle, &statistics)
    let information = unsafe information
    return unsafe ((information.me_last_pgno + 1) * Int(statistics.ms_psize), information.me_mapsize)
  }

  @unsafe private var information: MDB_envinfo {
    var information = unsafe MDB_envinfo()
    unsafe mdb_env_info(handle, &information)
    return unsafe information
  }
}
