import Domain
import Foundation
import Schema

/// Everything that can be asked of the engine. Facts that a decision needs beside the command are gathered by the engine.
public enum CaseCommand: Sendable {
  // Operators.
  case setSequence(SetSequence)

  // Enrolment and standing.
  case submitEnrolment(Enrolment)
  case requestEnrolmentDocuments(RequestEnrolmentDocuments, of: AccountReference)
  case provideEnrolmentDocuments(ProvideEnrolmentDocuments)
  case recordMembershipCheck(RecordMembershipCheck, of: AccountReference)
  case approveEnrolment(of: AccountReference)
  case refuseEnrolment(RefuseEnrolment, of: AccountReference)
  case changeStanding(ChangeStanding, of: AccountReference)
  case closeAccount(AccountClosed.Cause, of: AccountReference)

  // Passwords of the representative who gives the command.
  case setPassword(NewPassword)
  case changePassword(old: String, NewPassword)

  // Packages, by the number in the column ID.
  case createApplication(NewApplication)
  case addApplicant(Applicant, relation: String, package: UInt64)
  case saveApplication(SectionAnswers, package: UInt64)
  case deleteApplication(package: UInt64)
  case submitApplication(package: UInt64, expectedRevision: UInt64?)
  /// Marks the drafts of an account whose time to submit has ended.
  case expireDrafts(of: AccountReference)

  // Messages and document requests, by application number.
  case sendAccountMessage(Letter, to: AccountReference)
  case readAccountMessage(MessageReference)
  case sendApplicationMessage(Letter, audience: ApplicationMessageSent.Audience, application: String)
  case readApplicationMessage(MessageReference, application: String)
  case requestDocuments([RequestDocuments.Item], dueDay: CivilDay?, application: String)
  case answerDocumentRequest(ItemAnswer, application: String)
}

/// An account, by its identifier or by the number that people know.
public enum AccountReference: Hashable, Sendable {
  case id(UUID)
  case representativeID(String)
}

/// A message, by its identifier or as the newest unread one of a kind.
public enum MessageReference: Hashable, Sendable {
  case id(UUID)
  case newestUnread(MessageTemplate)
}

/// The form of an enrolment request, as typed.
public struct Enrolment: Sendable {
  public var governingBody: GoverningBody
  /// `nil` for bodies whose members have no number.
  public var membershipID: String?
  public var surname: String
  public var givenName: String?
  /// yyyy-mm-dd
  public var dateOfBirth: String?
  public var email: String
  public var telephone: String
  public var fax: String?
  public var businessName: String?
  public var mailingAddress: String
  public var language: Language
  public var emailUpdates: Bool
  public var documents: [UUID]
  public var declarationVersion: UInt32

  public init(
    governingBody: GoverningBody, membershipID: String?, surname: String, givenName: String? = nil,
    dateOfBirth: String? = nil, email: String, telephone: String, fax: String? = nil, businessName: String? = nil,
    mailingAddress: String, language: Language, emailUpdates: Bool, documents: [UUID], declarationVersion: UInt32
  ) {
    self.governingBody = governingBody
    self.membershipID = membershipID
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

/// A password and what was typed to confirm it. It reaches the hash function and nothing else.
public struct NewPassword: Sendable {
  public var password: String
  public var confirmation: String?

  public init(_ password: String, confirmation: String? = nil) {
    self.password = password
    self.confirmation = confirmation
  }
}

/// A person an application is about, as typed. Who has one name only has it as family name.
public struct Applicant: Sendable {
  public var familyName: String?
  public var givenNames: String?
  /// yyyy-mm-dd
  public var dateOfBirth: String?

  public init(familyName: String? = nil, givenNames: String? = nil, dateOfBirth: String? = nil) {
    self.familyName = familyName
    self.givenNames = givenNames
    self.dateOfBirth = dateOfBirth
  }

  func details(_ person: UUID) -> PersonDetails {
    PersonDetails(person: person, familyName: familyName, givenNames: givenNames, dateOfBirth: dateOfBirth)
  }
}

public struct NewApplication: Sendable {
  public var type: ApplicationType
  public var mode: ApplicationCreated.Mode
  public var principal: Applicant
  /// The version of the instructions that was acknowledged; `nil` if it was not.
  public var acknowledgedVersion: UInt32?
  /// Only for a refugee claim that began at the border: the number on the CBSA letter.
  public var borderNumber: String?
  /// The last day in the CBSA letter, if it has one.
  public var borderDeadline: CivilDay?

  public init(
    type: ApplicationType, mode: ApplicationCreated.Mode, principal: Applicant, acknowledgedVersion: UInt32?,
    borderNumber: String? = nil, borderDeadline: CivilDay? = nil
  ) {
    self.type = type
    self.mode = mode
    self.principal = principal
    self.acknowledgedVersion = acknowledgedVersion
    self.borderNumber = borderNumber
    self.borderDeadline = borderDeadline
  }
}

/// The answers of one section of the form.
public struct SectionAnswers: Sendable {
  /// Whose answers they are: 1 for the principal applicant.
  public var applicant: UInt32
  public var section: String
  /// Canonical JSON: equal answers are equal bytes.
  public var answers: Data
  public var changedFields: [String]
  public var isComplete: Bool
  public var isAutosave: Bool
  /// The revision of the package that the representative saw; `nil` accepts any.
  public var expectedRevision: UInt64?

  public init(
    applicant: UInt32 = 1, section: String, answers: Data, changedFields: [String], isComplete: Bool,
    isAutosave: Bool = false, expectedRevision: UInt64? = nil
  ) {
    self.applicant = applicant
    self.section = section
    self.answers = answers
    self.changedFields = changedFields
    self.isComplete = isComplete
    self.isAutosave = isAutosave
    self.expectedRevision = expectedRevision
  }
}

/// What an officer writes: a kind of message, with words of their own or the template's.
public struct Letter: Sendable {
  public var template: MessageTemplate
  public var body: String?
  public var isActionRequired: Bool

  public init(template: MessageTemplate, body: String? = nil, isActionRequired: Bool = false) {
    self.template = template
    self.body = body
    self.isActionRequired = isActionRequired
  }
}

/// The answer to one item of a document request: a document, an explanation or both.
public struct ItemAnswer: Sendable {
  /// `nil`: the oldest request that is open.
  public var request: UUID?
  /// 1 for the first item.
  public var item: Int
  public var document: UUID?
  public var explanation: String?

  public init(request: UUID? = nil, item: Int, document: UUID? = nil, explanation: String? = nil) {
    self.request = request
    self.item = item
    self.document = document
    self.explanation = explanation
  }
}
