import Foundation
import Schema

/// What the log says of the key of one data subject, or of the engine's own. The engine writes it when it makes the key; no
/// command does.
public enum PrivacyStream: EventStream {
  public typealias Event = PrivacyEvent.OneOf_Event

  public enum ID: Hashable, Sendable {
    /// - Parameter account: The representative whose command made the data subject known.
    case subject(UUID, account: UUID)
    /// The engine's own root key.
    case engine
  }

  public enum State: Hashable, Sendable {
    case none
    case hasKey
    case destroyed
  }

  public static let initialState = State.none
  public static var isWholeInLastEvent: Bool { false }

  public static func evolve(_ state: State, with event: Event, at time: Instant) -> State {
    switch event {
    case .subjectKeyCreated, .engineKeyCreated: .hasKey
    case .subjectKeyDestroyed: .destroyed
    }
  }

  public static func name(of id: ID) -> String {
    switch id {
    case .subject(let subject, _): StreamNames.privacy(subject)
    case .engine: StreamNames.engineKey
    }
  }

  public static func place(_ event: Event, in state: State, _ id: ID) -> Place {
    switch id {
    case .subject(_, let account): Place(tags: [TagNames.representative(account)])
    case .engine: Place(tags: [])
    }
  }

  public static func react(
    to event: Event, _ eventID: UUID, in state: State, _ id: ID, _ attempt: inout some Attempt
  ) {}

  public static func told(by event: Event) -> [CommandResult] { [] }
  public static func trace(of refusal: Refusal, in state: State, _ context: DecisionContext) -> [Event] { [] }
  public static func refusal(recordedBy event: Event) -> Refusal? { nil }
}
