import Foundation
import Schema

extension Messages {
  /// Writes a letter to a representative.
  public struct SendAccountMessage: Command {
    public static let name = "sendAccountMessage"
    public static let purpose = "Writes a letter to a representative."
    public static let givenBy: [CommandActor.Role] = [.officer, .enrolmentOfficer]

    public var account: AccountReference
    /// Gives the subject.
    public var template: MessageTemplate
    /// At most 8,000 characters; line breaks are allowed.
    public var body: String?
    /// False unless given.
    public var actionRequired: Bool?

    public var about: CommandSubject { .account(account) }

    public func carryOut(in attempt: inout some Attempt) async throws {
      try attempt.decide(
        InboxDecider.self, try attempt.account(),
        .send(.init(template: template, body: body ?? "", isActionRequired: actionRequired ?? false)))
    }
  }
}
