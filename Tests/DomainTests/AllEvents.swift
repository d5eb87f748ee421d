import Foundation
import Schema
import TestSupport

@testable import Domain

/// One event of each type, with every field that a fold reads.
enum AllEvents {
  static let subject = UUID.test(1)

  static let all: [DomainEvent] = {
    let id = subject.data
    let text = MessageText.with { ($0.templateKey, $0.subject) = ("M-PWD-CHG", "Your password was changed") }
    return [
      .representative(
        .enrolmentRequestSubmitted(
          .with {
            $0.accountID = id; $0.personal.surname = "Doe"
          })),
      .representative(
        .enrolmentDocumentsRequested(
          .with {
            $0.dueDay = 19_500; $0.personal.notes = ["Copy"]
          })),
      .representative(.enrolmentDocumentsProvided(.with { $0.requestID = id })),
      .representative(.membershipChecked(.with { ($0.result, $0.checkedAt) = (.goodStanding, 7) })),
      .representative(.enrolmentRequestApproved(.with { $0.representativeID = "P010001243312" })),
      .representative(
        .enrolmentRequestRefused(
          .with {
            $0.reason = .other; $0.personal.reasonText = "No"
          })),
      .representative(
        .standingChanged(
          .with {
            $0.to = .suspended; $0.personal.note = "Note"
          })),
      .representative(.accountClosed(.with { $0.cause = .requested })),
      .credential(.passwordSet(.with { $0.credentialVersion = 1 })),
      .credential(.passwordChanged(.with { $0.credentialVersion = 2 })),
      .credential(.passwordCheckFailed(.with { $0.consecutive = 1 })),
      .credential(.signInSucceeded(.with { $0.accountID = id })),
      .credential(.signInFailed(.with { $0.consecutive = 2 })),
      .credential(.accountLocked(.with { ($0.until, $0.consecutive) = (7, 1) })),
      .credential(.accountUnlocked(.init())),
      .inbox(
        .accountMessageSent(
          .with {
            ($0.messageID, $0.text) = (id, text); $0.personal.body = "Body"
          })),
      .inbox(.accountMessageRead(.with { ($0.messageID, $0.readerID) = (id, id) })),
      .inbox(.accountMessageUndeliverable(.with { $0.templateKey = "M-STANDING" })),
      .package(.applicationCreated(.with { ($0.packageID, $0.packageNumber, $0.deadlineDay) = (id, 4984, 19_600) })),
      .package(
        .applicantAdded(
          .with {
            ($0.personID, $0.ordinal) = (id, 2); $0.personal.relation = .child
          })),
      .package(
        .applicationSaved(
          .with {
            $0.sectionID = "visit"; $0.personal.answers = Data("{}".utf8)
          })),
      .package(.applicationDeleted(.with { $0.reason = .byRepresentative })),
      .package(.draftExpired(.with { $0.deadlineDay = 19_600 })),
      .package(.draftFrozen(.with { $0.cause = .standing })),
      .package(.draftUnfrozen(.with { $0.cause = .standing })),
      .package(.packageSubmitted(.with { $0.members = [.with { $0.applicationNumber = "L100003694" }] })),
      .application(.applicationSubmitted(.with { $0.applicationNumber = "L100003692" })),
      .documentRequest(
        .documentRequested(
          .with {
            $0.requestID = id; $0.personal.texts = ["Text"]
          })),
      .documentRequest(
        .documentRequestAnswered(
          .with {
            $0.requestID = id; $0.personal.explanation = "Lost"
          })),
      .documentRequest(.documentRequestCompleted(.with { $0.requestID = id })),
      .documentRequest(.documentRequestExtended(.with { ($0.requestID, $0.dueDay) = (id, 19_700) })),
      .documentRequest(.documentRequestCancelled(.with { $0.requestID = id })),
      .applicationMessage(
        .applicationMessageSent(
          .with {
            ($0.messageID, $0.text) = (id, text); $0.personal.body = "Body"
          })),
      .applicationMessage(.applicationMessageRead(.with { ($0.messageID, $0.readerID) = (id, id) })),
      .client(
        .clientRegistered(
          .with {
            $0.clientID = id; $0.personal.familyName = "Incredible"
          })),
      .person(
        .personRegistered(
          .with {
            $0.personID = id; $0.personal.familyName = "Incredible"
          })),
      .sequence(.sequenceSet(.with { ($0.name, $0.next, $0.step) = ("package", 4984, 1) })),
      .sequence(.numbersTaken(.with { ($0.first, $0.count, $0.step, $0.next) = (4984, 1, 1, 4985) })),
      .reservation(.membershipClaimed(.with { $0.accountID = id })),
      .reservation(.membershipReleased(.with { $0.accountID = id })),
      .privacy(.subjectKeyCreated(.with { $0.subjectID = id })),
      .privacy(.engineKeyCreated(.with { $0.keyID = id })),
      .privacy(.subjectKeyDestroyed(.with { $0.subjectID = id })),
    ]
  }()
}

/// Every fold at once: it takes any event, in any order.
struct AllFolds {
  var representative = RepresentativeDecider.initialState
  var credential = CredentialDecider.initialState
  var inbox = InboxDecider.initialState
  var package = PackageDecider.initialState
  var application = ApplicationStream.initialState
  var documentRequests = DocumentRequestDecider.initialState
  var applicationMessages = ApplicationMessageDecider.initialState
  var person = PersonStream.initialState
  var sequence = SequenceDecider.initialState
  var reservation = ReservationDecider.initialState

  mutating func evolve(with event: DomainEvent, at time: Instant) {
    switch event {
    case .representative(let e): representative = RepresentativeDecider.evolve(representative, with: e, at: time)
    case .credential(let e): credential = CredentialDecider.evolve(credential, with: e, at: time)
    case .inbox(let e): inbox = InboxDecider.evolve(inbox, with: e, at: time)
    case .package(let e): package = PackageDecider.evolve(package, with: e, at: time)
    case .application(let e): application = ApplicationStream.evolve(application, with: e, at: time)
    case .documentRequest(let e): documentRequests = DocumentRequestDecider.evolve(documentRequests, with: e, at: time)
    case .applicationMessage(let e):
      applicationMessages = ApplicationMessageDecider.evolve(applicationMessages, with: e, at: time)
    case .client(let e): person = ClientStream.evolve(person, with: e, at: time)
    case .person(let e): person = PersonStream.evolve(person, with: e, at: time)
    case .sequence(let e): sequence = SequenceDecider.evolve(sequence, with: e, at: time)
    case .reservation(let e): reservation = ReservationDecider.evolve(reservation, with: e, at: time)
    case .privacy: break
    }
  }
}

/// Repeatable randomness (SplitMix64).
struct Dice: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
