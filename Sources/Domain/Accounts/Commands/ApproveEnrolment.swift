import Foundation
import Schema

extension Accounts {
  /// Approves an enrolment request and gives out a Representative IRCC ID.
  public struct ApproveEnrolment: Command {
    public static let name = "approveEnrolment"
    public static let purpose = "Approves an enrolment request and gives out a Representative IRCC ID."
    public static let givenBy: [CommandActor.Role] = [.enrolmentOfficer]

    public var account: AccountReference

    public var about: CommandSubject { .account(account) }

    public func carryOut(in attempt: inout some Attempt) async throws {
      let number = SequenceName.representative.text(try await attempt.take(1, from: .representative)[0])
      let isTaken = try attempt.isUsed(tag: TagNames.representativeID(number))
      try attempt.decide(
        RepresentativeDecider.self, try attempt.account(), .approve(.init(representativeID: number, isNumberTaken: isTaken)))
    }
  }
}
