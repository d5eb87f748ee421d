import Foundation
import Schema

extension PackageDecider {
  public static var isWholeInLastEvent: Bool { false }

  public static func name(of package: UUID) -> String { StreamNames.package(package) }

  public static func place(_ event: Event, in state: PackageState, _ package: UUID) -> Place {
    guard let draft = state.draft else { return Place(tags: []) }
    var tags = [TagNames.representative(draft.accountID), TagNames.package(draft.number)]
    if let number = draft.borderNumber { tags.append(TagNames.application(number)) }
    let subject: UUID? =
      switch event {
      case .applicationSaved(let saved): UUID(orZero: saved.personID)
      case .applicantAdded(let added): UUID(orZero: added.personID)
      case .applicationCreated, .applicationDeleted, .draftExpired, .draftFrozen, .draftUnfrozen, .packageSubmitted: nil
      }
    return Place(tags: tags, subject: subject)
  }

  public static func react(
    to event: Event, _ eventID: UUID, in state: PackageState, _ package: UUID, _ attempt: inout some Attempt
  ) throws {
    switch event {
    case .draftExpired:
      guard let draft = state.draft else { return }
      let facts: [String: Fact] = ["number": .name(String(draft.number)), "date": .day(draft.deadlineDay)]
      try attempt.tell(.draftExpired, facts, source: eventID)
    case .packageSubmitted:
      guard case .submitted(let package) = state else { return }
      for member in package.members { try begin(member, of: package, source: eventID, &attempt) }
    case .applicationCreated, .applicantAdded, .applicationSaved, .applicationDeleted, .draftFrozen, .draftUnfrozen: break
    }
  }

  /// A member's application begins, and its confirmation is sent.
  private static func begin(
    _ member: PackageSubmitted.Member, of package: SubmittedPackage, source: UUID, _ attempt: inout some Attempt
  ) throws {
    let submitted = ApplicationSubmitted.with {
      $0.applicationID = member.applicationID
      $0.packageID = package.draft.packageID.data
      $0.packageNumber = package.draft.number
      $0.applicationNumber = member.applicationNumber
      $0.accountID = package.draft.accountID.data
      $0.personID = member.personID
      $0.type = package.draft.type
      $0.ordinal = member.ordinal
    }
    let application = SubmittedApplication(submitted, at: package.submittedAt)
    try attempt.add(ApplicationStream.self, application.id, .applicationSubmitted(submitted))
    try attempt.tell(
      about: application, .submissionConfirmation,
      ["number": .name(application.number), "date": .day(CivilDay(of: package.submittedAt))], source: source)
  }

  public static func told(by event: Event) -> [CommandResult] {
    switch event {
    case .applicationCreated(let created): [.package(created.packageNumber)]
    case .applicantAdded(let added): [.applicant(added.ordinal)]
    case .packageSubmitted(let submitted):
      [.package(submitted.packageNumber), .applications(submitted.members.map(\.applicationNumber))]
    case .applicationSaved, .applicationDeleted, .draftExpired, .draftFrozen, .draftUnfrozen: []
    }
  }

  public static func trace(of refusal: Refusal, in state: PackageState, _ context: DecisionContext) -> [Event] { [] }
  public static func refusal(recordedBy event: Event) -> Refusal? { nil }
}
