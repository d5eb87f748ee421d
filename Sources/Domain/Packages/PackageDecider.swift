import Foundation
import Schema

/// The rules of a package while it is prepared (domain.md 2.7).
public enum PackageDecider: Decider {
  public typealias Event = PackageEvent.OneOf_Event

  public static let initialState = PackageState.none

  public static func decide(
    _ command: PackageCommand, given state: PackageState, context: DecisionContext
  ) throws(Refusal) -> [Event] {
    switch command {
    case .create(let create): try self.create(create, state, context)
    case .addApplicant(let add): try addApplicant(add, state, context)
    case .save(let save): try self.save(save, state, context)
    case .delete(let reason): try delete(reason, state, context)
    case .expire: try expire(state, context)
    case .freeze(let cause): try freeze(cause, state, context)
    case .unfreeze(let cause): try unfreeze(cause, state, context)
    case .submit(let submit): try self.submit(submit, state, context)
    }
  }

  // MARK: By the representative

  private static func create(
    _ create: CreateApplication, _ state: PackageState, _ context: DecisionContext
  ) throws(Refusal) -> [Event] {
    try context.require(.representative)
    try context.requireStanding(.starting)
    guard state == .none, let account = context.account.account else { throw Refusal(.applicationStateConflict) }
    if create.openDrafts >= DraftLife.maximumOpenDrafts {
      throw Refusal(.applicationTooManyDrafts, ["n": .count(DraftLife.maximumOpenDrafts)])
    }
    if create.isNumberTaken { throw Refusal(.internalNumberTaken) }
    if create.borderClaim?.isNumberTaken == true { throw Refusal(.applicationNumberInUse) }
    var fields = FieldReader()
    fields.check(create.acknowledgedVersion == Instructions.version, .init(.applicationAcknowledgementRequired))
    fields.check(
      ApplicationType.offered.contains(create.type) && create.mode != .unspecified, .init(.applicationTypeNotAvailable))
    _ = create.principal.read(&fields, today: context.today)
    checkBorderClaim(create, &fields, context)
    try fields.finish()
    let deadline = Deadline(of: create, today: context.today)
    return [
      .applicationCreated(
        .with {
          $0.packageID = create.package.data
          $0.packageNumber = create.number
          $0.accountID = account.id.data
          $0.type = create.type
          $0.mode = create.mode
          $0.principalClientID = create.principal.person.data
          $0.acknowledgementVersion = create.acknowledgedVersion ?? 0
          $0.acknowledgementLanguage = account.language
          $0.cbsaNumber = create.borderClaim?.number ?? ""
          $0.deadlineDay = deadline.day.number
          $0.deadlineRule = deadline.rule
        })
    ]
  }

  private static func checkBorderClaim(
    _ create: CreateApplication, _ fields: inout FieldReader, _ context: DecisionContext
  ) {
    guard let claim = create.borderClaim else { return }
    fields.check(create.type == .refugeeClaim, .wrongFormat(.borderNumber))
    fields.check(!claim.number.isEmpty, .init(.applicationCbsaNumberRequired))
    fields.check(claim.number.isEmpty || Formats.isApplicationNumber(claim.number), .wrongFormat(.borderNumber))
    fields.check(claim.deadline.map { $0 >= context.today } ?? true, .wrongFormat(.deadline))
  }

  private static func addApplicant(
    _ add: AddApplicant, _ state: PackageState, _ context: DecisionContext
  ) throws(Refusal) -> [Event] {
    let draft = try openDraft(state, context)
    guard draft.mode == .group else { throw Refusal(.applicationNotAGroup) }
    guard draft.members.count < DraftLife.maximumMembers else {
      throw Refusal(.applicationTooManyMembers, ["n": .count(DraftLife.maximumMembers)])
    }
    var fields = FieldReader()
    _ = add.person.read(&fields, today: context.today)
    fields.check(!draft.members.contains { $0.personID == add.person.person }, .wrongFormat(.person))
    fields.check(add.relation != .unspecified, .required(.relation))
    try fields.finish()
    return [
      .applicantAdded(
        .with {
          $0.personID = add.person.person.data
          $0.ordinal = UInt32(draft.members.count + 1)
          $0.personal.relation = add.relation
        })
    ]
  }

