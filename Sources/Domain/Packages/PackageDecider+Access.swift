import Foundation
import Schema

extension PackageDecider {
  /// The draft that a representative may work on, checked in the order of domain.md 2.20.
  static func openDraft(
    _ state: PackageState, _ context: DecisionContext, for use: StandingUse = .working, expectedRevision: UInt64? = nil
  ) throws(Refusal) -> Draft {
    try context.require(.representative)
    let draft = try ownDraft(state, context, for: use)
    switch state {
    case .submitted(let package): throw package.alreadySubmitted
    case .deleted: throw Refusal(.applicationDeleted)
    case .expired: throw draft.hasExpired
    case .none, .draft, .frozen: break
    }
    // The deadline counts, whether or not its event was written yet (domain.md 0.6).
    guard context.now <= draft.deadlineDay.lastInstant else { throw draft.hasExpired }
    if case .frozen = state { throw Refusal(.applicationFrozen) }
    if let expectedRevision, expectedRevision != draft.revision { throw Refusal(.concurrencyVersionConflict) }
    return draft
  }

  /// Account, standing and ownership: the package of somebody else does not exist.
  static func ownDraft(
    _ state: PackageState, _ context: DecisionContext, for use: StandingUse = .working
  ) throws(Refusal) -> Draft {
    try context.requireStanding(use)
    guard let draft = state.draft, context.actor == .representative(account: draft.accountID) else {
      throw Refusal(.applicationNotFound)
    }
    return draft
  }
}

extension SubmittedPackage {
  /// The answer to a second submission: when and under which numbers the first one was made.
  var alreadySubmitted: Refusal {
    Refusal(
      .applicationAlreadySubmitted,
      [
        "date": .day(CivilDay(of: submittedAt)),
        "number": .name(members.map(\.applicationNumber).joined(separator: ", ")),
      ])
  }
}

extension Draft {
  var hasExpired: Refusal { Refusal(.applicationExpired, ["date": .day(deadlineDay)]) }

  /// The sections that some member has not completed, in the order of the form.
  public var incompleteSections: [FormSection] {
    type.sections.filter { section in
      !members.allSatisfy { member in
        sections[SectionKey(personID: member.personID, section: section.rawValue)]?.isComplete == true
      }
    }
  }
}

/// The last day to submit and the rule that set it (domain.md G19, G51).
struct Deadline {
  let day: CivilDay
  let rule: String

  init(of create: CreateApplication, today: CivilDay) {
    if let day = create.borderClaim?.deadline {
      self.day = day
      rule = "cbsa-letter"
    } else {
      day = today.adding(days: DraftLife.days(for: create.type))
      rule = "draft-life-\(DraftLife.version)/\(create.type.code ?? "")"
    }
  }
}

/// What fits into one section.
enum FormLimits {
  static let answersBytes = 64 * 1024

  /// At most 500 names of 1 to 100 ASCII letters, digits, `.`, `_` and `-`: they stand in clear in the log.
  static func acceptsFieldNames(_ names: [String]) -> Bool {
    names.count <= 500
      && names.allSatisfy { name in
        (1...100).contains(name.utf8.count)
          && name.utf8.allSatisfy { $0.isASCIIDigit || $0.isASCIIUpper || $0.isASCIILower || "._-".utf8.contains($0) }
      }
  }
}
