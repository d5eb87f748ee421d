import Domain
import EventStore
import Foundation
import LMDB
import Schema

/// The folder `secrets/`: password verifiers, which the log must never hold. The log names them by account and version.
///
/// Table `verifiers`: account (16 bytes), version (4 bytes, big-endian) → PHC string; `log` → the lineage of the log that the
/// verifiers belong to. A version that no event names is harmless: it is what a crash or a refusal left behind, and the next
/// password takes its place.
public final class Secrets: Sendable {
  private let environment: Environment
  private let verifiers: Table<[UInt8], String>
  private let writer = DispatchQueue(label: "secrets")

  /// Opens the folder `path`, or makes it if `log` has no password yet: readable by its owner only. A folder from before there was
  /// a word of it is bound to `log` now.
  /// - Throws: `.missing` if the log has passwords and their verifiers are not there, `.foreign` if those that are there belong to
  ///   another log.
  public init(path: String, log: any EventLog) throws(SecretsError) {
    if try !SecretsFolder.isThere(path) { try SecretsLog(log).refuseLoss(path) }
    let folder = try SecretsFolder(path: path, .readWrite, for: log.lineage)
    (environment, verifiers) = (folder.environment, folder.verifiers)
    switch try folder.owner() {
    case log.lineage.id: break
    case .some: throw .foreign(path: path)
    case nil:
      try SecretsLog(log).check(try folder.accounts(), path)
      try folder.bind(to: log.lineage)
    }
  }

  /// Makes the folder `path` for a log whose verifiers are lost. Whoever has a password by what the log says has none after this.
  /// - Returns: How many accounts these are.
  /// - Throws: `.present` if there are verifiers.
  public static func replaceLost(path: String, log: any EventLog) throws(SecretsError) -> Int {
    if try SecretsFolder.isThere(path) { throw .present(path: path) }
    let count = try SecretsLog(log).passwords().count
    _ = try SecretsFolder(path: path, .readWrite, for: log.lineage)
    return count
  }

  /// The verifier of one of the last passwords of `account`.
  public func verifier(of account: UUID, version: UInt32) throws(LMDBError) -> String? {
    try environment.read { (transaction) throws(LMDBError) in
      try transaction.get(SecretsFolder.key(account, version), in: verifiers)
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
      try transaction.put(SecretsFolder.key(account, version), verifier, in: verifiers)
      // Until the event that names `version` is in the log, those before it are the ones that policy remembers.
      let remembered = UInt32(PasswordPolicy.remembered)
      if version > remembered + 1 {
        try transaction.delete(SecretsFolder.key(account, version - remembered - 1), in: verifiers)
      }
      return .commit(())
    }
  }
}
