import Foundation
import Schema

/// What can be asked of a package while it is prepared (domain.md 2.7).
public enum PackageCommand: Sendable {
  case create(CreateApplication)
  case addApplicant(AddApplicant)
  case save(SaveApplication)
  case delete(ApplicationDeleted.Reason)
  /// Makes the end of the time to submit visible; nothing happens before it.
  case expire
  case freeze(FreezeCause)
  case unfreeze(FreezeCause)
  case submit(SubmitPackage)
}

public struct CreateApplication: Sendable {
  public var package: UUID
  /// Fact: the next number of the sequence `package`.
  public var number: UInt64
  /// Fact: whether a package already has that number.
  public var isNumberTaken: Bool
  public var type: ApplicationType
  public var mode: ApplicationCreated.Mode
  /// The principal applicant: their `ClientRegistered` goes into the same append.
  public var principal: PersonDetails
  /// The version of the instructions that the representative ticked; `nil` if the box was left empty.
  public var acknowledgedVersion: UInt32?
  /// Only for a refugee claim that began at the border.
  public var borderClaim: BorderClaim?
  /// Fact: drafts of the account that are open now.
  public var openDrafts: Int

  public init(
    package: UUID, number: UInt64, isNumberTaken: Bool, type: ApplicationType, mode: ApplicationCreated.Mode,
    principal: PersonDetails, acknowledgedVersion: UInt32?, borderClaim: BorderClaim? = nil, openDrafts: Int
  ) {
    self.package = package
    self.number = number
    self.isNumberTaken = isNumberTaken
    self.type = type
    self.mode = mode
    self.principal = principal
    self.acknowledgedVersion = acknowledgedVersion
    self.borderClaim = borderClaim
    self.openDrafts = openDrafts
  }
}

/// What the CBSA letter says of a claim made at the border.
public struct BorderClaim: Sendable {
  /// One letter and 9 digits.
  public var number: String
  /// The last day to submit, if the letter has one.
  public var deadline: CivilDay?
  /// Fact: whether another package or application has that number.
  public var isNumberTaken: Bool

  public init(number: String, deadline: CivilDay? = nil, isNumberTaken: Bool) {
    self.number = number
    self.deadline = deadline
    self.isNumberTaken = isNumberTaken
  }
}

/// A further member of a group: their `PersonRegistered` goes into the same append.
public struct AddApplicant: Sendable {
  public var person: PersonDetails
  public var relation: Relation

  public init(person: PersonDetails, relation: Relation) {
    self.person = person
    self.relation = relation
  }
}

public struct SaveApplication: Sendable {
  /// Whose answers they are; `nil` for the principal applicant.
  public var person: UUID?
  public var section: String
  /// Canonical JSON.
  public var answers: Data
  /// Fact: ``AnswersDigest`` of `answers`.
  public var digest: UInt64
  public var changedFields: [String]
  public var isComplete: Bool
  public var isAutosave: Bool
  /// The revision of the package that the representative saw; `nil` accepts any.
  public var expectedRevision: UInt64?

  public init(
    person: UUID? = nil, section: String, answers: Data, digest: UInt64, changedFields: [String],
    isComplete: Bool, isAutosave: Bool = false, expectedRevision: UInt64? = nil
  ) {
    self.person = person
    self.section = section
    self.answers = answers
    self.digest = digest
    self.changedFields = changedFields
    self.isComplete = isComplete
    self.isAutosave = isAutosave
    self.expectedRevision = expectedRevision
  }
}

public struct SubmitPackage: Sendable {
  /// Fact: ``Draft/numbersNeeded`` numbers of the type's sequence, printed.
  public var numbers: [String]
  /// Fact: whether one of them already belongs to an application.
  public var isNumberTaken: Bool
  /// Fact: SHA-256 over the stored ciphertexts of the sections.
  public var formHash: Data
  public var expectedRevision: UInt64?

  public init(numbers: [String], isNumberTaken: Bool, formHash: Data, expectedRevision: UInt64? = nil) {
    self.numbers = numbers
    self.isNumberTaken = isNumberTaken
    self.formHash = formHash
    self.expectedRevision = expectedRevision
  }
}
