import CLMDB
import Foundation
import Synchronization

/// An LMDB environment: one folder, one memory-mapped file, several tables.
///
/// Rules of LMDB that this type keeps for its callers (`lmdb.h`):
/// - an environment is opened once per process: a registry refuses a second opening while the first lives;
/// - a transaction stays on its thread: it exists only inside a synchronous closure, so nothing can `await` in it;
/// - a value dies with its transaction or the next write: values are lent as spans that the compiler keeps inside;
/// - readers never belong to a thread (`MDB_NOTLS`), because tasks change threads.
///
/// The flags are the defaults: a commit returns when it is on the disk. `MDB_NOSYNC`, `MDB_NOMETASYNC`, `MDB_WRITEMAP` and
/// `MDB_MAPASYNC` are not offered.
@safe public final class Environment: Sendable {
  public enum Access: Sendable { case readWrite, readOnly }

  public struct Options: Sendable {
    public var access: Access
    /// Address space to reserve, not disk; the file grows as it is filled. `nil`: 1 TiB, or as many GiB as the environment
    /// variable `DOSSIER_MAP_GIB` says.
    public var mapSizeBytes: Int?
    /// How many readers, of all processes together, can be at work at once.
    public var maximumReaders: UInt32

    public init(access: Access = .readWrite, mapSizeBytes: Int? = nil, maximumReaders: UInt32 = 512) {
      self.access = access
      self.mapSizeBytes = mapSizeBytes
      self.maximumReaders = maximumReaders
    }
  }

  /// The folder.
  public let path: String
  public let access: Access
  /// `MDB_env *` may be used by any thread (`lmdb.h`); it is closed with this object.
  nonisolated(unsafe) let handle: OpaquePointer
  /// How many slots of dead readers were freed when this environment was opened.
  public let deadReadersAtOpening: Int
  /// Whether snapshots are held against the writer. They are not where this process may not write the lock file: see
  /// ``Environment/read(_:)``.
  public let isLocking: Bool
  private let registration: OpenRegistry.Registration
  private let tables: [String: MDB_dbi]

  /// Opens the environment in the folder `path`; for writing, makes it first if there is none.
  ///
  /// A new environment is made whole beside its place, synced, and renamed: after a power cut it is there or it is not.
  /// - Parameters:
  ///   - tables: The names of all tables. When opening for writing, missing ones are made only in a new environment.
  ///   - fill: Writes what a new environment must have from the beginning: nobody sees it without.
  /// - Throws: `.notFound` if a table is missing, `.damagedFile` if the file is not what it says, `.openedTwice`,
  ///   `.outOfMemory` if the map cannot be reserved, `.system(ENOENT)` if there is nothing to read.
  public convenience init(
    path: String, tables: [String], options: Options = Options(), fill: (Environment) throws(LMDBError) -> Void = { _ in }
  ) throws(LMDBError) {
    if options.access == .readWrite, !FileSystem.exists(path + "/data.mdb") {
      try Environment.create(path: path, tables: tables, options: options, fill: fill)
    }
    try FilePreflight.check(path + "/data.mdb")
    try self.init(opening: path, tables: tables, creating: false, options: options)
    if options.access == .readWrite { try settle() }
  }

  /// Whoever wrote last may have been killed after it changed the file, or gave it its name, and before that was on the disk.
  /// What is there now is built upon: wait until it is there for good.
  private func settle() throws(LMDBError) {
    try check(unsafe mdb_env_sync(handle, 1))
    try FileSystem.syncParent(of: path)
  }

