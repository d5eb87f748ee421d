import Foundation
import Schema

extension Credentials {
  /// Sets the first password of an account.
  public struct SetPassword: Command {
    public static let name = "setPassword"
    public static let purpose = "Sets the first password of an account."
    public static let givenBy: [CommandActor.Role] = [.representative]

    public var password: Secret
    /// What was typed to confirm it.
    public var confirmation: Secret?

    public var about: CommandSubject { .ownAccount }

    public func carryOut(in attempt: inout some Attempt) async throws {
      let account = try attempt.account()
      let passwords = attempt.facts.passwords
      try attempt.decide(
        CredentialDecider.self, account,
        .set(
          .init(
            password: password.text, confirmation: confirmation?.text, email: try attempt.facts.email(of: account),
            algorithm: passwords.algorithm)))
      try await passwords.store(password.text, of: account, version: 1)
    }
  }
}
