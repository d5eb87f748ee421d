import Foundation
import Schema

/// An event with its place: the one home of which stream, which tags and which data subject an event has.
public struct StreamEvent: Equatable, Sendable {
  public let stream: String
  public let event: DomainEvent
  /// At most 8. The engine adds `command:` to the first event of an append.
  public let tags: [String]
  /// Whose personal data the event holds; `nil` if none.
  public let subject: UUID?
}

extension StreamEvent {
  public static func representative(_ event: RepresentativeEvent.OneOf_Event, account: UUID) -> StreamEvent {
    var tags = [TagNames.representative(account)]
    if case .enrolmentRequestApproved(let approved) = event {
      tags.append(TagNames.representativeID(approved.representativeID))
    }
    return .init(stream: StreamNames.representative(account), event: .representative(event), tags: tags, subject: account)
  }

  public static func credential(_ event: CredentialEvent.OneOf_Event, account: UUID) -> StreamEvent {
    .init(
      stream: StreamNames.credential(account), event: .credential(event), tags: [TagNames.representative(account)],
      subject: nil)
  }

  public static func inbox(_ event: InboxEvent.OneOf_Event, account: UUID) -> StreamEvent {
    .init(
      stream: StreamNames.inbox(account), event: .inbox(event), tags: [TagNames.representative(account)],
      subject: account)
  }

  /// - Parameter draft: The package with the event folded in.
  public static func package(_ event: PackageEvent.OneOf_Event, draft: Draft) -> StreamEvent {
    var tags = [TagNames.representative(draft.accountID), TagNames.package(draft.number)]
    if let number = draft.borderNumber { tags.append(TagNames.application(number)) }
    var subject: UUID?
    if case .applicationSaved(let saved) = event { subject = UUID(orZero: saved.personID) }
    return .init(stream: StreamNames.package(draft.packageID), event: .package(event), tags: tags, subject: subject)
  }

  /// The registration of an applicant of a package.
  public static func client(_ event: ClientEvent.OneOf_Event, draft: Draft) -> StreamEvent {
    let (stream, subject) =
      switch event {
      case .clientRegistered(let client): (StreamNames.client(UUID(orZero: client.clientID)), client.clientID)
      case .personRegistered(let person): (StreamNames.person(UUID(orZero: person.personID)), person.personID)
      }
    return .init(
      stream: stream, event: .client(event),
      tags: [TagNames.representative(draft.accountID), TagNames.package(draft.number)], subject: UUID(orZero: subject))
  }

  public static func application(
    _ event: ApplicationEvent.OneOf_Event, application: SubmittedApplication
  ) -> StreamEvent {
    .init(
      stream: StreamNames.application(application.id), event: .application(event), tags: application.tags, subject: nil)
  }

  public static func documentRequest(
    _ event: DocumentRequestEvent.OneOf_Event, application: SubmittedApplication
  ) -> StreamEvent {
    .init(
      stream: StreamNames.documentRequests(application.id), event: .documentRequest(event), tags: application.tags,
      subject: application.personID)
  }

  public static func applicationMessage(
    _ event: ApplicationMessageEvent.OneOf_Event, application: SubmittedApplication
  ) -> StreamEvent {
    .init(
      stream: StreamNames.applicationMessages(application.id), event: .applicationMessage(event),
      tags: application.tags, subject: application.personID)
  }

  public static func sequence(_ event: SequenceEvent.OneOf_Event, name: SequenceName) -> StreamEvent {
    .init(stream: StreamNames.sequence(name), event: .sequence(event), tags: [], subject: nil)
  }

  public static func reservation(
    _ event: ReservationEvent.OneOf_Event, membershipKey: Data, account: UUID
  ) -> StreamEvent {
    .init(
      stream: StreamNames.membership(membershipKey), event: .reservation(event),
      tags: [TagNames.representative(account)], subject: nil)
  }

  /// - Parameter account: The representative whose command made the subject known.
  public static func privacy(_ event: PrivacyEvent.OneOf_Event, account: UUID) -> StreamEvent {
    let (stream, tags) =
      switch event {
      case .subjectKeyCreated(let key): (StreamNames.privacy(UUID(orZero: key.subjectID)), [TagNames.representative(account)])
      case .subjectKeyDestroyed(let key): (StreamNames.privacy(UUID(orZero: key.subjectID)), [TagNames.representative(account)])
      case .engineKeyCreated: (StreamNames.engineKey, [])
      }
    return .init(stream: stream, event: .privacy(event), tags: tags, subject: nil)
  }
}

extension SubmittedApplication {
  var tags: [String] {
    [TagNames.representative(accountID), TagNames.package(packageNumber), TagNames.application(number)]
  }
}
