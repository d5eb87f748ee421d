import Foundation
import Schema

/// What can be asked of a representative's account (domain.md 2.2).
public enum RepresentativeCommand: Sendable {
  case submitEnrolment(SubmitEnrolment)
  case requestDocuments(RequestEnrolmentDocuments)
  case provideDocuments(ProvideEnrolmentDocuments)
  case recordMembershipCheck(RecordMembershipCheck)
  case approve(ApproveEnrolment)
  case refuse(RefuseEnrolment)
  case changeStanding(ChangeStanding)
  case close(CloseAccount)
}

/// A person asks to be enrolled. Texts come as typed.
public struct SubmitEnrolment: Sendable {
  public var account: UUID
  public var governingBody: GoverningBody
  /// `nil` for bodies whose members have no number.
  public var membershipID: String?
  /// Fact: the keyed hash of ``Membership/material``, which names the reservation stream.
  public var membershipKey: Data
  /// Fact: the keyed hash of ``email`` in lower case.
  public var emailKey: Data
  public var surname: String
  public var givenName: String?
  /// yyyy-mm-dd
  public var dateOfBirth: String?
  public var email: String
  /// 10 digits within North America, else `+CC NUMBER`.
  public var telephone: String
  /// (###) ###-####
  public var fax: String?
  public var businessName: String?
  public var mailingAddress: String
  public var language: Language
  public var emailUpdates: Bool
  /// At least a proof of identity and a proof of designation.
  public var documents: [UUID]
  public var declarationVersion: UInt32

  public init(
    account: UUID, governingBody: GoverningBody, membershipID: String?, membershipKey: Data, emailKey: Data = Data(),
    surname: String,
    givenName: String? = nil, dateOfBirth: String? = nil, email: String, telephone: String, fax: String? = nil,
    businessName: String? = nil, mailingAddress: String, language: Language, emailUpdates: Bool,
    documents: [UUID], declarationVersion: UInt32
  ) {
    self.account = account
    self.governingBody = governingBody
    self.membershipID = membershipID
    self.membershipKey = membershipKey
    self.emailKey = emailKey
    self.surname = surname
    self.givenName = givenName
    self.dateOfBirth = dateOfBirth
    self.email = email
    self.telephone = telephone
    self.fax = fax
    self.businessName = businessName
    self.mailingAddress = mailingAddress
    self.language = language
    self.emailUpdates = emailUpdates
    self.documents = documents
    self.declarationVersion = declarationVersion
  }
}

/// An enrolment officer asks for papers.
public struct RequestEnrolmentDocuments: Sendable {
  public struct Item: Sendable {
    public var slot: DocumentSlot
    public var note: String

    public init(slot: DocumentSlot, note: String) {
      self.slot = slot
      self.note = note
    }
  }

  public var items: [Item]
  /// `nil`: 30 days from today.
  public var dueDay: CivilDay?

  public init(items: [Item], dueDay: CivilDay? = nil) {
    self.items = items
    self.dueDay = dueDay
  }
}

public struct ProvideEnrolmentDocuments: Sendable {
  public var documents: [UUID]

  public init(documents: [UUID]) {
    self.documents = documents
  }
}

/// An adapter tells what the governing body's register said.
public struct RecordMembershipCheck: Sendable {
  public var result: MembershipResult
  public var checkedAt: Instant

  public init(result: MembershipResult, checkedAt: Instant) {
    self.result = result
    self.checkedAt = checkedAt
  }
}

public struct ApproveEnrolment: Sendable {
  /// Fact: the next number of the sequence `representative`, printed.
  public var representativeID: String
  /// Fact: whether an approval already gave that number out.
  public var isNumberTaken: Bool

  public init(representativeID: String, isNumberTaken: Bool) {
    self.representativeID = representativeID
    self.isNumberTaken = isNumberTaken
  }
}

public struct RefuseEnrolment: Sendable {
  public var reason: EnrolmentRequestRefused.Reason
  public var text: String?

  public init(reason: EnrolmentRequestRefused.Reason, text: String? = nil) {
    self.reason = reason
    self.text = text
  }
}

public struct ChangeStanding: Sendable {
  public var standing: Standing
  public var source: StandingChanged.Source
  public var effectiveFrom: Instant
  public var note: String?

  public init(standing: Standing, source: StandingChanged.Source, effectiveFrom: Instant, note: String? = nil) {
    self.standing = standing
    self.source = source
    self.effectiveFrom = effectiveFrom
    self.note = note
  }
}

public struct CloseAccount: Sendable {
  public var cause: AccountClosed.Cause
  /// Fact: drafts that will be deleted with the account.
  public var openDrafts: Int
  /// Fact: submitted applications that still name the representative.
  public var submittedApplications: Int

  public init(cause: AccountClosed.Cause, openDrafts: Int, submittedApplications: Int) {
    self.cause = cause
    self.openDrafts = openDrafts
    self.submittedApplications = submittedApplications
  }
}
