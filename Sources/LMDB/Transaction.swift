import CLMDB
import Foundation

/// A transaction that is open: a snapshot to read from.
public protocol Transaction: ~Copyable {
  /// `MDB_txn *`, for this module.
  @unsafe var handle: OpaquePointer { get }
}

/// A snapshot of all tables, unchanged by whatever is written meanwhile.
@safe public struct ReadTransaction: Transaction, ~Copyable {
  @unsafe public let handle: OpaquePointer

  init(_ environment: OpaquePointer) throws(LMDBError) {
    var transaction: OpaquePointer?
    try check(unsafe mdb_txn_begin(environment, nil, UInt32(MDB_RDONLY), &transaction))
    guard let transaction = unsafe transaction else { throw .outOfMemory }
    unsafe handle = transaction
  }

  deinit { unsafe mdb_txn_abort(handle) }

  /// The number of the last transaction that it shows.
  var number: Int { unsafe mdb_txn_id(handle) }
}

/// Changes to all tables that take effect together, or not at all. Writing needs exclusive access to the transaction,
/// so no lent value can outlive the next write.
@safe public struct WriteTransaction: Transaction, ~Copyable {
  @unsafe public let handle: OpaquePointer
  /// For ``put(_:_:in:_:)`` in the mode `.append`: where it goes on, and in which table.
  @unsafe var appender: OpaquePointer?
  var appendTable: MDB_dbi = 0

  init(_ environment: OpaquePointer) throws(LMDBError) {
    var transaction: OpaquePointer?
    try check(unsafe mdb_txn_begin(environment, nil, 0, &transaction))
    guard let transaction = unsafe transaction else { throw .outOfMemory }
    unsafe handle = transaction
  }

  /// Returns when the changes are on the disk.
  consuming func commit() throws(LMDBError) {
    let transaction = unsafe handle
    discard self
    try check(unsafe mdb_txn_commit(transaction))
  }

  deinit { unsafe mdb_txn_abort(handle) }
}

/// How a write transaction ends.
public enum Outcome<Value> {
  case commit(Value)
  case abort(Value)
}

/// An error that can stand for one of LMDB's: the one seam between this module's errors and a caller's.
public protocol LMDBErrorConvertible: Error {
  init(_ error: LMDBError)
}

extension LMDBError: LMDBErrorConvertible {
  public init(_ error: LMDBError) { self = error }
}

extension Environment {
  /// Runs `body` on a snapshot. The transaction ends with it.
  ///
  /// Where snapshots cannot be held against the writer, pages of this one may be written anew while it is read, once two transactions
  /// more are on the disk. Then what `body` returned, or threw, counts for nothing.
  /// - Throws: `.snapshotLost` if so.
  public func read<Value, Failure: LMDBErrorConvertible>(
    _ body: (borrowing ReadTransaction) throws(Failure) -> Value
  ) throws(Failure) -> Value {
    try withSnapshot { (transaction: consuming ReadTransaction) throws(Failure) in try body(transaction) }
  }

  /// Runs `body` on a snapshot. The transaction ends with it.
  public func read<Value>(_ body: (borrowing ReadTransaction) throws -> Value) throws -> Value {
    let transaction = try unsafe ReadTransaction(handle)
    let seen = transaction.number
    let result = Result { try body(transaction) }
    try confirm(seen)
    return try result.get()
  }

  /// Like ``read(_:)``, for a `body` that wraps the snapshot in a type of its own.
  public func withSnapshot<Value, Failure: LMDBErrorConvertible>(
    _ body: (consuming ReadTransaction) throws(Failure) -> Value
  ) throws(Failure) -> Value {
    let transaction = try converting(to: Failure.self) { () throws(LMDBError) in try unsafe ReadTransaction(handle) }
    let seen = transaction.number
    let result: Result<Value, Failure>
    do throws(Failure) { result = .success(try body(transaction)) } catch { result = .failure(error) }
    try converting(to: Failure.self) { () throws(LMDBError) in try confirm(seen) }
    return try result.get()
  }

  /// A page of a snapshot is written again at the earliest by the second transaction after the next: while no more than the next one was
  /// committed, all that was read belongs together.
  func confirm(_ seen: Int) throws(LMDBError) {
    if !isLocking, lastTransaction > seen + 1 { throw .snapshotLost(path: path) }
  }

  /// Runs `body`, and commits or aborts as it says. Throwing aborts. One transaction at a time, over all processes: the
  /// call waits for its turn, so never call it within another one's body.
  /// - Throws: What `body` throws, or the error of the commit, after which the changes may or may not be stored.
  public func write<Value, Failure: LMDBErrorConvertible>(
    _ body: (inout WriteTransaction) throws(Failure) -> Outcome<Value>
  ) throws(Failure) -> Value {
    var transaction = try converting(to: Failure.self) { () throws(LMDBError) in try unsafe WriteTransaction(handle) }
    switch try body(&transaction) {
    case .abort(let value):
      return value
    case .commit(let value):
      do throws(LMDBError) { try transaction.commit() } catch { throw Failure(committing(error)) }
      return value
    }
  }

  /// Runs `body`, and commits or aborts as it says. Throwing aborts.
  public func write<Value>(_ body: (inout WriteTransaction) throws -> Outcome<Value>) throws -> Value {
    var transaction = try unsafe WriteTransaction(handle)
    switch try body(&transaction) {
    case .abort(let value): return value
    case .commit(let value):
      do throws(LMDBError) { try transaction.commit() } catch { throw committing(error) }
      return value
    }
  }

  /// LMDB says EIO when less was written than it asked for, which is how most disks become full.
  private func committing(_ error: LMDBError) -> LMDBError {
    error == .system(errno: EIO) && !FileSystem.hasRoom(in: path) ? .diskFull : error
  }
}

/// Runs `body`, and turns LMDB's error into the caller's.
public func converting<Value: ~Copyable, Failure: LMDBErrorConvertible>(
  to failure: Failure.Type, _ body: () throws(LMDBError) -> Value
) throws(Failure) -> Value {
  do throws(LMDBError) { return try body() } catch { throw Failure(error) }
}
