import Foundation

/// Packages while they are prepared (domain.md 2.7).
public enum Packages {
  static let commands: [any Command.Type] = [
    CreateApplication.self, AddApplicant.self, SaveApplication.self, DeleteApplication.self, SubmitApplication.self,
    ExpireDrafts.self,
  ]

  /// A person an application is about, as typed. Who has one name only has it as family name.
  public struct Applicant: Decodable, Sendable {
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
}
