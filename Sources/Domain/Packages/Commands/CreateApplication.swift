import Foundation
import Schema

extension Packages {
  /// Starts an application for one person or a group.
  public struct CreateApplication: Command {
    public static let name = "createApplication"
    public static let purpose = "Starts an application for one person or a group."
    public static let givenBy: [CommandActor.Role] = [.representative]

    public var type: ApplicationType
    public var mode: ApplicationCreated.Mode
    public var principal: Applicant
    /// The version of the instructions that was acknowledged; left out if it was not.
    public var acknowledgedVersion: UInt32?
    /// Only for a refugee claim that began at the border: the number on the CBSA letter.
    public var borderNumber: String?
    /// The last day in the CBSA letter, if it has one.
    public var borderDeadline: CivilDay?

    public var about: CommandSubject { .ownAccount }

    private func borderClaim(_ attempt: inout some Attempt) throws -> BorderClaim? {
      guard let borderNumber else { return nil }
      // Nobody may give out the number meanwhile: creations meet at the sequence of packages, submissions at this one.
      _ = try attempt.state(of: SequenceDecider.self, .refugeeClaims)
      var isTaken = try attempt.facts.isApplication(borderNumber)
      for package in try attempt.facts.packages(continuing: borderNumber) where !isTaken {
        isTaken = try attempt.state(of: PackageDecider.self, package).isOpen(at: attempt.context.now)
      }
      return BorderClaim(number: borderNumber, deadline: borderDeadline, isNumberTaken: isTaken)
    }

    public func carryOut(in attempt: inout some Attempt) async throws {
      let account = try attempt.account()
      let number = try await attempt.take(1, from: .package)[0]
      let person = principal.details(attempt.context.newIdentifier())
      let package = attempt.context.newIdentifier()
      let state = try attempt.decide(
        PackageDecider.self, package,
        .create(
          .init(
            package: package, number: number, isNumberTaken: try attempt.isUsed(tag: TagNames.package(number)), type: type,
            mode: mode, principal: person, acknowledgedVersion: acknowledgedVersion, borderClaim: try borderClaim(&attempt),
            openDrafts: try attempt.facts.roster(of: account).openDrafts(at: attempt.context.now))))
      guard let draft = state.draft else { return }
      try attempt.decide(ClientStream.self, ApplicantID(person: person.person, of: draft)) { state, context in
        try ClientStream.register(person, state, context)
      }
    }
  }
}
