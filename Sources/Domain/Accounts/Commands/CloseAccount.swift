import Foundation
import Schema

extension Accounts {
  /// Closes an account for ever; its drafts are deleted with it.
  public struct CloseAccount: Command {
    public static let name = "closeAccount"
    public static let purpose = "Closes an account for ever; its drafts are deleted with it."
    public static let givenBy: [CommandActor.Role] = [.enrolmentOfficer]

    public var account: AccountReference
    public var cause: AccountClosed.Cause

    public var about: CommandSubject { .account(account) }

    public func carryOut(in attempt: inout some Attempt) async throws {
      let account = try attempt.account()
      let roster = try attempt.facts.roster(of: account)
      try attempt.decide(
        RepresentativeDecider.self, account,
        .close(
          .init(
            cause: cause, openDrafts: roster.openDrafts(at: attempt.context.now),
            submittedApplications: roster.submittedApplications)))
    }
  }
}
