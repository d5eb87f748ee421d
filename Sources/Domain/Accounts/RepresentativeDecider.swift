import Foundation
import Schema

/// The rules of an account's life (domain.md 2.2).
///
/// Sign-up, terms, withdrawal, lapse and restriction are events of their own when they come; a request whose papers were not
/// provided in time is judged as lapsed already now.
public enum RepresentativeDecider: Decider {
  public typealias Event = RepresentativeEvent.OneOf_Event

  public static let initialState = RepresentativeState.none

  public static func decide(
    _ command: RepresentativeCommand, given state: RepresentativeState, context: DecisionContext
  ) throws(Refusal) -> [Event] {
    switch command {
    case .submitEnrolment(let submit): try submitEnrolment(submit, state, context)
    case .requestDocuments(let request): try requestDocuments(request, state, context)
    case .provideDocuments(let provide): try provideDocuments(provide, state, context)
    case .recordMembershipCheck(let check): try recordMembershipCheck(check, state, context)
    case .approve(let approve): try self.approve(approve, state, context)
    case .refuse(let refuse): try self.refuse(refuse, state, context)
    case .changeStanding(let change): try changeStanding(change, state, context)
    case .close(let close): try self.close(close, state, context)
    }
  }

  // MARK: Enrolment

  private static func submitEnrolment(
    _ submit: SubmitEnrolment, _ state: RepresentativeState, _ context: DecisionContext
  ) throws(Refusal) -> [Event] {
    try context.require(.representative)
    switch state {
    case .none, .refused: break
    case .closed: throw Refusal(.accountClosed)
    case .active: throw Refusal(.enrolmentAlreadyEnrolled)
    case .enrolmentSubmitted, .documentsRequested:
      if state.openEnrolment(at: context.now) != nil { throw Refusal(.enrolmentAlreadySubmitted) }
    }
    let personal = try EnrolmentForm.read(submit, today: context.today)
    return [
      .enrolmentRequestSubmitted(
        .with {
          $0.accountID = submit.account.data
          $0.requestID = context.newIdentifier().data
          $0.governingBody = submit.governingBody
          $0.language = submit.language
          $0.emailUpdates = submit.emailUpdates
          $0.documentIds = submit.documents.map(\.data)
          $0.declarationVersion = submit.declarationVersion
          $0.membershipKey = submit.membershipKey
          $0.emailKey = submit.emailKey
          $0.personal = personal
        })
    ]
  }

  private static func requestDocuments(
    _ request: RequestEnrolmentDocuments, _ state: RepresentativeState, _ context: DecisionContext
  ) throws(Refusal) -> [Event] {
    try context.require(.enrolmentOfficer)
    guard let account = state.openEnrolment(at: context.now) else { throw Refusal(.enrolmentNotOpen) }
    let dueDay = request.dueDay ?? context.today.adding(days: RequestPolicy.defaultDays)
    var fields = FieldReader()
    fields.check(!request.items.isEmpty, .required(.items))
    fields.check(request.items.count <= RequestPolicy.maximumEnrolmentItems, .tooLong(.items))
    fields.check(dueDay >= context.today, .init(.requestDueTooSoon))
    let notes = request.items.map { fields.required(.note, $0.note, limit: 500) }
    try fields.finish()
    return [
      .enrolmentDocumentsRequested(
        .with {
          $0.requestID = account.requestID.data
          $0.itemTypes = request.items.map(\.slot.rawValue)
          $0.dueDay = dueDay.number
          $0.personal.notes = notes
        })
    ]
  }

  private static func provideDocuments(
    _ provide: ProvideEnrolmentDocuments, _ state: RepresentativeState, _ context: DecisionContext
  ) throws(Refusal) -> [Event] {
    try context.require(.representative)
    guard let account = state.openEnrolment(at: context.now) else { throw Refusal(.enrolmentNotOpen) }
    guard case .documentsRequested = state else { throw Refusal(.enrolmentNoDocumentsRequested) }
    if provide.documents.isEmpty { throw Refusal(because: .required(.documents)) }
    return [
      .enrolmentDocumentsProvided(
        .with {
          $0.requestID = account.requestID.data
          $0.documentIds = provide.documents.map(\.data)
        })
    ]
  }

  private static func approve(
    _ approve: ApproveEnrolment, _ state: RepresentativeState, _ context: DecisionContext
  ) throws(Refusal) -> [Event] {
    let account = try enrolmentToDecide(state, context)
    guard let check = account.lastCheck, check.result == .goodStanding,
      context.now <= check.checkedAt.adding(days: MembershipPolicy.maximumAgeDays)
    else { throw Refusal(.enrolmentMembershipNotVerified, ["n": .count(Int(MembershipPolicy.maximumAgeDays))]) }
    if approve.isNumberTaken { throw Refusal(.internalNumberTaken) }
    return [
      .enrolmentRequestApproved(
        .with {
          $0.requestID = account.requestID.data
          $0.representativeID = approve.representativeID
          $0.membershipCheckedAt = check.checkedAt.microseconds
          $0.language = account.language
        })
    ]
  }

