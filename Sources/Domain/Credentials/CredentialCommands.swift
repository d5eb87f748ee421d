/// What can be asked of an account's password (domain.md 2.3). Passwords are judged here and never stored by the domain.
public enum CredentialCommand: Sendable {
  case set(SetPassword)
  case change(ChangePassword)
  /// - Parameter isRight: Fact: whether the password that was typed is the account's.
  case signIn(isRight: Bool)
  case unlock
}

/// The first password of an account.
public struct SetPassword: Sendable {
  public var password: String
  /// What was typed to confirm it; `nil` where nobody is asked twice.
  public var confirmation: String?
  /// The account's e-mail address, which the password must not repeat.
  public var email: String
  /// Fact: the hash function and its cost, as the verifier was made.
  public var algorithm: String

  public init(password: String, confirmation: String? = nil, email: String, algorithm: String) {
    self.password = password
    self.confirmation = confirmation
    self.email = email
    self.algorithm = algorithm
  }
}

public struct ChangePassword: Sendable {
  public var password: String
  public var confirmation: String?
  public var email: String
  /// Fact: whether the old password that was typed is right.
  public var oldPasswordMatches: Bool
  /// Fact: whether the new one is one of the last ``PasswordPolicy/remembered``, the present one included.
  public var isReused: Bool
  public var algorithm: String

  public init(
    password: String, confirmation: String? = nil, email: String, oldPasswordMatches: Bool, isReused: Bool,
    algorithm: String
  ) {
    self.password = password
    self.confirmation = confirmation
    self.email = email
    self.oldPasswordMatches = oldPasswordMatches
    self.isReused = isReused
    self.algorithm = algorithm
  }
}
