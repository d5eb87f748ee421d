import Foundation
import Schema

extension Credentials {
  /// Replaces a password by another.
  public struct ChangePassword: Command {
    public static let name = "changePassword"
    public static let purpose = "Replaces a password by another."
    public static let givenBy: [CommandActor.Role] = [.representative]

    public var oldPassword: Secret
    public var newPassword: Secret
    /// What was typed to confirm it.
    public var confirmation: Secret?

    public var about: CommandSubject { .ownAccount }

    public func carryOut(in attempt: inout some Attempt) async throws {
      let account = try attempt.account()
      let passwords = attempt.facts.passwords
      let version = try attempt.state(of: CredentialDecider.self, account).version
      // The hash function is asked only as far as needed: not about the new password if the old one is wrong.
      let matches = try await passwords.matches(oldPassword.text, of: account, version: version)
      let isReused = matches ? try await passwords.isRemembered(newPassword.text, of: account, upTo: version) : false
      try attempt.decide(
        CredentialDecider.self, account,
        .change(
          .init(
            password: newPassword.text, confirmation: confirmation?.text, email: try attempt.facts.email(of: account),
            oldPasswordMatches: matches, isReused: isReused, algorithm: passwords.algorithm)))
      try await passwords.store(newPassword.text, of: account, version: version + 1)
    }
  }
}
