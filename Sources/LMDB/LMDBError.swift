import CLMDB
import Foundation

/// What LMDB answers when it refuses. One case per return code that can occur here (`lmdb.h`, "Return Codes").
public enum LMDBError: Error, Equatable, Sendable {
  /// `MDB_KEYEXIST`: the key is there already, or an append was not beyond the last key.
  case keyExists
  /// `MDB_NOTFOUND` for something that must be there: a table, not a row.
  case notFound
  /// `MDB_CORRUPTED`, `MDB_PAGE_NOTFOUND`: a page is not what it should be.
  case corrupted
  /// `MDB_PANIC`: an earlier error made the environment unusable until it is opened again.
  case panic
  /// `MDB_VERSION_MISMATCH`: the file was written by another version of LMDB.
  case versionMismatch
  /// `MDB_INVALID`: the file is not an LMDB file.
  case invalidFile
  /// `MDB_MAP_FULL`: the reserved address space is used up.
  case mapFull
  /// `MDB_MAP_RESIZED`: another process made the map larger than this one has reserved.
  case mapResized
  /// `MDB_DBS_FULL`: more tables than the environment was opened for.
  case tablesFull
  /// `MDB_READERS_FULL`: every reader slot is taken.
  case readersFull
  /// `MDB_TXN_FULL`: more changed pages than a transaction can hold.
  case transactionFull
  /// `MDB_BAD_TXN`, `MDB_BAD_RSLOT`, `MDB_BAD_DBI`, `MDB_INCOMPATIBLE`, `MDB_CURSOR_FULL`, `MDB_PAGE_FULL`: wrong use.
  case misuse(code: Int32)
  /// `MDB_BAD_VALSIZE`: a key of 0 or more than 511 bytes, or a value LMDB cannot hold.
  case badValueSize
  /// `ENOSPC` or `EDQUOT`, or `EIO` on a file system that has no room left.
  case diskFull
  /// `ENOMEM`: the address space to reserve is not to be had.
  case outOfMemory
  /// The environment is open already in this process. LMDB allows it, and then breaks snapshots without a word.
  case openedTwice(path: String)
  /// The file is damaged or shorter than it says. Found before LMDB maps it.
  case damagedFile(path: String, reason: String)
  /// A setting of the process is not what it must be.
  case invalidSetting(name: String, rule: String)
  /// This process has no right to do what it has to with `path`.
  case denied(path: String, right: AccessRight)
  /// The data was changed too often while it was read without the right to hold a snapshot: what was read may not belong together.
  case snapshotLost(path: String)
  /// Any other operating system error.
  case system(errno: Int32)

  /// The error behind a return code other than success.
  init(code: Int32) {
    switch code {
    case MDB_KEYEXIST: self = .keyExists
    case MDB_NOTFOUND: self = .notFound
    case MDB_CORRUPTED, MDB_PAGE_NOTFOUND: self = .corrupted
    case MDB_PANIC: self = .panic
    case MDB_VERSION_MISMATCH: self = .versionMismatch
    case MDB_INVALID: self = .invalidFile
    case MDB_MAP_FULL: self = .mapFull
    case MDB_MAP_RESIZED: self = .mapResized
    case MDB_DBS_FULL: self = .tablesFull
    case MDB_READERS_FULL: self = .readersFull
    case MDB_TXN_FULL: self = .transactionFull
    case MDB_BAD_VALSIZE: self = .badValueSize
    case ENOSPC, EDQUOT: self = .diskFull
    case ENOMEM: self = .outOfMemory
    case ...0: self = .misuse(code: code)
    default: self = .system(errno: code)
    }
  }
}

extension LMDBError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .keyExists: "The key exists already."
    case .notFound: "A table that must exist is missing: the file is damaged. Restore it from a backup."
    case .corrupted: "A page of the file is damaged. Restore it from a backup."
    case .panic: "An earlier write error stopped the environment. Restart the process."
    case .versionMismatch: "The file was written by another version of LMDB. Use the version that wrote it."
    case .invalidFile: "The file is not an LMDB file."
    case .mapFull: "The reserved address space is used up. Open with a larger map size."
    case .mapResized: "Another process uses a larger map. Open again with the same map size."
    case .tablesFull: "Too many tables for this environment."
    case .readersFull: "Every reader slot is taken. Stop readers that hang."
    case .transactionFull: "The transaction changes too many pages. Split it."
    case .misuse(let code): "LMDB was used wrongly (code \(code))."
    case .badValueSize: "A key must have 1 to 511 bytes."
    case .diskFull: "The disk is full. Free some room and try again."
    case .outOfMemory:
      "The address space for the map cannot be reserved. Raise the limit (ulimit -v unlimited) or set a smaller map size (DOSSIER_MAP_GIB)."
    case .invalidSetting(let name, let rule): "\(name) must be \(rule)."
    case .openedTwice(let path):
      "\(path) is already open in this process. Reuse that instance, or release every reference to it first; closing it is not enough."
    case .damagedFile(let path, let reason): "\(path) is damaged: \(reason). Restore it from a backup."
    case .denied(let path, let right):
      "Permission denied: this user may not \(right.rawValue) \(path). Get the right to, or ask as its owner; nothing was changed."
    case .snapshotLost(let path):
      "The data was written while it was read, and this user may not hold a snapshot of it. Ask again, or get the right to write \(path)/lock.mdb."
    case .system(let errno): "The operating system refused: \(LMDBError.words(for: errno)) (errno \(errno))."
    }
  }
}

extension LMDBError {
  /// Whether the file is not what was written.
  public var isDamage: Bool {
    switch self {
    case .notFound, .corrupted, .damagedFile, .versionMismatch, .invalidFile: true
    default: false
    }
  }

  /// Whether something could not be read or written, and nothing is known of what is in it.
  public var isInputOutput: Bool {
    switch self {
    case .diskFull, .outOfMemory, .denied, .snapshotLost, .system, .readersFull: true
    default: false
    }
  }

  private static func words(for errno: Int32) -> String {
    unsafe strerror(errno).map { unsafe String(cString: $0) } ?? "unknown error"
  }
}
