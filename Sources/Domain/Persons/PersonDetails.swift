import Foundation
import Schema

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

extension PersonDetails {
  /// - Throws: All that is wrong with it.
  func name(_ context: DecisionContext) throws(Refusal) -> PersonalName {
    var fields = FieldReader()
    let name = read(&fields, today: context.today)
    try fields.finish()
    return name
  }

  /// At least one of the names; a single name becomes the family name, as on a passport without a surname.
  func read(_ fields: inout FieldReader, today: CivilDay) -> PersonalName {
    let before = fields.reasons.count
    var name = PersonalName()
    name.familyName = fields.optional(.familyName, familyName, limit: 100)
    name.givenNames = fields.optional(.givenNames, givenNames, limit: 150)
    let isNamed = !name.familyName.isEmpty || !name.givenNames.isEmpty || fields.reasons.count > before
    fields.check(isNamed, .init(.clientNameRequired))
    if name.familyName.isEmpty { (name.familyName, name.givenNames) = (name.givenNames, "") }
    name.dateOfBirth = fields.optionalPastDay(.dateOfBirth, dateOfBirth, today: today)
    return name
  }
}
