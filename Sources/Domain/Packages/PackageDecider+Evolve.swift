import Foundation
import Schema

extension PackageDecider {
  public static func evolve(_ state: PackageState, with event: Event, at time: Instant) -> PackageState {
    if case .applicationCreated(let created) = event { return .draft(Draft(created)) }
    guard var draft = state.draft else { return state }
    draft.revision &+= 1
    switch event {
    case .applicationCreated:
      return state
    case .applicantAdded(let added):
      draft.members.append(.init(personID: UUID(orZero: added.personID), ordinal: added.ordinal))
      return state.replacing(draft)
    case .applicationSaved(let saved):
      draft.sections[.init(personID: UUID(orZero: saved.personID), section: saved.sectionID)] = .init(
        version: saved.sectionVersion, digest: saved.answersDigest, isComplete: saved.complete)
      return state.replacing(draft)
    case .applicationDeleted:
      return .deleted(draft)
    case .draftExpired:
      return .expired(draft)
    case .draftFrozen(let frozen):
      return .frozen(draft, causes: state.freezeCauses.union([frozen.cause]))
    case .draftUnfrozen(let unfrozen):
      let causes = state.freezeCauses.subtracting([unfrozen.cause])
      return causes.isEmpty ? .draft(draft) : .frozen(draft, causes: causes)
    case .packageSubmitted(let submitted):
      return .submitted(SubmittedPackage(draft: draft, members: submitted.members, submittedAt: time))
    }
  }
}

extension Draft {
  init(_ created: ApplicationCreated) {
    self.init(
      packageID: UUID(orZero: created.packageID), number: created.packageNumber,
      accountID: UUID(orZero: created.accountID), type: created.type, mode: created.mode,
      borderNumber: created.cbsaNumber.isEmpty ? nil : created.cbsaNumber,
      deadlineDay: CivilDay(number: created.deadlineDay),
      members: [.init(personID: UUID(orZero: created.principalClientID), ordinal: 1)])
  }
}

extension PackageState {
  var freezeCauses: Set<FreezeCause> { if case .frozen(_, let causes) = self { causes } else { [] } }

  func replacing(_ draft: Draft) -> PackageState {
    switch self {
    case .none: .none
    case .draft: .draft(draft)
    case .frozen(_, let causes): .frozen(draft, causes: causes)
    case .submitted(let package):
      .submitted(SubmittedPackage(draft: draft, members: package.members, submittedAt: package.submittedAt))
    case .deleted: .deleted(draft)
    case .expired: .expired(draft)
    }
  }
}
