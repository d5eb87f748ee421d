import EventStore
import Foundation
import LMDB
import Schema
import SwiftProtobuf

/// Rows of a read model in a write transaction, and what it knows about itself.
struct TransactionRows: ~Copyable {
  var transaction: WriteTransaction
  let tables: ViewTables

  /// - Parameter mode: `.append` for a row that stands behind all others: the fast way to fill a new read model.
  mutating func store(_ change: EncodedRow, _ mode: PutMode = .replace) throws(ProjectionError) {
    try lmdb { () throws(LMDBError) in
      if let row = change.bytes {
        try transaction.put(change.key, row, in: tables.rows, mode)
      } else {
        try transaction.delete(change.key, in: tables.rows)
      }
    }
  }

  func checkpoint() throws(ProjectionError) -> Checkpoint? { try transaction.checkpoint(in: tables) }
  func faults() throws(ProjectionError) -> Faults { try transaction.faults(in: tables) }

  mutating func put(_ checkpoint: Checkpoint) throws(ProjectionError) {
    try putMeta(MetaKey.checkpoint, checkpoint.row)
  }

  mutating func put(_ faults: Faults) throws(ProjectionError) {
    if let stopped = faults.stopped { try putMeta(MetaKey.stopped, stopped.row) }
    else { _ = try lmdb { () throws(LMDBError) in try transaction.delete(MetaKey.stopped, in: tables.meta) } }
    for (account, fault) in faults.quarantined { try putMeta(MetaKey.quarantine(account), fault.row) }
  }

  private mutating func putMeta(_ key: String, _ row: some Message) throws(ProjectionError) {
    let bytes = try row.rowBytes()
    try lmdb { () throws(LMDBError) in try transaction.put(key, bytes, in: tables.meta) }
  }
}

/// Rows of a read model as they were at one moment, and what it knew about itself.
struct SnapshotRows: RowReader, ~Copyable {
  let transaction: ReadTransaction
  let tables: ViewTables

  func withRow<Value>(
    at key: RowKey, _ body: (RawSpan?) throws(ProjectionError) -> Value
  ) throws(ProjectionError) -> Value {
    try transaction.withRow(at: key, in: tables.rows, body)
  }

  func forEachRow(
    from first: RowKey, _ body: (RowKey, RawSpan) throws(ProjectionError) -> ReadStep
  ) throws(ProjectionError) {
    try transaction.withCursor(in: tables.rows) { (cursor) throws(ProjectionError) in
      var isThere = try lmdb { () throws(LMDBError) in try cursor.seek(first) }
      while isThere {
        guard let key = RowKey(keyBytes: cursor.keyBytes) else { throw .damagedRow("key") }
        guard try body(key, cursor.valueBytes) == .next else { return }
        isThere = try lmdb { () throws(LMDBError) in try cursor.next() }
      }
    }
  }

  func rowCount() throws(ProjectionError) -> Int {
    try lmdb { () throws(LMDBError) in try transaction.count(of: tables.rows) }
  }

  func checkpoint() throws(ProjectionError) -> Checkpoint? { try transaction.checkpoint(in: tables) }
  func faults() throws(ProjectionError) -> Faults { try transaction.faults(in: tables) }

  /// Where the rows of `account` stopped; `nil` if they did not.
  func fault(of account: UUID) throws(ProjectionError) -> Fault? {
    try transaction.meta(MetaKey.quarantine(account), as: FaultRow.self, in: tables).flatMap(Fault.init)
  }
}

/// The tables of a read model.
struct ViewTables: Sendable {
  let rows: Table<RowKey, [UInt8]>
  let meta: Table<String, [UInt8]>
}

/// The names under which a read model keeps what it knows about itself.
enum MetaKey {
  static let checkpoint = "checkpoint"
  static let stopped = "stopped"
  static let quarantined = "quarantined/"

  static func quarantine(_ account: UUID) -> String { quarantined + account.uuidString.lowercased() }
}

extension Transaction where Self: ~Copyable {
  fileprivate func checkpoint(in tables: ViewTables) throws(ProjectionError) -> Checkpoint? {
    guard let row = try meta(MetaKey.checkpoint, as: CheckpointRow.self, in: tables) else { return nil }
    guard let checkpoint = Checkpoint(row) else { throw .damagedRow(CheckpointRow.protoMessageName) }
    return checkpoint
  }

  fileprivate func faults(in tables: ViewTables) throws(ProjectionError) -> Faults {
    var faults = Faults(stopped: try meta(MetaKey.stopped, as: FaultRow.self, in: tables).flatMap(Fault.init))
    try withCursor(in: tables.meta) { (cursor) throws(ProjectionError) in
      var isThere = try lmdb { () throws(LMDBError) in try cursor.seek(MetaKey.quarantined) }
      while isThere, let key = String(keyBytes: cursor.keyBytes), key.hasPrefix(MetaKey.quarantined) {
        guard let account = UUID(uuidString: String(key.dropFirst(MetaKey.quarantined.count))) else { break }
        faults.quarantined[account] = Fault(try FaultRow(row: cursor.valueBytes))
        isThere = try lmdb { () throws(LMDBError) in try cursor.next() }
      }
    }
    return faults
  }

  fileprivate func meta<Row: Message>(
    _ key: String, as type: Row.Type, in tables: ViewTables
  ) throws(ProjectionError) -> Row? {
    try withRow(at: key, in: tables.meta) { (bytes) throws(ProjectionError) in
      guard let bytes else { return nil }
      return try Row(row: bytes)
    }
  }

  fileprivate func withRow<Key, Value>(
    at key: Key, in table: Table<Key, [UInt8]>, _ body: (RawSpan?) throws(ProjectionError) -> Value
  ) throws(ProjectionError) -> Value {
    let bytes: RawSpan?
    do throws(LMDBError) { bytes = try lend(key, in: table) } catch { throw .storage(error) }
    return try body(bytes)
  }
}

/// Turns LMDB's error into this module's: the one place where that happens.
func lmdb<Value: ~Copyable>(_ body: () throws(LMDBError) -> Value) throws(ProjectionError) -> Value {
  do { return try body() } catch { throw .storage(error) }
}
