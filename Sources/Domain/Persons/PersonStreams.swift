import Foundation
import Schema

/// A person a package is about.
public struct ApplicantID: Hashable, Sendable {
  public var person: UUID
  /// The representative who prepares the package.
  public var account: UUID
  public var packageNumber: UInt64

  public init(person: UUID, of draft: Draft) {
    self.person = person
    account = draft.accountID
    packageNumber = draft.number
  }

  var place: Place { Place(tags: [TagNames.representative(account), TagNames.package(packageNumber)], subject: person) }
}

/// Whether a person's stream has its first event.
public enum PersonState: Hashable, Sendable {
  case unknown
  case registered
}

/// The principal applicants of packages (domain.md 2.5).
public enum ClientStream: EventStream {
  public typealias Event = ClientEvent.OneOf_Event

  public static let initialState = PersonState.unknown
  public static var isWholeInLastEvent: Bool { false }

  public static func evolve(_ state: PersonState, with event: Event, at time: Instant) -> PersonState { .registered }

  /// To be decided after the package, which judges the name too, so that one answer names all that is wrong.
  static func register(
    _ details: PersonDetails, _ state: PersonState, _ context: DecisionContext
  ) throws(Refusal) -> [Event] {
    guard state == .unknown else { return [] }
    let name = try details.name(context)
    return [
      .clientRegistered(
        .with {
          $0.clientID = details.person.data
          $0.personal = name
        })
    ]
  }

  public static func name(of id: ApplicantID) -> String { StreamNames.client(id.person) }
  public static func place(_ event: Event, in state: PersonState, _ id: ApplicantID) -> Place { id.place }
  public static func react(
    to event: Event, _ eventID: UUID, in state: PersonState, _ id: ApplicantID, _ attempt: inout some Attempt
  ) {}
  public static func told(by event: Event) -> [CommandResult] { [] }
  public static func trace(of refusal: Refusal, in state: PersonState, _ context: DecisionContext) -> [Event] { [] }
  public static func refusal(recordedBy event: Event) -> Refusal? { nil }
}

/// The further members of groups (domain.md 2.5).
public enum PersonStream: EventStream {
  public typealias Event = PersonEvent.OneOf_Event

  public static let initialState = PersonState.unknown
  public static var isWholeInLastEvent: Bool { false }

  public static func evolve(_ state: PersonState, with event: Event, at time: Instant) -> PersonState { .registered }

  /// To be decided after the package, which judges the name too, so that one answer names all that is wrong.
  static func register(
    _ details: PersonDetails, _ state: PersonState, _ context: DecisionContext
  ) throws(Refusal) -> [Event] {
    guard state == .unknown else { return [] }
    let name = try details.name(context)
    return [
      .personRegistered(
        .with {
          $0.personID = details.person.data
          $0.personal = name
        })
    ]
  }

  public static func name(of id: ApplicantID) -> String { StreamNames.person(id.person) }
  public static func place(_ event: Event, in state: PersonState, _ id: ApplicantID) -> Place { id.place }
  public static func react(
    to event: Event, _ eventID: UUID, in state: PersonState, _ id: ApplicantID, _ attempt: inout some Attempt
  ) {}
  public static func told(by event: Event) -> [CommandResult] { [] }
  public static func trace(of refusal: Refusal, in state: PersonState, _ context: DecisionContext) -> [Event] { [] }
  public static func refusal(recordedBy event: Event) -> Refusal? { nil }
}
