/// A kind of stream whose rules are one pure function: time, identifiers and what is known of other streams come in.
public protocol Decider: EventStream {
  associatedtype Command: Sendable

  /// - Returns: The events to append; none if what was asked is already so.
  /// - Throws: The first state error in the order auth, account state, standing, ownership, draft state, version; else all
  ///   errors of the content together (domain.md 2.20).
  static func decide(_ command: Command, given state: State, context: DecisionContext) throws(Refusal) -> [Event]
}

extension Attempt {
  /// Lets a decider judge a stream.
  @discardableResult
  mutating func decide<D: Decider>(_ decider: D.Type, _ id: D.ID, _ command: D.Command) throws -> D.State {
    try decide(decider, id) { state, context in try D.decide(command, given: state, context: context) }
  }
}
