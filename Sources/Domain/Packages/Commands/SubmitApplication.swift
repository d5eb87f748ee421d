import Foundation
import Schema

extension Packages {
  /// Submits all members of a package, each under a number of its own.
  public struct SubmitApplication: Command {
    public static let name = "submitApplication"
    public static let purpose = "Submits all members of a package, each under a number of its own."
    public static let givenBy: [CommandActor.Role] = [.representative]

    /// The number in the column ID.
    public var package: UInt64
    /// The revision of the package that the representative saw; any unless given.
    public var expectedRevision: UInt64?

    public var about: CommandSubject { .package(package) }

    public func carryOut(in attempt: inout some Attempt) async throws {
      let package = try attempt.package()
      let draft = try attempt.state(of: PackageDecider.self, package).draft
      var numbers: [String] = []
      if let draft, draft.numbersNeeded > 0, let sequence = draft.type.numberSequence {
        numbers = try await attempt.take(draft.numbersNeeded, from: sequence).map(sequence.text)
      }
      var isNumberTaken = false
      for number in numbers where try attempt.isUsed(tag: TagNames.application(number)) { isNumberTaken = true }
      try attempt.decide(
        PackageDecider.self, package,
        .submit(
          .init(
            numbers: numbers, isNumberTaken: isNumberTaken, formHash: try attempt.facts.formHash(of: package),
            expectedRevision: expectedRevision)))
    }
  }
}
