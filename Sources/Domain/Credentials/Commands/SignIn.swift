import Foundation
import Schema

extension Credentials {
  /// Signs a representative in with the e-mail address of the enrolment and the password.
  ///
  /// Neither stands in the digest that tells repeated commands apart, so a server makes the command's id itself for each try and
  /// takes none from its caller.
  public struct SignIn: Command {
    public static let name = "signIn"
    public static let purpose = "Signs a representative in with the e-mail address of the enrolment and the password."
    public static let givenBy: [CommandActor.Role] = [.visitor]

    public var email: Secret
    public var password: Secret

    public var about: CommandSubject { .signInName(email.text) }

    public func carryOut(in attempt: inout some Attempt) async throws {
      let passwords = attempt.facts.passwords
      guard let account = attempt.target.account else {
        try await passwords.fail(password.text)
        throw Refusal(.authInvalidCredentials)
      }
      let state = try attempt.state(of: CredentialDecider.self, account)
      if state == .none { try await passwords.fail(password.text) }
      let isRight =
        state == .none ? false : try await passwords.matches(password.text, of: account, version: state.version)
      try attempt.decide(CredentialDecider.self, account, .signIn(isRight: isRight))
    }
  }
}