  private init(opening path: String, tables names: [String], creating: Bool, options: Options) throws(LMDBError) {
    let mapSizeBytes = if let bytes = options.mapSizeBytes { bytes } else { try MapSize.bytes() }
    var environment: OpaquePointer?
    try check(unsafe mdb_env_create(&environment))
    guard let environment = unsafe environment else { throw .outOfMemory }
    var dead: Int32 = 0
    var opened: (registration: OpenRegistry.Registration, isLocking: Bool, tables: [String: MDB_dbi])?
    do throws(LMDBError) {
      try check(unsafe mdb_env_set_mapsize(environment, mapSizeBytes))
      try check(unsafe mdb_env_set_maxdbs(environment, MDB_dbi(max(names.count, 1))))
      try check(unsafe mdb_env_set_maxreaders(environment, options.maximumReaders))
      let registration = try OpenRegistry.register(path)
      let isLocking = try LockFile.prepare(in: path, readers: options.maximumReaders, access: options.access)
      let flags = UInt32(MDB_NOTLS) | (options.access == .readOnly ? UInt32(MDB_RDONLY) : 0) | (isLocking ? 0 : UInt32(MDB_NOLOCK))
      let code = unsafe mdb_env_open(environment, path, flags, 0o600)
      guard code == MDB_SUCCESS else {
        throw LMDBError(code: code, at: path + "/data.mdb", options.access == .readOnly ? .read : .write)
      }
      try check(unsafe mdb_reader_check(environment, &dead))
      opened = (registration, isLocking, try unsafe Environment.openTables(names, in: environment, creating: creating))
    } catch {
      unsafe mdb_env_close(environment)
      throw error
    }
    guard let opened else { throw .misuse(code: 0) }
    self.path = path
    self.access = options.access
    deadReadersAtOpening = Int(dead)
    unsafe self.handle = environment
    self.registration = opened.registration
    isLocking = opened.isLocking
    self.tables = opened.tables
  }

  deinit { unsafe mdb_env_close(handle) }

  /// The table called `name`, with keys and values of the given types.
  /// - Precondition: `name` was among the tables the environment was opened with.
  public func table<Key: TableKey, Value: TableValue>(
    _ name: String, _ key: Key.Type = Key.self, _ value: Value.Type = Value.self
  ) -> Table<Key, Value> {
    guard let index = tables[name] else { preconditionFailure("Table '\(name)' was not opened.") }
    return Table(index: index)
  }

  /// Writes a compacted copy of the environment into the existing empty folder `destination`, and syncs it.
  /// Writers go on meanwhile.
  public func copy(to destination: String) throws(LMDBError) {
    let before = lastTransaction
    // LMDB itself would make the file for everybody to read.
    let descriptor = unsafe open(destination + "/data.mdb", O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw LMDBError(code: errno, at: destination, .write) }
    defer { close(descriptor) }
    _ = fchmod(descriptor, 0o600)
    try check(unsafe mdb_env_copyfd2(handle, descriptor, UInt32(MDB_CP_COMPACT)))
    try confirm(before)
    try FileSystem.sync(destination + "/data.mdb")
    try FileSystem.sync(destination)
  }
}

// MARK: Making a new one

extension Environment {
  private static func create(
    path: String, tables: [String], options: Options, fill: (Environment) throws(LMDBError) -> Void
  ) throws(LMDBError) {
    let draft = try Workpiece(folderFor: path)
    let fresh = draft.path
    defer { try? FileSystem.removeTree(fresh) }
    var environment: Environment? = try Environment(opening: fresh, tables: tables, creating: true, options: options)
    if let environment { try fill(environment) }
    environment = nil
    try FileSystem.sync(fresh + "/data.mdb")
    try FileSystem.sync(fresh)
    // A folder that is there already may hold something else, as a master key: the file alone gets its name then.
    guard try FileSystem.isPresent(path) else { return try FileSystem.rename(fresh, to: path) }
    try FileSystem.rename(fresh + "/data.mdb", to: path + "/data.mdb")
  }

  private static func openTables(
    _ names: [String], in environment: OpaquePointer, creating: Bool
  ) throws(LMDBError) -> [String: MDB_dbi] {
    var transaction: OpaquePointer?
    try check(unsafe mdb_txn_begin(environment, nil, creating ? 0 : UInt32(MDB_RDONLY), &transaction))
    var tables: [String: MDB_dbi] = [:]
    do throws(LMDBError) {
      for name in names {
        var index: MDB_dbi = 0
        try check(unsafe mdb_dbi_open(transaction, name, creating ? UInt32(MDB_CREATE) : 0, &index))
        tables[name] = index
      }
    } catch {
      unsafe mdb_txn_abort(transaction)
      throw error
    }
    try check(unsafe mdb_txn_commit(transaction))
    return tables
  }
}

/// Turns a return code into an error: the one place where that happens.
@inline(__always)
func check(_ code: Int32) throws(LMDBError) {
  guard code == MDB_SUCCESS else { throw LMDBError(code: code) }
}
