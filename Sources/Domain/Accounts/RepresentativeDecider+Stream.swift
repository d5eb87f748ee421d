import Foundation
import Schema

extension RepresentativeDecider {
  public static var isWholeInLastEvent: Bool { false }

  public static func name(of account: UUID) -> String { StreamNames.representative(account) }

  public static func place(_ event: Event, in state: RepresentativeState, _ account: UUID) -> Place {
    var tags = [TagNames.representative(account)]
    if case .enrolmentRequestApproved(let approved) = event {
      tags.append(TagNames.representativeID(approved.representativeID))
    }
    if case .enrolmentRequestSubmitted(let submitted) = event, !submitted.emailKey.isEmpty {
      tags.append(TagNames.email(submitted.emailKey))
    }
    return Place(tags: tags, subject: account)
  }

  /// The message to the account, what its drafts have to do, and the end of its claim to a membership.
  public static func react(
    to event: Event, _ eventID: UUID, in state: RepresentativeState, _ account: UUID, _ attempt: inout some Attempt
  ) throws {
    if let (template, facts) = message(about: event, attempt.context) {
      try attempt.tell(template, facts, source: eventID)
    }
    if let command = draftCommand(after: event) {
      for draft in try attempt.facts.roster(of: account).drafts {
        try attempt.decide(PackageDecider.self, draft.package, command)
      }
    }
    if endsMembership(event), let key = state.account?.membershipKey {
      try attempt.decide(
        ReservationDecider.self, ReservationID(membershipKey: key, account: account), .release(account: account))
    }
  }

  private static func message(
    about event: Event, _ context: DecisionContext
  ) -> (MessageTemplate, [String: Fact])? {
    switch event {
    case .enrolmentRequestSubmitted:
      return (.enrolmentSubmitted, ["date": .day(context.today)])
    case .enrolmentDocumentsRequested(let requested):
      let slots = requested.itemTypes.compactMap(DocumentSlot.init(rawValue:))
      return (
        .enrolmentDocumentsRequested,
        ["list": .labels(slots.map(\.label)), "date": .day(CivilDay(number: requested.dueDay))]
      )
    case .enrolmentDocumentsProvided:
      return (.enrolmentDocumentsReceived, [:])
    case .enrolmentRequestApproved(let approved):
      return (.enrolmentApproved, ["number": .name(approved.representativeID)])
    case .enrolmentRequestRefused(let refused):
      let typed = refused.personal.reasonText
      return (.enrolmentRefused, ["reason": typed.isEmpty ? .label(refused.reason.label) : .name(typed)])
    case .standingChanged(let changed):
      return (.standingUpdated, ["standing": .label(changed.to.label)])
    case .membershipChecked, .accountClosed:
      return nil
    }
  }

  /// What each open draft of the account has to do after the event; drafts that it does not fit ignore it.
  private static func draftCommand(after event: Event) -> PackageCommand? {
    switch event {
    case .standingChanged(let changed):
      switch changed.to {
      case .suspended, .revoked, .resigned, .deceased: .freeze(.standing)
      case .good: .unfreeze(.standing)
      case .restricted, .unspecified, .UNRECOGNIZED: nil
      }
    case .accountClosed: .delete(.accountClosed)
    case .enrolmentRequestSubmitted, .enrolmentDocumentsRequested, .enrolmentDocumentsProvided, .membershipChecked,
      .enrolmentRequestApproved, .enrolmentRequestRefused:
      nil
    }
  }

  /// Whether the event ends the account's claim to its membership, so that the member may enrol again.
  private static func endsMembership(_ event: Event) -> Bool {
    switch event {
    case .enrolmentRequestRefused, .accountClosed: true
    case .enrolmentRequestSubmitted, .enrolmentDocumentsRequested, .enrolmentDocumentsProvided, .membershipChecked,
      .enrolmentRequestApproved, .standingChanged:
      false
    }
  }

  public static func told(by event: Event) -> [CommandResult] {
    switch event {
    case .enrolmentRequestSubmitted(let submitted): UUID(submitted.accountID).map { [.account($0)] } ?? []
    case .enrolmentRequestApproved(let approved): [.representativeID(approved.representativeID)]
    case .enrolmentDocumentsRequested, .enrolmentDocumentsProvided, .membershipChecked, .enrolmentRequestRefused,
      .standingChanged, .accountClosed:
      []
    }
  }

  public static func trace(of refusal: Refusal, in state: RepresentativeState, _ context: DecisionContext) -> [Event] { [] }
  public static func refusal(recordedBy event: Event) -> Refusal? { nil }
}
