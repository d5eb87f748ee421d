import Foundation
import Schema

/// What follows from an event in other streams, in the same append (domain.md 2.18, 2.19).
///
/// Pure: the same event gives the same texts. A rebuild calls none of this, so nothing is ever sent twice.
public enum Reactions {
  /// - Parameters:
  ///   - id: The identifier of `event`, which the messages name as their source.
  ///   - package, application: What the event belongs to, with the event folded in; needed for events of packages and of
  ///     document requests.
  ///   - context: Its account has the event folded in too.
  public static func to(
    _ event: DomainEvent, id: UUID, package: PackageState = .none, application: ApplicationState = .none,
    context: DecisionContext
  ) -> [StreamEvent] {
    switch event {
    case .representative(let event): messages(after: event, id, context)
    case .credential(.passwordChanged): inbox(.passwordChanged, ["date": .day(context.today)], source: id, context)
    case .package(.draftExpired): expiry(of: package, id, context)
    case .package(.packageSubmitted): submission(of: package, id, context)
    case .documentRequest(let event): messages(after: event, about: application, id, context)
    default: []
    }
  }

  /// What each open draft of the account has to do after the event; drafts that it does not fit ignore it.
  public static func draftCommand(after event: RepresentativeEvent.OneOf_Event) -> PackageCommand? {
    switch event {
    case .standingChanged(let changed):
      switch changed.to {
      case .suspended, .revoked, .resigned, .deceased: .freeze(.standing)
      case .good: .unfreeze(.standing)
      case .restricted, .unspecified, .UNRECOGNIZED: nil
      }
    case .accountClosed: .delete(.accountClosed)
    default: nil
    }
  }

  /// Whether the event ends the account's claim to its membership, so that the member may enrol again.
  public static func releasesMembership(_ event: RepresentativeEvent.OneOf_Event) -> Bool {
    switch event {
    case .enrolmentRequestRefused, .accountClosed: true
    default: false
    }
  }

  // MARK: Account messages

  private static func messages(
    after event: RepresentativeEvent.OneOf_Event, _ id: UUID, _ context: DecisionContext
  ) -> [StreamEvent] {
    switch event {
    case .enrolmentRequestSubmitted:
      return inbox(.enrolmentSubmitted, ["date": .day(context.today)], source: id, context)
    case .enrolmentDocumentsRequested(let requested):
      let slots = requested.itemTypes.compactMap(DocumentSlot.init(rawValue:))
      let facts: [String: Fact] = [
        "list": .labels(slots.map(\.label)), "date": .day(CivilDay(number: requested.dueDay)),
      ]
      return inbox(.enrolmentDocumentsRequested, facts, source: id, context)
    case .enrolmentDocumentsProvided:
      return inbox(.enrolmentDocumentsReceived, [:], source: id, context)
    case .enrolmentRequestApproved(let approved):
      return inbox(.enrolmentApproved, ["number": .name(approved.representativeID)], source: id, context)
    case .enrolmentRequestRefused(let refused):
      let typed = refused.personal.reasonText
      let reason: Fact = typed.isEmpty ? .label(refused.reason.label) : .name(typed)
      return inbox(.enrolmentRefused, ["reason": reason], source: id, context)
    case .standingChanged(let changed):
      return inbox(.standingUpdated, ["standing": .label(changed.to.label)], source: id, context)
    case .membershipChecked, .accountClosed:
      return []
    }
  }

  private static func expiry(of package: PackageState, _ id: UUID, _ context: DecisionContext) -> [StreamEvent] {
    guard let draft = package.draft else { return [] }
    let facts: [String: Fact] = ["number": .name(String(draft.number)), "date": .day(draft.deadlineDay)]
    return inbox(.draftExpired, facts, source: id, context)
  }

  /// A message to the account, or the note that it could not be delivered because the account is closed.
  private static func inbox(
    _ template: MessageTemplate, _ facts: [String: Fact], source: UUID, _ context: DecisionContext
  ) -> [StreamEvent] {
    guard let account = context.account.account else { return [] }
    let event: InboxEvent.OneOf_Event =
      context.account.isClosed
      ? .accountMessageUndeliverable(
        .with {
          $0.templateKey = template.rawValue
          $0.sourceEventID = source.data
        })
      : .accountMessageSent(
        .with {
          $0.messageID = context.newIdentifier().data
          $0.text = template.text(in: account.language)
          $0.sourceEventID = source.data
          $0.personal.body = template.body(in: account.language, with: facts)
        })
    return [.inbox(event, account: account.id)]
  }

  // MARK: Application messages

  /// Every member's application begins, and its confirmation is sent.
  private static func submission(of package: PackageState, _ id: UUID, _ context: DecisionContext) -> [StreamEvent] {
    guard case .submitted(let package) = package else { return [] }
    return package.members.flatMap { member in
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
      let facts: [String: Fact] = [
        "number": .name(application.number), "date": .day(CivilDay(of: package.submittedAt)),
      ]
      return [
        .application(.applicationSubmitted(submitted), application: application),
        message(.submissionConfirmation, facts, about: application, source: id, context),
      ]
    }
  }

  private static func messages(
    after event: DocumentRequestEvent.OneOf_Event, about application: ApplicationState, _ id: UUID,
    _ context: DecisionContext
  ) -> [StreamEvent] {
    guard let application = application.application else { return [] }
    let number = Fact.name(application.number)
    switch event {
    case .documentRequested(let requested):
      let slots = requested.items.compactMap { DocumentSlot(rawValue: $0.slot) }
      let facts: [String: Fact] = [
        "number": number, "list": .labels(slots.map(\.label)), "date": .day(CivilDay(number: requested.dueDay)),
      ]
      return [
        message(.documentsRequested, facts, about: application, source: id, request: requested.requestID, context)
      ]
    case .documentRequestCompleted:
      return [message(.documentsReceived, ["number": number], about: application, source: id, context)]
    case .documentRequestAnswered:
      return []
    }
  }

  private static func message(
    _ template: MessageTemplate, _ facts: [String: Fact], about application: SubmittedApplication, source: UUID,
    request: Data = Data(), _ context: DecisionContext
  ) -> StreamEvent {
    let language = context.account.language
    return .applicationMessage(
      .applicationMessageSent(
        .with {
          $0.messageID = context.newIdentifier().data
          $0.applicationID = application.id.data
          $0.audience = .contact
          $0.text = template.text(in: language)
          $0.sourceEventID = source.data
          $0.requestID = request
          $0.personal.body = template.body(in: language, with: facts)
        }), application: application)
  }
}
