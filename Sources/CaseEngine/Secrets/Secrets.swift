import Domain
import Foundation
import LMDB
import Schema

/// The folder `secrets/`: password verifiers, which the log must never hold. The log names them by account and version.
///
/// Table `verifiers`: account (16 bytes), version (4 bytes, big-endian) → PHC string. A version that no event names is
/// harmless: it is what a crash or a refusal left behind, and the next password takes its place.
public final class Secrets: Sendable {
  private let environment: Environment
  private let verifiers: Table<[UInt8], String>
  private let writer = DispatchQueue(label: "secrets")

  /// Opens the folder `path`, or makes it: readable by its owner only.
  public init(path: String) throws(LMDBError) {
    environment = try Environment(path: path, tables: ["verifiers"])
    verifiers = environment.table("verifiers")
  }

  /// The verifier of one of the last passwords of `account`.
  public func verifier(of account: UUID, version: UInt32) throws(LMDBError) -> String? {
    try environment.read { (transaction) throws(LMDBError) in
      try transaction.get(Self.key(account, version), in: verifiers)
    }
  }

  /// Stores the verifier of a new password; it is on the disk when this returns: before the event that names it.
  public func put(_ verifier: String, of account: UUID, version: UInt32) async throws(LMDBError) {
    let result: Result<Void, LMDBError> = await withCheckedContinuation { continuation in
      writer.async {
        continuation.resume(returning: Result { () throws(LMDBError) in try self.write(verifier, account, version) })
      }
    }
    try result.get()
  }

  private func write(_ verifier: String, _ account: UUID, _ version: UInt32) throws(LMDBError) {
    try environment.write { (transaction: inout WriteTransaction) throws(LMDBError) -> Outcome<Void> in
      try transaction.put(Self.key(account, version), verifier, in: verifiers)
      // Until the event that names `version` is in the log, those before it are the ones that policy remembers.
      let remembered = UInt32(PasswordPolicy.remembered)
      if version > remembered + 1 { try transaction.delete(Self.key(account, version - remembered - 1), in: verifiers) }
      return .commit(())
    }
  }

  private static func key(_ account: UUID, _ version: UInt32) -> [UInt8] {
    [UInt8](account.data) + (0..<4).map { UInt8(truncatingIfNeeded: version >> (24 - 8 * $0)) }
  }
}
