// Made by scripts/generate from the .proto files. Do not edit.
import SwiftProtobuf

/// The kinds of streams. The raw value is what the names of the streams begin with; it is frozen.
public enum StreamKind: String, Hashable, Sendable, CaseIterable {
  case application = "app"
  case documentRequest = "doc"
  case credential = "cred"
  case sequence = "seq"
  case reservation = "uniq"
  case privacy = "prv"
  case inbox = "inb"
  case applicationMessage = "msg"
  case package = "pkg"
  case client = "cli"
  case person = "per"
  case representative = "rep"
}

/// Any event of the product, by the kind of stream it belongs to.
public enum DomainEvent: Equatable, Sendable {
  case application(ApplicationEvent.OneOf_Event)
  case documentRequest(DocumentRequestEvent.OneOf_Event)
  case credential(CredentialEvent.OneOf_Event)
  case sequence(SequenceEvent.OneOf_Event)
  case reservation(ReservationEvent.OneOf_Event)
  case privacy(PrivacyEvent.OneOf_Event)
  case inbox(InboxEvent.OneOf_Event)
  case applicationMessage(ApplicationMessageEvent.OneOf_Event)
  case package(PackageEvent.OneOf_Event)
  case client(ClientEvent.OneOf_Event)
  case person(PersonEvent.OneOf_Event)
  case representative(RepresentativeEvent.OneOf_Event)

  /// The kind of stream that the event belongs to.
  public var streamKind: StreamKind {
    switch self {
    case .application: .application
    case .documentRequest: .documentRequest
    case .credential: .credential
    case .sequence: .sequence
    case .reservation: .reservation
    case .privacy: .privacy
    case .inbox: .inbox
    case .applicationMessage: .applicationMessage
    case .package: .package
    case .client: .client
    case .person: .person
    case .representative: .representative
    }
  }

  /// The message that the log stores.
  public var message: any EventMessage {
    switch self {
    case .application(.applicationSubmitted(let message)): message
    case .documentRequest(.documentRequested(let message)): message
    case .documentRequest(.documentRequestAnswered(let message)): message
    case .documentRequest(.documentRequestCompleted(let message)): message
    case .documentRequest(.documentRequestExtended(let message)): message
    case .documentRequest(.documentRequestCancelled(let message)): message
    case .credential(.passwordSet(let message)): message
    case .credential(.passwordChanged(let message)): message
    case .credential(.passwordCheckFailed(let message)): message
    case .credential(.signInSucceeded(let message)): message
    case .credential(.signInFailed(let message)): message
    case .credential(.accountLocked(let message)): message
    case .credential(.accountUnlocked(let message)): message
    case .sequence(.sequenceSet(let message)): message
    case .sequence(.numbersTaken(let message)): message
    case .reservation(.membershipClaimed(let message)): message
    case .reservation(.membershipReleased(let message)): message
    case .privacy(.subjectKeyCreated(let message)): message
    case .privacy(.engineKeyCreated(let message)): message
    case .privacy(.subjectKeyDestroyed(let message)): message
    case .inbox(.accountMessageSent(let message)): message
    case .inbox(.accountMessageRead(let message)): message
    case .inbox(.accountMessageUndeliverable(let message)): message
    case .applicationMessage(.applicationMessageSent(let message)): message
    case .applicationMessage(.applicationMessageRead(let message)): message
    case .package(.applicationCreated(let message)): message
    case .package(.applicantAdded(let message)): message
    case .package(.applicationSaved(let message)): message
    case .package(.applicationDeleted(let message)): message
    case .package(.draftExpired(let message)): message
    case .package(.draftFrozen(let message)): message
    case .package(.draftUnfrozen(let message)): message
    case .package(.packageSubmitted(let message)): message
    case .client(.clientRegistered(let message)): message
    case .person(.personRegistered(let message)): message
    case .representative(.enrolmentRequestSubmitted(let message)): message
    case .representative(.enrolmentDocumentsRequested(let message)): message
    case .representative(.enrolmentDocumentsProvided(let message)): message
    case .representative(.membershipChecked(let message)): message
    case .representative(.enrolmentRequestApproved(let message)): message
    case .representative(.enrolmentRequestRefused(let message)): message
    case .representative(.standingChanged(let message)): message
    case .representative(.accountClosed(let message)): message
    }
  }
}

