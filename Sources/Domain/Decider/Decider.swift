/// Folds the events of one stream into the state that rules need.
public protocol Fold {
  associatedtype State: Sendable
  associatedtype Event: Equatable & Sendable

  static var initialState: State { get }

  /// Total: an event that does not fit the state leaves it as it is.
  /// - Parameter time: The log time at which the event was recorded.
  static func evolve(_ state: State, with event: Event, at time: Instant) -> State
}

/// The rules of one stream kind, as pure functions: time, identifiers and what is known of other streams come in.
public protocol Decider: Fold {
  associatedtype Command: Sendable

  /// - Returns: The events to append; none if what was asked is already so.
  /// - Throws: The first state error in the order auth, account state, standing, ownership, draft state, version; else all
  ///   errors of the content together (domain.md 2.20).
  static func decide(_ command: Command, given state: State, context: DecisionContext) throws(Refusal) -> [Event]

  /// What the history keeps of a refusal: a security event for the codes marked † in domain.md 2.20, nothing for others.
  static func trace(of refusal: Refusal, given state: State) -> [Event]
}

extension Decider {
  public static func trace(of refusal: Refusal, given state: State) -> [Event] { [] }
}
