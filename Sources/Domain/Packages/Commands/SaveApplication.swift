import Foundation
import Schema

extension Packages {
  /// Saves the answers of one section of the form.
  public struct SaveApplication: Command {
    public static let name = "saveApplication"
    public static let purpose = "Saves the answers of one section of the form."
    public static let givenBy: [CommandActor.Role] = [.representative]

    /// The number in the column ID.
    public var package: UInt64
    /// Whose answers they are: 1, the principal applicant, unless given.
    public var applicant: UInt32?
    public var section: String
    public var answers: FormAnswers
    /// The names of the fields that changed; those of the answers unless given.
    public var changedFields: [String]?
    /// Whether nothing is missing in the section.
    public var complete: Bool
    /// Whether the portal saved by itself; false unless given.
    public var autosave: Bool?
    /// The revision of the package that the representative saw; any unless given.
    public var expectedRevision: UInt64?

    public var about: CommandSubject { .package(package) }

    public func carryOut(in attempt: inout some Attempt) async throws {
      let package = try attempt.package()
      let draft = try attempt.state(of: PackageDecider.self, package).draft
      // An ordinal nobody has becomes a person nobody is: the rule says so.
      let person = draft?.members.first { $0.ordinal == applicant ?? 1 }?.personID ?? attempt.context.newIdentifier()
      try attempt.decide(
        PackageDecider.self, package,
        .save(
          .init(
            person: person, section: section, answers: answers.canonical,
            digest: try attempt.facts.answersDigest(answers.canonical, of: person),
            changedFields: changedFields ?? answers.names, isComplete: complete, isAutosave: autosave ?? false,
            expectedRevision: expectedRevision)))
    }
  }
}
