import Domain
import EventStore
import Foundation
import LMDB
import Schema

/// The file of password verifiers, and whose it is.
struct SecretsFolder {
  private static let owner = Array("log".utf8)
  private static let keyByteCount = 20

  let path: String
  let environment: Environment
  let verifiers: Table<[UInt8], String>

  /// - Parameter lineage: Whose a folder is that has to be made first.
  init(path: String, _ access: Environment.Access, for lineage: Lineage? = nil) throws(SecretsError) {
    self.path = path
    do throws(LMDBError) {
      environment = try Environment(path: path, tables: ["verifiers"], options: .init(access: access)) {
        (fresh) throws(LMDBError) in
        if let lineage { try Self.bind(fresh, to: lineage) }
      }
    } catch {
      throw .storage(error)
    }
    verifiers = environment.table("verifiers")
  }

  /// A folder that may not be looked at is not one that is missing.
  static func isThere(_ path: String) throws(SecretsError) -> Bool {
    do throws(LMDBError) { return try FileSystem.isPresent(path + "/data.mdb") } catch { throw .storage(error) }
  }

  /// Which log the verifiers belong to; `nil` in a folder from before it was written down.
  func owner() throws(SecretsError) -> UUID? {
    try reading { (transaction) throws(LMDBError) in try transaction.get(Self.owner, in: verifiers) }.flatMap {
      UUID(uuidString: $0)
    }
  }

  func bind(to lineage: Lineage) throws(SecretsError) {
    do throws(LMDBError) { try Self.bind(environment, to: lineage) } catch { throw .storage(error) }
  }

  func has(_ account: UUID, _ version: UInt32) throws(SecretsError) -> Bool {
    try reading { (transaction) throws(LMDBError) in try transaction.get(Self.key(account, version), in: verifiers) != nil }
  }

  /// Everybody who has a verifier here.
  func accounts() throws(SecretsError) -> Set<UUID> {
    try reading { (transaction) throws(LMDBError) in
      var accounts: Set<UUID> = []
      try transaction.withCursor(in: verifiers) { (cursor) throws(LMDBError) in
        var isAtRow = try cursor.first()
        while isAtRow {
          let key = [UInt8](cursor.keyBytes)
          if key.count == Self.keyByteCount, let account = UUID(Data(key.prefix(16))) { accounts.insert(account) }
          isAtRow = try cursor.next()
        }
      }
      return accounts
    }
  }

  static func key(_ account: UUID, _ version: UInt32) -> [UInt8] {
    [UInt8](account.data) + (0..<4).map { UInt8(truncatingIfNeeded: version >> (24 - 8 * $0)) }
  }

  private static func bind(_ environment: Environment, to lineage: Lineage) throws(LMDBError) {
    let verifiers = environment.table("verifiers", [UInt8].self, String.self)
    try environment.write { (transaction: inout WriteTransaction) throws(LMDBError) -> Outcome<Void> in
      try transaction.put(owner, lineage.id.streamText, in: verifiers)
      return .commit(())
    }
  }

  private func reading<Value>(_ body: (borrowing ReadTransaction) throws(LMDBError) -> Value) throws(SecretsError) -> Value {
    do throws(LMDBError) { return try environment.read(body) } catch { throw .storage(error) }
  }
}
