import Foundation
import Schema

extension Accounts {
  /// Asks for more papers before an enrolment is decided.
  public struct RequestEnrolmentDocuments: Command {
    public static let name = "requestEnrolmentDocuments"
    public static let purpose = "Asks for more papers before an enrolment is decided."
    public static let givenBy: [CommandActor.Role] = [.enrolmentOfficer]

    public struct Item: Decodable, Sendable {
      public var slot: DocumentSlot
      public var note: String
    }

    public var account: AccountReference
    /// At most 10.
    public var items: [Item]
    /// The last day to provide them; 30 days from today unless given.
    public var dueDay: CivilDay?

    public var about: CommandSubject { .account(account) }

    public func carryOut(in attempt: inout some Attempt) async throws {
      try attempt.decide(
        RepresentativeDecider.self, try attempt.account(),
        .requestDocuments(.init(items: items.map { .init(slot: $0.slot, note: $0.note) }, dueDay: dueDay)))
    }
  }
}
