import Foundation
import Schema

extension Accounts {
  /// Records what the register of a governing body said of a member.
  public struct RecordMembershipCheck: Command {
    public static let name = "recordMembershipCheck"
    public static let purpose = "Records what the register of a governing body said of a member."
    public static let givenBy: [CommandActor.Role] = [.adapter]

    public var account: AccountReference
    public var result: MembershipResult
    /// When the register was asked.
    public var checkedAt: Instant

    public var about: CommandSubject { .account(account) }

    public func carryOut(in attempt: inout some Attempt) async throws {
      try attempt.decide(
        RepresentativeDecider.self, try attempt.account(), .recordMembershipCheck(.init(result: result, checkedAt: checkedAt)))
    }
  }
}
