import Foundation
import LMDB

/// The heads on disk, in `index/`: derived from the log, with the position up to which it was folded.
struct IndexFile: Sendable {
  /// Where the fold stands, and in which log.
  struct Checkpoint: Equatable, Sendable {
    let lineage: Lineage
    let position: Position
    let prefixHash: UInt64
    /// The sum of the hashes of all rows: LMDB has no checksums, and a row that cannot be found would look like a new stream.
    var digest: UInt64 = 0
  }

  private static let tables = ["heads", "waypoints", "meta"]

  private let environment: Environment
  private let heads: Table<[UInt8], [UInt8]>
  private let waypoints: Table<[UInt8], [UInt8]>
  private let meta: Table<String, [UInt8]>

  init(path: String, access: Environment.Access) throws(LMDBError) {
    environment = try Environment(path: path, tables: IndexFile.tables, options: .init(access: access))
    heads = environment.table("heads")
    waypoints = environment.table("waypoints")
    meta = environment.table("meta")
  }

  func clearStaleReaders() throws(LMDBError) -> Int { try environment.clearStaleReaders() }

  /// `nil` while nothing was folded.
  func checkpoint() throws(LMDBError) -> Checkpoint? {
    try environment.read { (txn) throws(LMDBError) in try checkpoint(in: txn) }
  }

  private func checkpoint(in txn: borrowing ReadTransaction) throws(LMDBError) -> Checkpoint? {
    guard let bytes = try txn.get("checkpoint", in: meta) else { return nil }
    guard let words = Words(bytes, count: 6) else { throw .corrupted }
    guard let position = Position(words[3]) else { throw .corrupted }
    return Checkpoint(
      lineage: Lineage(id: UUID(high: words[0], low: words[1]), epoch: words[2]), position: position, prefixHash: words[4],
      digest: words[5])
  }

  /// The checkpoint, after a look whether the rows are those that were stored, and can be found: each is read, and the way to each
  /// leaf of the tree is tried, because the way to a row can be damaged and the row be whole.
  /// - Throws: `.corrupted` if not.
  func wholeCheckpoint() throws(LMDBError) -> Checkpoint? {
    try environment.read { (txn) throws(LMDBError) in
      guard let checkpoint = try checkpoint(in: txn) else { return nil }
      let digest = try self.digest(of: heads, in: txn) &+ self.digest(of: waypoints, in: txn)
      guard digest == checkpoint.digest else { throw .corrupted }
      return checkpoint
    }
  }

  /// The sum of the hashes of a table's rows. The first and the last row of each leaf are looked up as a reader would: if both
  /// are found, so is what stands between them, because a search compares a key with the same keys on the way to all of them.
  /// - Throws: `.corrupted` if one is not found where it stands.
  private func digest(of table: Table<[UInt8], [UInt8]>, in txn: borrowing ReadTransaction) throws(LMDBError) -> UInt64 {
    try txn.withCursor(in: table) { (cursor) throws(LMDBError) -> UInt64 in
      var digest: UInt64 = 0
      var page: UInt?
      var found = try cursor.first()
      while found {
        if cursor.page != page {
          if page != nil {
            guard try cursor.previous(), try isFound(cursor, in: table, txn), try cursor.next() else { throw .corrupted }
          }
          guard try isFound(cursor, in: table, txn) else { throw .corrupted }
          page = cursor.page
        }
        digest &+= IndexFile.hash(cursor.keyBytes, cursor.valueBytes)
        found = try cursor.next()
      }
      if page != nil {
        guard try cursor.last(), try isFound(cursor, in: table, txn) else { throw .corrupted }
      }
      return digest
    }
  }

  private func isFound(
    _ cursor: borrowing Cursor<[UInt8], [UInt8]>, in table: Table<[UInt8], [UInt8]>, _ txn: borrowing ReadTransaction
  ) throws(LMDBError) -> Bool {
    try txn.get([UInt8](cursor.keyBytes), in: table) == [UInt8](cursor.valueBytes)
  }

  private static func hash(_ key: RawSpan, _ value: RawSpan) -> UInt64 { Checksum.of(value, seed: Checksum.of(key, seed: 0)) }

  /// Replaces a row, and its part of `digest`.
  private static func put(
    _ key: [UInt8], _ value: [UInt8], in table: Table<[UInt8], [UInt8]>, _ txn: inout WriteTransaction, _ digest: inout UInt64
  ) throws(LMDBError) {
    if let old = try txn.lend(key, in: table) { digest &-= hash(key.span.raw, old) }
    digest &+= hash(key.span.raw, value.span.raw)
    try txn.put(key, value, in: table)
  }