extension EventType {
  /// Every event type there is.
  public static let all: [EventType] = [
    EventType(ApplicationSubmitted.self, in: .application) { .application(.applicationSubmitted($0)) },
    EventType(DocumentRequested.self, in: .documentRequest) { .documentRequest(.documentRequested($0)) },
    EventType(DocumentRequestAnswered.self, in: .documentRequest) { .documentRequest(.documentRequestAnswered($0)) },
    EventType(DocumentRequestCompleted.self, in: .documentRequest) { .documentRequest(.documentRequestCompleted($0)) },
    EventType(DocumentRequestExtended.self, in: .documentRequest) { .documentRequest(.documentRequestExtended($0)) },
    EventType(DocumentRequestCancelled.self, in: .documentRequest) { .documentRequest(.documentRequestCancelled($0)) },
    EventType(PasswordSet.self, in: .credential) { .credential(.passwordSet($0)) },
    EventType(PasswordChanged.self, in: .credential) { .credential(.passwordChanged($0)) },
    EventType(PasswordCheckFailed.self, in: .credential) { .credential(.passwordCheckFailed($0)) },
    EventType(SignInSucceeded.self, in: .credential) { .credential(.signInSucceeded($0)) },
    EventType(SignInFailed.self, in: .credential) { .credential(.signInFailed($0)) },
    EventType(AccountLocked.self, in: .credential) { .credential(.accountLocked($0)) },
    EventType(AccountUnlocked.self, in: .credential) { .credential(.accountUnlocked($0)) },
    EventType(SequenceSet.self, in: .sequence) { .sequence(.sequenceSet($0)) },
    EventType(NumbersTaken.self, in: .sequence) { .sequence(.numbersTaken($0)) },
    EventType(MembershipClaimed.self, in: .reservation) { .reservation(.membershipClaimed($0)) },
    EventType(MembershipReleased.self, in: .reservation) { .reservation(.membershipReleased($0)) },
    EventType(SubjectKeyCreated.self, in: .privacy) { .privacy(.subjectKeyCreated($0)) },
    EventType(EngineKeyCreated.self, in: .privacy) { .privacy(.engineKeyCreated($0)) },
    EventType(SubjectKeyDestroyed.self, in: .privacy) { .privacy(.subjectKeyDestroyed($0)) },
    EventType(AccountMessageSent.self, in: .inbox) { .inbox(.accountMessageSent($0)) },
    EventType(AccountMessageRead.self, in: .inbox) { .inbox(.accountMessageRead($0)) },
    EventType(AccountMessageUndeliverable.self, in: .inbox) { .inbox(.accountMessageUndeliverable($0)) },
    EventType(ApplicationMessageSent.self, in: .applicationMessage) { .applicationMessage(.applicationMessageSent($0)) },
    EventType(ApplicationMessageRead.self, in: .applicationMessage) { .applicationMessage(.applicationMessageRead($0)) },
    EventType(ApplicationCreated.self, in: .package) { .package(.applicationCreated($0)) },
    EventType(ApplicantAdded.self, in: .package) { .package(.applicantAdded($0)) },
    EventType(ApplicationSaved.self, in: .package) { .package(.applicationSaved($0)) },
    EventType(ApplicationDeleted.self, in: .package) { .package(.applicationDeleted($0)) },
    EventType(DraftExpired.self, in: .package) { .package(.draftExpired($0)) },
    EventType(DraftFrozen.self, in: .package) { .package(.draftFrozen($0)) },
    EventType(DraftUnfrozen.self, in: .package) { .package(.draftUnfrozen($0)) },
    EventType(PackageSubmitted.self, in: .package) { .package(.packageSubmitted($0)) },
    EventType(ClientRegistered.self, in: .client) { .client(.clientRegistered($0)) },
    EventType(PersonRegistered.self, in: .person) { .person(.personRegistered($0)) },
    EventType(EnrolmentRequestSubmitted.self, in: .representative) { .representative(.enrolmentRequestSubmitted($0)) },
    EventType(EnrolmentDocumentsRequested.self, in: .representative) { .representative(.enrolmentDocumentsRequested($0)) },
    EventType(EnrolmentDocumentsProvided.self, in: .representative) { .representative(.enrolmentDocumentsProvided($0)) },
    EventType(MembershipChecked.self, in: .representative) { .representative(.membershipChecked($0)) },
    EventType(EnrolmentRequestApproved.self, in: .representative) { .representative(.enrolmentRequestApproved($0)) },
    EventType(EnrolmentRequestRefused.self, in: .representative) { .representative(.enrolmentRequestRefused($0)) },
    EventType(StandingChanged.self, in: .representative) { .representative(.standingChanged($0)) },
    EventType(AccountClosed.self, in: .representative) { .representative(.accountClosed($0)) },
  ]
}