  private static func refuse(
    _ refuse: RefuseEnrolment, _ state: RepresentativeState, _ context: DecisionContext
  ) throws(Refusal) -> [Event] {
    let account = try enrolmentToDecide(state, context)
    var fields = FieldReader()
    fields.check(refuse.reason != .unspecified, .required(.reason))
    let text = fields.optional(.reason, refuse.text, limit: 1000, lines: .several)
    try fields.finish()
    return [
      .enrolmentRequestRefused(
        .with {
          $0.requestID = account.requestID.data
          $0.reason = refuse.reason
          if !text.isEmpty { $0.personal.reasonText = text }
        })
    ]
  }

  private static func enrolmentToDecide(
    _ state: RepresentativeState, _ context: DecisionContext
  ) throws(Refusal) -> Account {
    try context.require(.enrolmentOfficer)
    switch state {
    case .active, .refused, .closed: throw Refusal(.enrolmentAlreadyDecided)
    case .none, .enrolmentSubmitted, .documentsRequested: break
    }
    guard let account = state.openEnrolment(at: context.now) else { throw Refusal(.enrolmentNotOpen) }
    return account
  }

  // MARK: Standing

  /// While a request is open every new check is kept; for an active account only a changed result, and one a month.
  private static func recordMembershipCheck(
    _ check: RecordMembershipCheck, _ state: RepresentativeState, _ context: DecisionContext
  ) throws(Refusal) -> [Event] {
    try context.require(.adapter)
    if state.isClosed { throw Refusal(.accountClosed) }
    guard let account = state.account else { throw Refusal(.enrolmentNotOpen) }
    var fields = FieldReader()
    fields.check(check.checkedAt <= context.now, .wrongFormat(.checkedAt))
    fields.check(check.result != .unspecified, .required(.standing))
    try fields.finish()
    if let last = account.lastCheck {
      if check.checkedAt <= last.checkedAt { return [] }
      let isFresh = check.checkedAt < last.checkedAt.adding(days: MembershipPolicy.heartbeatDays)
      if case .active = state, check.result == last.result, isFresh { return [] }
    }
    let checked = Event.membershipChecked(
      .with {
        $0.governingBody = account.governingBody
        $0.result = check.result
        $0.checkedAt = check.checkedAt.microseconds
      })
    guard case .active = state, let lost = check.result.lostStanding, lost != account.standing else { return [checked] }
    return [
      checked,
      .standingChanged(
        .with {
          $0.from = account.standing
          $0.to = lost
          $0.source = .register
          $0.effectiveFrom = check.checkedAt.microseconds
        }),
    ]
  }

  private static func changeStanding(
    _ change: ChangeStanding, _ state: RepresentativeState, _ context: DecisionContext
  ) throws(Refusal) -> [Event] {
    try context.require(.adapter, .enrolmentOfficer)
    if state.isClosed { throw Refusal(.accountClosed) }
    guard case .active(let account) = state else { throw Refusal(.accountNotActive) }
    if change.standing == account.standing { return [] }
    var fields = FieldReader()
    fields.check(change.standing != .unspecified, .required(.standing))
    let note = fields.optional(.note, change.note, limit: 500)
    try fields.finish()
    return [
      .standingChanged(
        .with {
          $0.from = account.standing
          $0.to = change.standing
          $0.source = change.source
          $0.effectiveFrom = change.effectiveFrom.microseconds
          if !note.isEmpty { $0.personal.note = note }
        })
    ]
  }

  // MARK: Closing

  private static func close(
    _ close: CloseAccount, _ state: RepresentativeState, _ context: DecisionContext
  ) throws(Refusal) -> [Event] {
    try context.require(.enrolmentOfficer)
    if state.isClosed { throw Refusal(.accountClosed) }
    if state == .none { throw Refusal(.accountNotActive) }
    if close.cause == .requested, close.submittedApplications > 0 {
      throw Refusal(.accountOpenSubmittedApplications, ["n": .count(close.submittedApplications)])
    }
    if close.cause == .unspecified { throw Refusal(because: .required(.reason)) }
    return [
      .accountClosed(
        .with {
          $0.cause = close.cause
          $0.draftsDeleted = UInt32(clamping: close.openDrafts)
        })
    ]
  }
}

extension MembershipResult {
  /// The standing that a register's answer takes from a member; `nil` for an answer that takes nothing.
  fileprivate var lostStanding: Standing? {
    switch self {
    case .suspended: .suspended
    case .revoked: .revoked
    case .goodStanding, .restricted, .notFound, .nameMismatch, .unavailable, .unspecified, .UNRECOGNIZED: nil
    }
  }
}
