/// What is known of an account's password.
public enum CredentialState: Hashable, Sendable {
  case none
  /// - Parameters:
  ///   - version: Names the verifier in the secrets store.
  ///   - failures: Wrong passwords in a row.
  case set(version: UInt32, failures: UInt32)

  /// The version of the present password; 0 if there is none.
  public var version: UInt32 { if case .set(let version, _) = self { version } else { 0 } }
  public var failures: UInt32 { if case .set(_, let failures) = self { failures } else { 0 } }
}
