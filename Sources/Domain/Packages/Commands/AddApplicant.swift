import Foundation
import Schema

extension Packages {
  /// Adds a member to a group.
  public struct AddApplicant: Command {
    public static let name = "addApplicant"
    public static let purpose = "Adds a member to a group."
    public static let givenBy: [CommandActor.Role] = [.representative]

    /// The number in the column ID.
    public var package: UInt64
    public var applicant: Applicant
    /// What the member is to the principal applicant.
    public var relation: Relation

    public var about: CommandSubject { .package(package) }

    public func carryOut(in attempt: inout some Attempt) async throws {
      let person = applicant.details(attempt.context.newIdentifier())
      let state = try attempt.decide(
        PackageDecider.self, try attempt.package(), .addApplicant(.init(person: person, relation: relation)))
      guard let draft = state.draft else { return }
      try attempt.decide(PersonStream.self, ApplicantID(person: person.person, of: draft)) { state, context in
        try PersonStream.register(person, state, context)
      }
    }
  }
}
