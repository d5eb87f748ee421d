import Foundation
import LMDB

/// One version of a read model on the disk: its rows, its checkpoint and its faults, in an LMDB environment of its own.
final class ViewStore: Sendable {
  enum Opening {
    case existing, new
    /// For whoever may not write it, or only looks.
    case reading
  }

  let path: String
  private let environment: Environment
  private let tables: ViewTables

  init(path: String, _ opening: Opening) throws(ProjectionError) {
    self.path = path
    environment = try lmdb { () throws(LMDBError) in
      guard opening == .new || FileSystem.exists(path + "/data.mdb") else { throw .system(errno: ENOENT) }
      return try Environment(
        path: path, tables: ["rows", "meta"], options: .init(access: opening == .reading ? .readOnly : .readWrite))
    }
    tables = ViewTables(rows: environment.table("rows"), meta: environment.table("meta"))
  }

  /// Lends a snapshot of the rows, with the checkpoint they belong to.
  func read<Value>(
    _ body: (borrowing SnapshotRows) throws(ProjectionError) -> Value
  ) throws(ProjectionError) -> Value {
    try environment.withSnapshot { (transaction: consuming ReadTransaction) throws(ProjectionError) in
      try body(SnapshotRows(transaction: transaction, tables: tables))
    }
  }

  /// Lends the rows for writing. What `body` changes is stored together; nothing is stored if it throws.
  func write<Value>(
    _ body: (inout TransactionRows) throws(ProjectionError) -> Value
  ) throws(ProjectionError) -> Value {
    try environment.write { (transaction: inout WriteTransaction) throws(ProjectionError) -> Outcome<Value> in
      var rows = TransactionRows(transaction: transaction, tables: tables)
      let result: Result<Value, ProjectionError>
      do throws(ProjectionError) { result = .success(try body(&rows)) } catch { result = .failure(error) }
      transaction = rows.transaction
      return .commit(try result.get())
    }
  }
}