extension ApplicationSubmitted: EventMessage {}
extension DocumentRequested: PersonalEventMessage {}
extension DocumentRequestAnswered: PersonalEventMessage {}
extension DocumentRequestCompleted: EventMessage {}
extension DocumentRequestExtended: EventMessage {}
extension DocumentRequestCancelled: EventMessage {}
extension PasswordSet: EventMessage {}
extension PasswordChanged: EventMessage {}
extension PasswordCheckFailed: EventMessage {}
extension SignInSucceeded: EventMessage {}
extension SignInFailed: EventMessage {}
extension AccountLocked: EventMessage {}
extension AccountUnlocked: EventMessage {}
extension SequenceSet: EventMessage {}
extension NumbersTaken: EventMessage {}
extension MembershipClaimed: EventMessage {}
extension MembershipReleased: EventMessage {}
extension SubjectKeyCreated: EventMessage {}
extension EngineKeyCreated: EventMessage {}
extension SubjectKeyDestroyed: EventMessage {}
extension AccountMessageSent: PersonalEventMessage {}
extension AccountMessageRead: EventMessage {}
extension AccountMessageUndeliverable: EventMessage {}
extension ApplicationMessageSent: PersonalEventMessage {}
extension ApplicationMessageRead: EventMessage {}
extension ApplicationCreated: EventMessage {}
extension ApplicantAdded: PersonalEventMessage {}
extension ApplicationSaved: PersonalEventMessage {}
extension ApplicationDeleted: EventMessage {}
extension DraftExpired: EventMessage {}
extension DraftFrozen: EventMessage {}
extension DraftUnfrozen: EventMessage {}
extension PackageSubmitted: EventMessage {}
extension ClientRegistered: PersonalEventMessage {}
extension PersonRegistered: PersonalEventMessage {}
extension EnrolmentRequestSubmitted: PersonalEventMessage {}
extension EnrolmentDocumentsRequested: PersonalEventMessage {}
extension EnrolmentDocumentsProvided: EventMessage {}
extension MembershipChecked: EventMessage {}
extension EnrolmentRequestApproved: EventMessage {}
extension EnrolmentRequestRefused: PersonalEventMessage {}
extension StandingChanged: PersonalEventMessage {}
extension AccountClosed: EventMessage {}

extension ApplicationEvent.OneOf_Event: StreamEvents {
  public static var kind: StreamKind { .application }
  public static var types: [any EventMessage.Type] { [ApplicationSubmitted.self] }
  public var event: DomainEvent { .application(self) }
  public init?(_ event: DomainEvent) {
    guard case .application(let event) = event else { return nil }
    self = event
  }
}

extension DocumentRequestEvent.OneOf_Event: StreamEvents {
  public static var kind: StreamKind { .documentRequest }
  public static var types: [any EventMessage.Type] { [DocumentRequested.self, DocumentRequestAnswered.self, DocumentRequestCompleted.self, DocumentRequestExtended.self, DocumentRequestCancelled.self] }
  public var event: DomainEvent { .documentRequest(self) }
  public init?(_ event: DomainEvent) {
    guard case .documentRequest(let event) = event else { return nil }
    self = event
  }
}

extension CredentialEvent.OneOf_Event: StreamEvents {
  public static var kind: StreamKind { .credential }
  public static var types: [any EventMessage.Type] { [PasswordSet.self, PasswordChanged.self, PasswordCheckFailed.self, SignInSucceeded.self, SignInFailed.self, AccountLocked.self, AccountUnlocked.self] }
  public var event: DomainEvent { .credential(self) }
  public init?(_ event: DomainEvent) {
    guard case .credential(let event) = event else { return nil }
    self = event
  }
}

