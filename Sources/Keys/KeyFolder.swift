import Crypto
import Foundation
import LMDB
import Schema

/// The folder `keys/`: the keys of data subjects and the engine's own, each wrapped with the master key.
///
/// Table `subjects`: subject (16 bytes) → key id (16), wrapped key (40). Table `engine`: `root` → wrapped key (40), `root-id` →
/// key id (16), which older folders get when they are next written.
/// The same text stands in `docs/data-format.md`.
struct KeyFolder: Sendable {
  static let wrappedByteCount = 40
  private static let identifierByteCount = 16
  private static let tables = ["subjects", "engine"]
  private static let root = "root"
  private static let rootID = "root-id"

  let path: String
  let environment: Environment
  let subjects: Table<[UInt8], [UInt8]>
  private let engine: Table<String, [UInt8]>

  /// A stored key.
  struct Entry: Equatable {
    let id: UUID
    let wrapped: [UInt8]
  }

  init(path: String, access: Environment.Access) throws(KeyError) {
    self.path = path
    do throws(LMDBError) {
      environment = try Environment(
        path: path, tables: Self.tables, options: .init(access: access))
    } catch {
      throw .storage(error)
    }
    subjects = environment.table("subjects")
    engine = environment.table("engine")
  }

  func entry(of subject: UUID, in transaction: borrowing some Transaction & ~Copyable) throws(KeyError) -> Entry? {
    let bytes = try converting(to: KeyError.self) { () throws(LMDBError) in
      try transaction.get([UInt8](subject.data), in: subjects)
    }
    guard let bytes else { return nil }
    guard bytes.count == Self.identifierByteCount + Self.wrappedByteCount,
      let id = UUID(Data(bytes.prefix(Self.identifierByteCount)))
    else { throw .damaged(path: path, reason: "the entry of subject \(subject) has \(bytes.count) bytes") }
    return Entry(id: id, wrapped: Array(bytes.dropFirst(Self.identifierByteCount)))
  }

  func put(_ entry: Entry, of subject: UUID, in transaction: inout WriteTransaction) throws(KeyError) {
    do throws(LMDBError) {
      try transaction.put([UInt8](subject.data), [UInt8](entry.id.data) + entry.wrapped, in: subjects)
    } catch {
      throw .storage(error)
    }
  }

  /// The engine's wrapped key; `nil` before there is one.
  func wrappedRoot() throws(KeyError) -> [UInt8]? {
    try environment.read { (transaction) throws(KeyError) in
      try converting(to: KeyError.self) { () throws(LMDBError) in try transaction.get(Self.root, in: engine) }
    }
  }

  /// What names the root key; `nil` in a folder that was made before there were any.
  func rootID() throws(KeyError) -> UUID? {
    let bytes = try environment.read { (transaction) throws(KeyError) in
      try converting(to: KeyError.self) { () throws(LMDBError) in try transaction.get(Self.rootID, in: engine) }
    }
    return bytes.flatMap { UUID(Data($0)) }
  }

  func putRoot(_ wrapped: [UInt8]) throws(KeyError) { try put(wrapped, at: Self.root) }

  func putRootID(_ id: UUID) throws(KeyError) { try put([UInt8](id.data), at: Self.rootID) }

  private func put(_ bytes: [UInt8], at name: String) throws(KeyError) {
    try environment.write { (transaction: inout WriteTransaction) throws(KeyError) -> Outcome<Void> in
      do throws(LMDBError) { try transaction.put(name, bytes, in: engine) } catch { throw .storage(error) }
      return .commit(())
    }
  }
}
