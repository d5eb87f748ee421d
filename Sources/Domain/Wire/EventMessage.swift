import Foundation
import Schema
import SwiftProtobuf

/// A message that the log stores as an event. Its type name is the message's full name, frozen: `dossier.v1.AccountClosed`.
public protocol EventMessage: SwiftProtobuf.Message, Hashable {}

/// An event with personal data of one data subject, which is stored sealed and apart from the rest.
public protocol PersonalEventMessage: EventMessage {
  associatedtype Personal: SwiftProtobuf.Message, Hashable
  var personal: Personal { get set }
  var hasPersonal: Bool { get }
  mutating func clearPersonal()
}

extension EnrolmentRequestSubmitted: PersonalEventMessage {}
extension EnrolmentDocumentsRequested: PersonalEventMessage {}
extension EnrolmentDocumentsProvided: EventMessage {}
extension MembershipChecked: EventMessage {}
extension EnrolmentRequestApproved: EventMessage {}
extension EnrolmentRequestRefused: PersonalEventMessage {}
extension StandingChanged: PersonalEventMessage {}
extension AccountClosed: EventMessage {}
extension PasswordSet: EventMessage {}
extension PasswordChanged: EventMessage {}
extension PasswordCheckFailed: EventMessage {}
extension AccountMessageSent: PersonalEventMessage {}
extension AccountMessageRead: EventMessage {}
extension AccountMessageUndeliverable: EventMessage {}
extension ApplicationCreated: EventMessage {}
extension ApplicantAdded: EventMessage {}
extension ApplicationSaved: PersonalEventMessage {}
extension ApplicationDeleted: EventMessage {}
extension DraftExpired: EventMessage {}
extension DraftFrozen: EventMessage {}
extension DraftUnfrozen: EventMessage {}
extension PackageSubmitted: EventMessage {}
extension ApplicationSubmitted: EventMessage {}
extension DocumentRequested: PersonalEventMessage {}
extension DocumentRequestAnswered: PersonalEventMessage {}
extension DocumentRequestCompleted: EventMessage {}
extension ApplicationMessageSent: PersonalEventMessage {}
extension ApplicationMessageRead: EventMessage {}
extension ClientRegistered: PersonalEventMessage {}
extension PersonRegistered: PersonalEventMessage {}
extension SequenceSet: EventMessage {}
extension NumbersTaken: EventMessage {}
extension MembershipClaimed: EventMessage {}
extension MembershipReleased: EventMessage {}
extension SubjectKeyCreated: EventMessage {}
extension EngineKeyCreated: EventMessage {}
extension SubjectKeyDestroyed: EventMessage {}
