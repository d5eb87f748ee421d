import Foundation
import Schema

extension Accounts {
  /// Refuses an enrolment request; another may follow.
  public struct RefuseEnrolment: Command {
    public static let name = "refuseEnrolment"
    public static let purpose = "Refuses an enrolment request; another may follow."
    public static let givenBy: [CommandActor.Role] = [.enrolmentOfficer]

    public var account: AccountReference
    public var reason: EnrolmentRequestRefused.Reason
    /// The officer's words, which take the place of the reason in the message.
    public var text: String?

    public var about: CommandSubject { .account(account) }

    public func carryOut(in attempt: inout some Attempt) async throws {
      try attempt.decide(RepresentativeDecider.self, try attempt.account(), .refuse(.init(reason: reason, text: text)))
    }
  }
}