extension SequenceEvent.OneOf_Event: StreamEvents {
  public static var kind: StreamKind { .sequence }
  public static var types: [any EventMessage.Type] { [SequenceSet.self, NumbersTaken.self] }
  public var event: DomainEvent { .sequence(self) }
  public init?(_ event: DomainEvent) {
    guard case .sequence(let event) = event else { return nil }
    self = event
  }
}

extension ReservationEvent.OneOf_Event: StreamEvents {
  public static var kind: StreamKind { .reservation }
  public static var types: [any EventMessage.Type] { [MembershipClaimed.self, MembershipReleased.self] }
  public var event: DomainEvent { .reservation(self) }
  public init?(_ event: DomainEvent) {
    guard case .reservation(let event) = event else { return nil }
    self = event
  }
}

extension PrivacyEvent.OneOf_Event: StreamEvents {
  public static var kind: StreamKind { .privacy }
  public static var types: [any EventMessage.Type] { [SubjectKeyCreated.self, EngineKeyCreated.self, SubjectKeyDestroyed.self] }
  public var event: DomainEvent { .privacy(self) }
  public init?(_ event: DomainEvent) {
    guard case .privacy(let event) = event else { return nil }
    self = event
  }
}

extension InboxEvent.OneOf_Event: StreamEvents {
  public static var kind: StreamKind { .inbox }
  public static var types: [any EventMessage.Type] { [AccountMessageSent.self, AccountMessageRead.self, AccountMessageUndeliverable.self] }
  public var event: DomainEvent { .inbox(self) }
  public init?(_ event: DomainEvent) {
    guard case .inbox(let event) = event else { return nil }
    self = event
  }
}

extension ApplicationMessageEvent.OneOf_Event: StreamEvents {
  public static var kind: StreamKind { .applicationMessage }
  public static var types: [any EventMessage.Type] { [ApplicationMessageSent.self, ApplicationMessageRead.self] }
  public var event: DomainEvent { .applicationMessage(self) }
  public init?(_ event: DomainEvent) {
    guard case .applicationMessage(let event) = event else { return nil }
    self = event
  }
}

extension PackageEvent.OneOf_Event: StreamEvents {
  public static var kind: StreamKind { .package }
  public static var types: [any EventMessage.Type] { [ApplicationCreated.self, ApplicantAdded.self, ApplicationSaved.self, ApplicationDeleted.self, DraftExpired.self, DraftFrozen.self, DraftUnfrozen.self, PackageSubmitted.self] }
  public var event: DomainEvent { .package(self) }
  public init?(_ event: DomainEvent) {
    guard case .package(let event) = event else { return nil }
    self = event
  }
}

extension ClientEvent.OneOf_Event: StreamEvents {
  public static var kind: StreamKind { .client }
  public static var types: [any EventMessage.Type] { [ClientRegistered.self] }
  public var event: DomainEvent { .client(self) }
  public init?(_ event: DomainEvent) {
    guard case .client(let event) = event else { return nil }
    self = event
  }
}

extension PersonEvent.OneOf_Event: StreamEvents {
  public static var kind: StreamKind { .person }
  public static var types: [any EventMessage.Type] { [PersonRegistered.self] }
  public var event: DomainEvent { .person(self) }
  public init?(_ event: DomainEvent) {
    guard case .person(let event) = event else { return nil }
    self = event
  }
}

extension RepresentativeEvent.OneOf_Event: StreamEvents {
  public static var kind: StreamKind { .representative }
  public static var types: [any EventMessage.Type] { [EnrolmentRequestSubmitted.self, EnrolmentDocumentsRequested.self, EnrolmentDocumentsProvided.self, MembershipChecked.self, EnrolmentRequestApproved.self, EnrolmentRequestRefused.self, StandingChanged.self, AccountClosed.self] }
  public var event: DomainEvent { .representative(self) }
  public init?(_ event: DomainEvent) {
    guard case .representative(let event) = event else { return nil }
    self = event
  }
}
