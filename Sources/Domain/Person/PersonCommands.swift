import Foundation
import Schema

/// What can be asked of the streams of the people an application is about (domain.md 2.5).
public enum PersonCommand: Sendable {
  /// The principal applicant of a package.
  case registerClient(PersonDetails)
  /// A further member of a group.
  case registerMember(PersonDetails)
}

/// A person's name as typed. Who has one name only has it as family name.
public struct PersonDetails: Sendable {
  public var person: UUID
  public var familyName: String?
  public var givenNames: String?
  /// yyyy-mm-dd
  public var dateOfBirth: String?

  public init(person: UUID, familyName: String? = nil, givenNames: String? = nil, dateOfBirth: String? = nil) {
    self.person = person
    self.familyName = familyName
    self.givenNames = givenNames
    self.dateOfBirth = dateOfBirth
  }
}
