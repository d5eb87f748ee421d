import Crypto
import Foundation

/// The engine's keyed digests. Each has a key of its own, derived from one root key: what one reveals helps with no other.
public struct EngineKeys: Sendable {
  private let commands: SymmetricKey
  private let memberships: SymmetricKey
  private let emails: SymmetricKey

  init(root: SymmetricKey) {
    func derive(_ purpose: String) -> SymmetricKey {
      HKDF<SHA256>.deriveKey(inputKeyMaterial: root, info: Data("dossier/\(purpose)".utf8), outputByteCount: 32)
    }
    commands = derive("command-digest/1")
    memberships = derive("membership/1")
    emails = derive("email/1")
  }

  /// A digest of a command's body, which tells whether a command id came back with another body.
  public func commandDigest(of body: some DataProtocol) -> UInt64 {
    HMAC<SHA256>.authenticationCode(for: body, using: commands).prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// A keyed hash of an e-mail address, 32 bytes.
  public func emailHash(of address: some DataProtocol) -> [UInt8] {
    Array(HMAC<SHA256>.authenticationCode(for: address, using: emails))
  }

  /// A keyed hash of a membership, 32 bytes: it tells two memberships apart and says nothing of either.
  public func membershipHash(of membership: some DataProtocol) -> [UInt8] {
    Array(HMAC<SHA256>.authenticationCode(for: membership, using: memberships))
  }
}
