import Foundation
import Schema

extension Credentials {
  /// Ends the lock of an account after failed sign-ins.
  public struct UnlockAccount: Command {
    public static let name = "unlockAccount"
    public static let purpose = "Ends the lock of an account after failed sign-ins."
    public static let givenBy: [CommandActor.Role] = [.enrolmentOfficer, .operator]

    public var account: AccountReference

    public var about: CommandSubject { .account(account) }

    public func carryOut(in attempt: inout some Attempt) async throws {
      try attempt.decide(CredentialDecider.self, try attempt.account(), .unlock)
    }
  }
}