  private static func save(
    _ save: SaveApplication, _ state: PackageState, _ context: DecisionContext
  ) throws(Refusal) -> [Event] {
    let draft = try openDraft(state, context, expectedRevision: save.expectedRevision)
    let person = save.person ?? draft.members.first?.personID ?? .zero
    var fields = FieldReader()
    fields.check(draft.members.contains { $0.personID == person }, .wrongFormat(.person))
    fields.check(draft.type.sections.contains { $0.rawValue == save.section }, .init(.applicationUnknownSection))
    fields.check(save.answers.count <= FormLimits.answersBytes, .init(.applicationSectionTooLarge))
    fields.check(FormLimits.acceptsFieldNames(save.changedFields), .wrongFormat(.changedFields))
    try fields.finish()
    let before = draft.sections[Draft.SectionKey(personID: person, section: save.section)]
    if let before, before.digest == save.digest, before.isComplete == save.isComplete { return [] }
    return [
      .applicationSaved(
        .with {
          $0.sectionID = save.section
          $0.sectionVersion = (before?.version ?? 0) &+ 1
          $0.changedFields = save.changedFields
          $0.complete = save.isComplete
          $0.autosave = save.isAutosave
          $0.personID = person.data
          $0.answersDigest = save.digest
          $0.personal.answers = save.answers
        })
    ]
  }

  private static func submit(
    _ submit: SubmitPackage, _ state: PackageState, _ context: DecisionContext
  ) throws(Refusal) -> [Event] {
    let draft = try openDraft(state, context, for: .starting, expectedRevision: submit.expectedRevision)
    guard !submit.isNumberTaken, submit.numbers.count == draft.numbersNeeded else {
      throw Refusal(.internalNumberTaken)
    }
    let incomplete = draft.incompleteSections
    guard incomplete.isEmpty else {
      throw Refusal(.applicationIncomplete, ["list": .labels(incomplete.map(\.label))])
    }
    // Here follow, in this order, the other conditions of domain.md 2.7: required documents present and scanned clean,
    // declarations of all adults, form IMM 5476, fees.
    let numbers = (draft.borderNumber.map { [$0] } ?? []) + submit.numbers
    return [
      .packageSubmitted(
        .with {
          $0.packageNumber = draft.number
          $0.members = zip(draft.members, numbers).map { member, number in
            .with {
              $0.applicationID = context.newIdentifier().data
              $0.personID = member.personID.data
              $0.applicationNumber = number
              $0.ordinal = member.ordinal
            }
          }
          $0.formHash = submit.formHash
        })
    ]
  }

  private static func delete(
    _ reason: ApplicationDeleted.Reason, _ state: PackageState, _ context: DecisionContext
  ) throws(Refusal) -> [Event] {
    if case .representative = context.actor {
      _ = try ownDraft(state, context)
      if case .submitted = state { throw Refusal(.applicationDeleteNotAllowedSubmitted) }
      _ = try openDraft(state, context)
      return [.applicationDeleted(.with { $0.reason = .byRepresentative })]
    }
    try context.require(.system, .officer, .enrolmentOfficer)
    switch state {
    // A draft whose time is over is left alone: it expires.
    case .draft, .frozen: return state.isOpen(at: context.now) ? [.applicationDeleted(.with { $0.reason = reason })] : []
    case .submitted: throw Refusal(.applicationDeleteNotAllowedSubmitted)
    case .none: throw Refusal(.applicationNotFound)
    case .deleted, .expired: return []
    }
  }

  // MARK: By the system

  private static func expire(_ state: PackageState, _ context: DecisionContext) throws(Refusal) -> [Event] {
    try context.require(.system, .operator)
    switch state {
    case .draft(let draft) where context.now > draft.deadlineDay.lastInstant,
      .frozen(let draft, _) where context.now > draft.deadlineDay.lastInstant:
      return [.draftExpired(.with { $0.deadlineDay = draft.deadlineDay.number })]
    default:
      return []
    }
  }

  /// A consequence of somebody else's command, so whoever gave that may cause it.
  private static func freeze(
    _ cause: FreezeCause, _ state: PackageState, _ context: DecisionContext
  ) throws(Refusal) -> [Event] {
    guard state.isOpen(at: context.now) else { return [] }
    if case .frozen(_, let causes) = state, causes.contains(cause) { return [] }
    return [.draftFrozen(.with { $0.cause = cause })]
  }

  private static func unfreeze(
    _ cause: FreezeCause, _ state: PackageState, _ context: DecisionContext
  ) throws(Refusal) -> [Event] {
    guard state.isOpen(at: context.now), case .frozen(_, let causes) = state, causes.contains(cause) else { return [] }
    return [.draftUnfrozen(.with { $0.cause = cause })]
  }
}
