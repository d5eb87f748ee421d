import Foundation
import Schema

/// Whether a person's stream has its first event.
public enum PersonState: Hashable, Sendable {
  case unknown
  case registered
}

/// The people an application is about (domain.md 2.5). To be decided after the package, which judges the names too, so that
/// one answer names all that is wrong.
public enum PersonDecider: Decider {
  public static let initialState = PersonState.unknown

  public static func decide(
    _ command: PersonCommand, given state: PersonState, context: DecisionContext
  ) throws(Refusal) -> [ClientEvent.OneOf_Event] {
    try context.require(.representative)
    guard state == .unknown else { return [] }
    switch command {
    case .registerClient(let details):
      let name = try name(details, context)
      return [
        .clientRegistered(
          .with {
            $0.clientID = details.person.data
            $0.personal = name
          })
      ]
    case .registerMember(let details):
      let name = try name(details, context)
      return [
        .personRegistered(
          .with {
            $0.personID = details.person.data
            $0.personal = name
          })
      ]
    }
  }

  public static func evolve(
    _ state: PersonState, with event: ClientEvent.OneOf_Event, at time: Instant
  ) -> PersonState {
    .registered
  }

  private static func name(_ details: PersonDetails, _ context: DecisionContext) throws(Refusal) -> PersonalName {
    var fields = FieldReader()
    let name = details.read(&fields, today: context.today)
    try fields.finish()
    return name
  }
}

extension PersonDetails {
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
