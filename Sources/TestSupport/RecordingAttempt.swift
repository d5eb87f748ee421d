import Domain
import Foundation
import Schema

/// An attempt in memory: what it plans is there to be looked at, and nothing is stored.
public struct RecordingAttempt: Attempt {
  public private(set) var context: DecisionContext
  public let target: CommandTarget
  public private(set) var planned: [StreamEvent] = []
  private let known: Known
  private var earlier: [String: [DomainEvent]]

  /// - Parameters:
  ///   - streams: The events of streams that are there already, by name.
  ///   - roster: What the account has.
  public init(
    _ context: DecisionContext, target: CommandTarget = CommandTarget(), streams: [String: [DomainEvent]] = [:],
    roster: Roster = Roster()
  ) {
    self.context = context
    self.target = target
    earlier = streams
    known = Known(roster: roster)
  }

  public var facts: any CommandFacts { known }

  public func state<S: EventStream>(of stream: S.Type, _ id: S.ID) -> S.State {
    let name = S.name(of: id)
    let events = (earlier[name] ?? []) + planned.filter { $0.stream == name }.map(\.event)
    return events.compactMap(S.Event.init).reduce(S.initialState) { S.evolve($0, with: $1, at: context.now) }
  }

  @discardableResult
  public mutating func decide<S: EventStream>(
    _ stream: S.Type, _ id: S.ID, _ rule: (S.State, DecisionContext) throws -> [S.Event]
  ) throws -> S.State {
    for event in try rule(state(of: stream, id), context) { try add(stream, id, event) }
    return state(of: stream, id)
  }

  public mutating func add<S: EventStream>(_ stream: S.Type, _ id: S.ID, _ event: S.Event) throws {
    let state = S.evolve(state(of: stream, id), with: event, at: context.now)
    planned.append(StreamEvent(stream, id, event, in: state))
    try S.react(to: event, context.newIdentifier(), in: state, id, &self)
  }

  /// What follows from an event in a state, without the event itself.
  public static func reactions<S: EventStream>(
    of stream: S.Type, _ id: S.ID, to event: S.Event, _ eventID: UUID, in state: S.State, _ context: DecisionContext,
    streams: [String: [DomainEvent]] = [:], roster: Roster = Roster()
  ) throws -> [StreamEvent] {
    var attempt = RecordingAttempt(context, streams: streams, roster: roster)
    try S.react(to: event, eventID, in: state, id, &attempt)
    return attempt.planned
  }

  public mutating func take(_ count: Int, from sequence: SequenceName) throws -> [UInt64] {
    try decide(SequenceDecider.self, sequence) { state, context in
      try SequenceDecider.take(count, from: sequence, given: state, context) { _ in false }
    }
    guard case .sequence(.numbersTaken(let taken))? = planned.last?.event else { throw Refusal(.internalNumberTaken) }
    return taken.numbers
  }

  public func isUsed(tag: String) -> Bool { planned.contains { $0.place.tags.contains(tag) } }

  private struct Known: CommandFacts {
    let roster: Roster

    func roster(of account: UUID) -> Roster { roster }
    func packages(continuing borderNumber: String) -> [UUID] { [] }
    func isApplication(_ number: String) -> Bool { false }
    func answersDigest(_ answers: Data, of person: UUID) -> UInt64 { answers.reduce(1) { $0 &* 31 &+ UInt64($1) } }
    func formHash(of package: UUID) -> Data { Data(count: 32) }
    func membershipKey(of material: [UInt8]) -> Data { Data(material) }
    func emailKey(of email: String) -> Data { Data(EmailAddress.key(email).utf8) }
    func email(of account: UUID) throws -> String { "john.doe@example.com" }
    var passwords: any PasswordVault { Plain() }
  }

  private struct Plain: PasswordVault {
    var algorithm: String { "none" }
    func matches(_ password: String, of account: UUID, version: UInt32) -> Bool { false }
    func fail(_ password: String) {}
    func store(_ password: String, of account: UUID, version: UInt32) {}
  }
}
