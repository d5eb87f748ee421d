import Foundation
import LMDB

/// The LMDB environment of the log: the events by position, the names of their types, and which log it is.
struct LogFile: Sendable {
  /// The format of the data directory that this build writes, and the newest it can open.
  static let newestFormat = UInt64(RecordFormat.newest)

  private static let tables = ["events", "types", "meta"]

  let environment: Environment
  let format: RecordFormat
  /// The id that the log's lineage has in every epoch.
  let lineage: UUID
  let events: Table<UInt64, [UInt8]>
  private let types: Table<UInt64, [UInt8]>
  private let meta: Table<String, [UInt8]>

  /// - Parameter new: What a log is that has to be made first.
  /// - Throws: `.storage(.notFound)` if a table is missing: that is damage, never an empty log.
  init(path: String, access: Environment.Access, mapSizeBytes: Int? = nil, new: Identity? = nil) throws(LMDBError) {
    environment = try Environment(
      path: path, tables: LogFile.tables, options: .init(access: access, mapSizeBytes: mapSizeBytes)
    ) { (fresh) throws(LMDBError) in
      if let new { try LogFile.store(new, in: fresh) }
    }
    events = environment.table("events")
    types = environment.table("types")
    meta = environment.table("meta")
    let identity = try LogFile.identity(in: environment)
    lineage = identity?.lineage.id ?? UUID(high: 0, low: 0)
    format = RecordFormat(UInt8(clamping: identity?.format ?? LogFile.newestFormat), of: lineage)
  }

  struct Identity: Equatable {
    let format: UInt64
    let lineage: Lineage
    let created: Timestamp
  }

  /// `nil` in a file that is not said to be a log.
  func identity() throws(LMDBError) -> Identity? { try LogFile.identity(in: environment) }

  private static func identity(in environment: Environment) throws(LMDBError) -> Identity? {
    let meta = environment.table("meta", String.self, [UInt8].self)
    guard let bytes = try environment.read({ (txn) throws(LMDBError) in try txn.get("identity", in: meta) }) else { return nil }
    guard let words = Words(bytes, count: 6), words[5] == LogFile.checksum(ofIdentity: Array(bytes.dropLast(8))) else {
      throw .corrupted
    }
    return Identity(
      format: words[0], lineage: Lineage(id: UUID(high: words[1], low: words[2]), epoch: words[3]),
      created: Timestamp(microseconds: Int64(bitPattern: words[4])))
  }

  func store(_ identity: Identity) throws(LMDBError) { try LogFile.store(identity, in: environment) }

  private static func store(_ identity: Identity, in environment: Environment) throws(LMDBError) {
    let meta = environment.table("meta", String.self, [UInt8].self)
    let lineage = identity.lineage
    let row = Words.bytes(
      [identity.format, lineage.id.high, lineage.id.low, lineage.epoch, UInt64(bitPattern: identity.created.microseconds)])
    try environment.write { (txn) throws(LMDBError) in
      try txn.put("identity", row + Words.bytes([checksum(ofIdentity: row)]), in: meta)
      return .commit(())
    }
  }

  /// The end of the log when it was upgraded, as its former format has it; `nil` in a log that has always been of its format.
  func former() throws(LMDBError) -> FormerEnd? {
    guard let bytes = try environment.read({ (txn) throws(LMDBError) in try txn.get("former", in: meta) }) else { return nil }
    guard let words = Words(bytes, count: 4), words[3] == LogFile.checksum(ofIdentity: Array(bytes.dropLast(8))),
      let position = Position(words[1])
    else { throw .corrupted }
    return FormerEnd(format: UInt8(clamping: words[0]), position: position, prefixHash: words[2])
  }

  func store(_ former: FormerEnd) throws(LMDBError) {
    let row = Words.bytes([UInt64(former.format), former.position.rawValue, former.prefixHash])
    try environment.write { (txn) throws(LMDBError) in
      try txn.put("former", row + Words.bytes([LogFile.checksum(ofIdentity: row)]), in: meta)
      return .commit(())
    }
  }

  /// The newest position; `nil` while the log is empty.
  /// - Throws: `.corrupted` if the table does not have as many rows: one wrong bit in a pointer can lead to the older version
  ///   of a page, which ends earlier, and LMDB would not notice.
  func lastPosition(in txn: borrowing some Transaction & ~Copyable) throws(LMDBError) -> Position? {
    let last = try lastKey(in: txn)
    guard try txn.count(of: events) == last?.rawValue ?? 0 else { throw .corrupted }
    return last
  }

  /// The last key of the events table, whatever the table says of its size; `nil` if it has none.
  func lastKey(in txn: borrowing some Transaction & ~Copyable) throws(LMDBError) -> Position? {
    try txn.withCursor(in: events) { (cursor) throws(LMDBError) in
      guard try cursor.last() else { return nil }
      guard let key = UInt64(keyBytes: cursor.keyBytes), let position = Position(key) else { throw .corrupted }
      return position
    }
  }

  /// The types with numbers `known.count + 1` and on, appended to `known`.
  /// - Parameter damaged: What stands for a row that is not as it was written.
  func types(
    after known: [RecordType], in txn: borrowing some Transaction & ~Copyable,
    damaged: (_ number: UInt64) throws(LMDBError) -> EventTypeName = { _ throws(LMDBError) in throw .corrupted }
  ) throws(LMDBError) -> [RecordType] {
    var found = known
    while let row = try txn.get(UInt64(found.count + 1), in: types) {
      let number = UInt64(found.count + 1)
      let name = try? EventTypeName(validating: String(decoding: row.dropFirst(8), as: UTF8.self))
      let isWhole = name.map { row == LogFile.row(of: $0, number: number) } ?? false
      if let name, isWhole { found.append(format.type(name)) } else { found.append(format.type(try damaged(number))) }
    }
    return found
  }

  /// How many rows the table of types has.
  func typeCount(in txn: borrowing some Transaction & ~Copyable) throws(LMDBError) -> Int { try txn.count(of: types) }

  func store(_ name: EventTypeName, number: UInt64, in txn: inout WriteTransaction) throws(LMDBError) {
    try txn.put(number, LogFile.row(of: name, number: number), in: types, .append)
  }

  // LMDB has no checksums: the small rows carry their own, like the records.

  private static func row(of name: EventTypeName, number: UInt64) -> [UInt8] {
    Words.bytes([Checksum.of(name.name, seed: number)]) + name.name.utf8
  }

  private static func checksum(ofIdentity row: [UInt8]) -> UInt64 { Checksum.of(row.span.raw, seed: 0) }
}

extension EventStoreError: LMDBErrorConvertible {
  /// The one seam between LMDB's errors and ours.
  public init(_ error: LMDBError) {
    switch error {
    case .diskFull: self = .readOnly(.diskFull)
    case .mapFull: self = .readOnly(.mapFull)
    case .damagedFile(let path, let reason):
      self = .unusable(path: path, reason: "The file is damaged: \(reason). Restore it from a backup.")
    default: self = .storage(error)
    }
  }
}