  /// The heads of the chains that are `wanted`; `nil` for those that are not, or not there.
  func heads(of chains: [ChainName], wanted: (ChainName) -> Bool = { _ in true }) throws(LMDBError) -> [Head?] {
    try environment.read { (txn) throws(LMDBError) in
      var found: [Head?] = []
      found.reserveCapacity(chains.count)
      for chain in chains { found.append(wanted(chain) ? try head(of: chain, in: txn) : nil) }
      return found
    }
  }

  private func head(of chain: ChainName, in txn: borrowing ReadTransaction) throws(LMDBError) -> Head? {
    guard let bytes = try txn.get(chain.key, in: heads) else { return nil }
    guard let words = Words(bytes, count: 2), let position = Position(words[0]) else { throw .corrupted }
    return Head(position: position, count: words[1])
  }

  func waypoint(_ waypoint: HeadMap.Waypoint) throws(LMDBError) -> Position? {
    let key = IndexFile.key(of: waypoint)
    guard let bytes = try environment.read({ (txn) throws(LMDBError) in try txn.get(key, in: waypoints) }) else { return nil }
    guard let words = Words(bytes, count: 1), let position = Position(words[0]) else { throw .corrupted }
    return position
  }

  /// Stores `map`, and that the index now covers the log up to `checkpoint`, in one transaction.
  func store(_ map: HeadMap, upTo checkpoint: Checkpoint) throws(LMDBError) {
    // In the order of the keys, so that neighbours share a page while it is at hand.
    let sortedHeads = map.heads.sorted { $0.key < $1.key }
    var digest = try self.checkpoint()?.digest ?? 0
    try environment.write { (txn) throws(LMDBError) in
      for (chain, head) in sortedHeads {
        try IndexFile.put(chain.key, Words.bytes([head.position.rawValue, head.count]), in: heads, &txn, &digest)
      }
      for (waypoint, position) in map.waypoints {
        try IndexFile.put(IndexFile.key(of: waypoint), Words.bytes([position.rawValue]), in: waypoints, &txn, &digest)
      }
      let lineage = checkpoint.lineage
      let row = [lineage.id.high, lineage.id.low, lineage.epoch, checkpoint.position.rawValue, checkpoint.prefixHash, digest]
      try txn.put("checkpoint", Words.bytes(row), in: meta)
      return .commit(())
    }
  }

  /// Lends every head, sorted by name, with the position up to which they are folded.
  /// - Returns: That position; `nil` while nothing was folded.
  func forEachHead(
    _ body: (ChainName, Head, Position) throws(EventStoreError) -> Void
  ) throws(EventStoreError) -> Position? {
    try environment.read { (txn) throws(EventStoreError) in
      guard let checkpoint = try storage({ () throws(LMDBError) in try checkpoint(in: txn) }) else { return nil }
      try txn.withCursor(in: heads) { (cursor) throws(EventStoreError) in
        var found = try storage { () throws(LMDBError) in try cursor.first() }
        while found {
          guard let chain = ChainName(key: [UInt8](cursor.keyBytes)), let words = Words([UInt8](cursor.valueBytes), count: 2),
            let position = Position(words[0])
          else { throw .storage(.corrupted) }
          try body(chain, Head(position: position, count: words[1]), checkpoint.position)
          found = try storage { () throws(LMDBError) in try cursor.next() }
        }
      }
      return checkpoint.position
    }
  }

  private static func key(of waypoint: HeadMap.Waypoint) -> [UInt8] {
    waypoint.chain.key + [0] + Words.bytes([waypoint.block])
  }
}

/// Big-endian 64-bit numbers, one after the other: the values of all small rows of the store.
struct Words {
  private let bytes: [UInt8]

  /// - Returns: `nil` unless there are exactly `count` numbers.
  init?(_ bytes: [UInt8], count: Int) {
    guard bytes.count == 8 * count else { return nil }
    self.bytes = bytes
  }

  subscript(index: Int) -> UInt64 {
    bytes[8 * index..<8 * index + 8].reduce(0) { $0 << 8 | UInt64($1) }
  }

  static func bytes(_ words: [UInt64]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(8 * words.count)
    for word in words {
      for shift in stride(from: 56, through: 0, by: -8) { bytes.append(UInt8(truncatingIfNeeded: word >> UInt64(shift))) }
    }
    return bytes
  }
}
