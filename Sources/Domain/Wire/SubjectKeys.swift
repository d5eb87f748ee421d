import Crypto
import Foundation

/// What a reader has of a data subject's key.
public enum SubjectKey: Sendable {
  case available(SymmetricKey)
  /// There may be a key, but not for this reader, or the master key is missing: shown as `[sealed]`.
  case withheld
  /// The key is not where it must be, or is not the one that the log names, and the log does not say that it was destroyed:
  /// shown as `[no key]`.
  case missing
  /// The log says that the key was destroyed: what it sealed is erased for ever, and shown as `[erased]`.
  case destroyed
}

/// The keys of data subjects, 256 bits each.
public protocol SubjectKeys: Sendable {
  func key(of subject: UUID) -> SubjectKey
}

/// For readers without any key: everything personal stays sealed.
public struct NoKeys: SubjectKeys {
  public init() {}
  public func key(of subject: UUID) -> SubjectKey { .withheld }
}

/// What became of sealed data for a reader.
public enum Opened<Value: Sendable>: Sendable {
  case open(Value)
  case sealed
  case noKey
  case erased
}

extension Opened: Equatable where Value: Equatable {}

extension SymmetricKey {
  /// A keyed hash under which nothing else of the product can be hashed, thanks to `label`.
  func code(_ label: String, _ parts: [any DataProtocol]) -> HMAC<SHA256>.MAC {
    var hash = HMAC<SHA256>(key: self)
    hash.update(data: Array(label.utf8))
    for part in parts { hash.update(data: part) }
    return hash.finalize()
  }
}

/// Fixes a subject's key for ever, so that no other key can be passed off as this one (`SubjectKeyCreated`).
public enum KeyCommitment {
  /// HMAC-SHA256(key, "kc1" || subject)
  public static func of(_ key: SymmetricKey, subject: UUID) -> Data { Data(key.code("kc1", [subject.data])) }

  /// In constant time.
  public static func accepts(_ key: SymmetricKey, subject: UUID, commitment: Data) -> Bool {
    HMAC<SHA256>.isValidAuthenticationCode(commitment, authenticating: Array("kc1".utf8) + subject.data, using: key)
  }
}

/// Fixes the engine's root key for ever, so that the keys of another log cannot be taken for those of this one
/// (`EngineKeyCreated`).
public enum RootCommitment {
  /// HMAC-SHA256(key, "rk1" || key id)
  public static func of(_ key: SymmetricKey, id: UUID) -> Data { Data(key.code("rk1", [id.data])) }

  /// In constant time.
  public static func accepts(_ key: SymmetricKey, id: Data, commitment: Data) -> Bool {
    HMAC<SHA256>.isValidAuthenticationCode(commitment, authenticating: Array("rk1".utf8) + id, using: key)
  }
}

/// Notices an unchanged save without opening the answers that were saved before.
public enum AnswersDigest {
  /// The first 8 bytes of HMAC-SHA256(key, "ad1" || answers).
  /// - Parameter key: The key of the person whose answers they are.
  public static func of(_ answers: Data, key: SymmetricKey) -> UInt64 {
    key.code("ad1", [answers]).prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
  }
}
