import Foundation
import Schema

/// One kind of stream: its events, the state that rules need of it, and everything that is said about an event of it.
///
/// No requirement has a default: a new event, or a new kind of stream, does not compile before each of these questions has
/// an answer.
public protocol EventStream {
  /// What tells the streams of the kind apart, with the fixed facts that placing an event needs.
  associatedtype ID: Hashable & Sendable
  associatedtype State: Sendable
  associatedtype Event: StreamEvents

  static var initialState: State { get }

  /// Folds an event in. Total: an event that does not fit the state leaves it as it is.
  /// - Parameter time: The log time at which the event was recorded.
  static func evolve(_ state: State, with event: Event, at time: Instant) -> State

  /// Whether the last event of a stream holds the whole state.
  static var isWholeInLastEvent: Bool { get }

  /// The name of the stream. A name is frozen: it stands in the log for ever.
  static func name(of id: ID) -> String

  /// The tags of an event and the person whose personal data it holds.
  /// - Parameter state: The stream with the event folded in.
  static func place(_ event: Event, in state: State, _ id: ID) -> Place

  /// What follows from an event in the same append: events of other streams.
  /// - Parameters:
  ///   - eventID: The identifier of `event`, which messages name as their source.
  ///   - state: The stream with the event folded in.
  static func react(
    to event: Event, _ eventID: UUID, in state: State, _ id: ID, _ attempt: inout some Attempt) throws

  /// One sentence for the auditor's timeline, without personal data.
  static func summary(of event: Event) -> Text

  /// What the caller of a command learns from an event of it. The same event gives the same results, now and when the
  /// command is repeated.
  static func told(by event: Event) -> [CommandResult]

  /// What the history keeps of a refusal; nothing for most.
  static func trace(of refusal: Refusal, in state: State, _ context: DecisionContext) -> [Event]

  /// The refusal that an event made by ``trace(of:in:_:)`` stands for: the command that left it was refused, and stays so when
  /// it is repeated. `nil` for every other event.
  static func refusal(recordedBy event: Event) -> Refusal?
}

extension EventStream {
  public static var kind: StreamKind { Event.kind }
}

/// Where an event belongs beside its stream.
public struct Place: Equatable, Sendable {
  /// At most 8. The engine adds `command:` to the first event of an append.
  public let tags: [String]
  /// Whose personal data the event holds; `nil` if none.
  public let subject: UUID?

  public init(tags: [String], subject: UUID? = nil) {
    self.tags = tags
    self.subject = subject
  }
}

/// An event with its stream and its place: what the log stores.
public struct StreamEvent: Equatable, Sendable {
  public let stream: String
  public let event: DomainEvent
  public let place: Place

  /// - Parameter state: The stream with the event folded in.
  public init<S: EventStream>(_ stream: S.Type, _ id: S.ID, _ event: S.Event, in state: S.State) {
    self.stream = S.name(of: id)
    self.event = event.event
    place = S.place(event, in: state, id)
  }
}
