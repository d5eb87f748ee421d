import Crypto
import Foundation
import Schema

/// The key of one data subject. Destroying it makes everything sealed with it unreadable for ever.
public struct SubjectKey: Sendable {
  public let subject: UUID
  public let id: UUID
  public let key: SymmetricKey

  /// What the log keeps of the key when it is created: HMAC-SHA256(key, "kc1" ‖ subject). It fixes the key without
  /// telling it, so that no other key can be passed off as this one.
  public var commitment: Data {
    Data(HMAC<SHA256>.authenticationCode(for: Self.committed(to: subject), using: key))
  }

  /// Whether this is the key that the log committed to.
  public func isCommitted(by commitment: Data) -> Bool {
    HMAC<SHA256>.isValidAuthenticationCode(commitment, authenticating: Self.committed(to: subject), using: key)
  }

  private static func committed(to subject: UUID) -> Data { Data("kc1".utf8) + subject.data }
}
