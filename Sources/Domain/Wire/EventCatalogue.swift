import Foundation
import Schema
import SwiftProtobuf

/// Every event type there is: the one place where a stored name meets the message that reads it.
public enum EventCatalogue {
  /// One event type.
  public struct Entry: Sendable {
    /// The frozen name, for example `dossier.v1.ApplicationSubmitted`.
    public let name: String
    public let stream: StreamKind
    /// The event with nothing in it.
    let blank: DomainEvent
    /// Reads the clear part and, if it is known, the opened personal part.
    let decode: @Sendable (_ clear: RawSpan, _ personal: Data?) throws -> DomainEvent
  }

  /// - Returns: `nil` if this build does not know the type.
  public static func entry(named name: String) -> Entry? { byName[name] }

  public static let all: [Entry] = [
    type(EnrolmentRequestSubmitted.self, .representative) { .representative(.enrolmentRequestSubmitted($0)) },
    type(EnrolmentDocumentsRequested.self, .representative) { .representative(.enrolmentDocumentsRequested($0)) },
    type(EnrolmentDocumentsProvided.self, .representative) { .representative(.enrolmentDocumentsProvided($0)) },
    type(MembershipChecked.self, .representative) { .representative(.membershipChecked($0)) },
    type(EnrolmentRequestApproved.self, .representative) { .representative(.enrolmentRequestApproved($0)) },
    type(EnrolmentRequestRefused.self, .representative) { .representative(.enrolmentRequestRefused($0)) },
    type(StandingChanged.self, .representative) { .representative(.standingChanged($0)) },
    type(AccountClosed.self, .representative) { .representative(.accountClosed($0)) },
    type(PasswordSet.self, .credential) { .credential(.passwordSet($0)) },
    type(PasswordChanged.self, .credential) { .credential(.passwordChanged($0)) },
    type(PasswordCheckFailed.self, .credential) { .credential(.passwordCheckFailed($0)) },
    type(AccountMessageSent.self, .inbox) { .inbox(.accountMessageSent($0)) },
    type(AccountMessageRead.self, .inbox) { .inbox(.accountMessageRead($0)) },
    type(AccountMessageUndeliverable.self, .inbox) { .inbox(.accountMessageUndeliverable($0)) },
    type(ApplicationCreated.self, .package) { .package(.applicationCreated($0)) },
    type(ApplicantAdded.self, .package) { .package(.applicantAdded($0)) },
    type(ApplicationSaved.self, .package) { .package(.applicationSaved($0)) },
    type(ApplicationDeleted.self, .package) { .package(.applicationDeleted($0)) },
    type(DraftExpired.self, .package) { .package(.draftExpired($0)) },
    type(DraftFrozen.self, .package) { .package(.draftFrozen($0)) },
    type(DraftUnfrozen.self, .package) { .package(.draftUnfrozen($0)) },
    type(PackageSubmitted.self, .package) { .package(.packageSubmitted($0)) },
    type(ApplicationSubmitted.self, .application) { .application(.applicationSubmitted($0)) },
    type(DocumentRequested.self, .documentRequests) { .documentRequest(.documentRequested($0)) },
    type(DocumentRequestAnswered.self, .documentRequests) { .documentRequest(.documentRequestAnswered($0)) },
    type(DocumentRequestCompleted.self, .documentRequests) { .documentRequest(.documentRequestCompleted($0)) },
    type(ApplicationMessageSent.self, .applicationMessages) { .applicationMessage(.applicationMessageSent($0)) },
    type(ApplicationMessageRead.self, .applicationMessages) { .applicationMessage(.applicationMessageRead($0)) },
    type(ClientRegistered.self, .client) { .client(.clientRegistered($0)) },
    type(PersonRegistered.self, .person) { .client(.personRegistered($0)) },
    type(SequenceSet.self, .sequence) { .sequence(.sequenceSet($0)) },
    type(NumbersTaken.self, .sequence) { .sequence(.numbersTaken($0)) },
    type(MembershipClaimed.self, .reservation) { .reservation(.membershipClaimed($0)) },
    type(MembershipReleased.self, .reservation) { .reservation(.membershipReleased($0)) },
    type(SubjectKeyCreated.self, .privacy) { .privacy(.subjectKeyCreated($0)) },
    type(EngineKeyCreated.self, .privacy) { .privacy(.engineKeyCreated($0)) },
    type(SubjectKeyDestroyed.self, .privacy) { .privacy(.subjectKeyDestroyed($0)) },
  ]

  private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

  private static func type<M: EventMessage>(
    _ message: M.Type, _ stream: StreamKind, _ event: @escaping @Sendable (M) -> DomainEvent
  ) -> Entry {
    Entry(name: M.protoMessageName, stream: stream, blank: event(M())) { clear, personal in
      guard personal == nil else { throw WireError.malformed(type: M.protoMessageName) }
      return event(try M(serializedBytes: clear))
    }
  }

  private static func type<M: PersonalEventMessage>(
    _ message: M.Type, _ stream: StreamKind, _ event: @escaping @Sendable (M) -> DomainEvent
  ) -> Entry {
    Entry(name: M.protoMessageName, stream: stream, blank: event(M())) { clear, personal in
      var message = try M(serializedBytes: clear)
      guard !message.hasPersonal else { throw WireError.malformed(type: M.protoMessageName) }
      if let personal { message.personal = try M.Personal(serializedBytes: personal) }
      return event(message)
    }
  }
}
