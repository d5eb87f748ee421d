import Foundation
import Schema

extension Accounts {
  /// Changes a member's standing with the governing body.
  public struct ChangeStanding: Command {
    public static let name = "changeStanding"
    public static let purpose = "Changes a member's standing with the governing body."
    public static let givenBy: [CommandActor.Role] = [.adapter, .enrolmentOfficer]

    public var account: AccountReference
    public var standing: Standing
    /// Who told of it.
    public var source: StandingChanged.Source
    /// When the body says it began.
    public var effectiveFrom: Instant
    public var note: String?

    public var about: CommandSubject { .account(account) }

    public func carryOut(in attempt: inout some Attempt) async throws {
      try attempt.decide(
        RepresentativeDecider.self, try attempt.account(),
        .changeStanding(.init(standing: standing, source: source, effectiveFrom: effectiveFrom, note: note)))
    }
  }
}
