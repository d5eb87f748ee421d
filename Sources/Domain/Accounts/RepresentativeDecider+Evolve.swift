import Foundation
import Schema

extension RepresentativeDecider {
  public static func evolve(_ state: RepresentativeState, with event: Event, at time: Instant) -> RepresentativeState {
    if case .enrolmentRequestSubmitted(let submitted) = event { return .enrolmentSubmitted(Account(submitted)) }
    guard var account = state.account else { return state }
    switch event {
    case .enrolmentRequestSubmitted:
      return state
    case .enrolmentDocumentsRequested(let requested):
      return .documentsRequested(account, dueDay: CivilDay(number: requested.dueDay))
    case .enrolmentDocumentsProvided:
      return .enrolmentSubmitted(account)
    case .membershipChecked(let checked):
      account.lastCheck = MembershipCheck(
        result: checked.result, checkedAt: Instant(microseconds: checked.checkedAt))
      return state.replacing(account)
    case .enrolmentRequestApproved(let approved):
      account.representativeID = approved.representativeID
      account.standing = .good
      return .active(account)
    case .enrolmentRequestRefused:
      return .refused(account)
    case .standingChanged(let changed):
      account.standing = changed.to
      return state.replacing(account)
    case .accountClosed:
      return .closed(account)
    }
  }
}

extension Account {
  init(_ submitted: EnrolmentRequestSubmitted) {
    self.init(
      id: UUID(orZero: submitted.accountID), requestID: UUID(orZero: submitted.requestID),
      governingBody: submitted.governingBody, membershipKey: submitted.membershipKey, language: submitted.language,
      standing: .unspecified)
  }
}

extension RepresentativeState {
  /// The account whose enrolment waits for a decision; `nil` if there is none, or if papers were not provided in time.
  func openEnrolment(at now: Instant) -> Account? {
    switch self {
    case .enrolmentSubmitted(let account): account
    case .documentsRequested(let account, let dueDay): now <= dueDay.lastInstant ? account : nil
    case .none, .active, .refused, .closed: nil
    }
  }

  func replacing(_ account: Account) -> RepresentativeState {
    switch self {
    case .none: .none
    case .enrolmentSubmitted: .enrolmentSubmitted(account)
    case .documentsRequested(_, let dueDay): .documentsRequested(account, dueDay: dueDay)
    case .active: .active(account)
    case .refused: .refused(account)
    case .closed: .closed(account)
    }
  }
}

/// What a representative is about to do, as far as their standing matters.
enum StandingUse {
  /// To start or submit an application.
  case starting
  /// To go on with what there is: save, delete, answer, read. A restricted member may.
  case working
}

extension DecisionContext {
  /// The check that commands about applications begin with, after the role: the account is active and its standing allows it.
  /// - Throws: `account.closed`, `account.not_active`, `standing.not_good`, in this order.
  func requireStanding(_ use: StandingUse) throws(Refusal) {
    if account.isClosed { throw Refusal(.accountClosed) }
    guard case .active(let active) = account else { throw Refusal(.accountNotActive) }
    guard active.standing == .good || (use == .working && active.standing == .restricted) else {
      throw Refusal(.standingNotGood)
    }
  }

  /// Whom a message for the contact of an application reaches: the representative as long as they may read it, else the
  /// client.
  var contact: ApplicationMessageSent.Audience {
    guard case .active(let active) = account, active.standing == .good || active.standing == .restricted else {
      return .client
    }
    return .contact
  }
}
