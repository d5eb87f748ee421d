import Foundation
import Schema
import SwiftProtobuf

/// Any event of the product, by the kind of stream it belongs to.
public enum DomainEvent: Equatable, Sendable {
  case representative(RepresentativeEvent.OneOf_Event)
  case credential(CredentialEvent.OneOf_Event)
  case inbox(InboxEvent.OneOf_Event)
  case package(PackageEvent.OneOf_Event)
  case application(ApplicationEvent.OneOf_Event)
  case documentRequest(DocumentRequestEvent.OneOf_Event)
  case applicationMessage(ApplicationMessageEvent.OneOf_Event)
  case client(ClientEvent.OneOf_Event)
  case sequence(SequenceEvent.OneOf_Event)
  case reservation(ReservationEvent.OneOf_Event)
  case privacy(PrivacyEvent.OneOf_Event)
}

extension DomainEvent {
  /// The message that the log stores.
  public var message: any EventMessage {
    switch self {
    case .representative(.enrolmentRequestSubmitted(let message)): message
    case .representative(.enrolmentDocumentsRequested(let message)): message
    case .representative(.enrolmentDocumentsProvided(let message)): message
    case .representative(.membershipChecked(let message)): message
    case .representative(.enrolmentRequestApproved(let message)): message
    case .representative(.enrolmentRequestRefused(let message)): message
    case .representative(.standingChanged(let message)): message
    case .representative(.accountClosed(let message)): message
    case .credential(.passwordSet(let message)): message
    case .credential(.passwordChanged(let message)): message
    case .credential(.passwordCheckFailed(let message)): message
    case .inbox(.accountMessageSent(let message)): message
    case .inbox(.accountMessageRead(let message)): message
    case .inbox(.accountMessageUndeliverable(let message)): message
    case .package(.applicationCreated(let message)): message
    case .package(.applicantAdded(let message)): message
    case .package(.applicationSaved(let message)): message
    case .package(.applicationDeleted(let message)): message
    case .package(.draftExpired(let message)): message
    case .package(.draftFrozen(let message)): message
    case .package(.draftUnfrozen(let message)): message
    case .package(.packageSubmitted(let message)): message
    case .application(.applicationSubmitted(let message)): message
    case .documentRequest(.documentRequested(let message)): message
    case .documentRequest(.documentRequestAnswered(let message)): message
    case .documentRequest(.documentRequestCompleted(let message)): message
    case .applicationMessage(.applicationMessageSent(let message)): message
    case .applicationMessage(.applicationMessageRead(let message)): message
    case .client(.clientRegistered(let message)): message
    case .client(.personRegistered(let message)): message
    case .sequence(.sequenceSet(let message)): message
    case .sequence(.numbersTaken(let message)): message
    case .reservation(.membershipClaimed(let message)): message
    case .reservation(.membershipReleased(let message)): message
    case .privacy(.subjectKeyCreated(let message)): message
    case .privacy(.engineKeyCreated(let message)): message
    case .privacy(.subjectKeyDestroyed(let message)): message
    }
  }
}
