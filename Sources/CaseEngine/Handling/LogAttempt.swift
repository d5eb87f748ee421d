import Domain
import EventStore
import Foundation
import Schema

/// An attempt on the log: what it read, and what it decided on that ground.
///
/// If a stream that it read has moved until the events are written, nothing is written and a new attempt is made. Likewise if
/// the day has ended in Ottawa meanwhile: deadlines are days, and are judged and set by the day on which the events are
/// written (domain.md 0.6).
struct LogAttempt: Attempt {
  let target: CommandTarget
  private(set) var context: DecisionContext
  private(set) var events: [Planned] = []
  private(set) var expectations: [StreamID: Expectation] = [:]
  /// The sequences that this attempt has its turn at; whoever made the attempt gives the turns back.
  private(set) var sequences: [SequenceName] = []
  private let engine: CaseEngine
  /// What was planned so far, by stream.
  private var pending: [String: [DomainEvent]] = [:]
  /// The event whose consequences are being decided.
  private var cause: UUID?
  /// The last refusal that leaves events, and these.
  private var traced: (refusal: Refusal, events: [StreamEvent])?

  /// An event to append.
  struct Planned {
    let id: UUID
    let event: StreamEvent
    /// The event that it follows from; `nil` if it follows from the command itself.
    let cause: UUID?
  }

  init(engine: CaseEngine, actor: CommandActor, target: CommandTarget, now: Instant) throws {
    self.engine = engine
    self.target = target
    context = DecisionContext(now: now, actor: actor, account: .none, newIdentifier: { Self.identifier(at: now) })
    if let account = target.account { context.account = try state(of: RepresentativeDecider.self, account) }
  }

  var facts: any CommandFacts { LogFacts(engine: engine) }

  // MARK: Reading

  mutating func state<S: EventStream>(of stream: S.Type, _ id: S.ID) throws -> S.State {
    let name = S.name(of: id)
    let loaded = try engine.loader.load(stream, name)
    expectations[StreamID(name)] = loaded.revision.map(Expectation.revision) ?? .noStream
    return pendingState(stream, name, from: loaded.state)
  }

  private func pendingState<S: EventStream>(_ stream: S.Type, _ name: String, from state: S.State) -> S.State {
    (pending[name] ?? []).compactMap(S.Event.init).reduce(state) { S.evolve($0, with: $1, at: context.now) }
  }

  func isUsed(tag: String) throws -> Bool { try engine.lookup.isUsed(tag) }

  // MARK: Deciding

  @discardableResult
  mutating func decide<S: EventStream>(
    _ stream: S.Type, _ id: S.ID, _ rule: (S.State, DecisionContext) throws -> [S.Event]
  ) throws -> S.State {
    var state = try state(of: stream, id)
    let decided: [S.Event]
    do {
      decided = try rule(state, context)
    } catch let refusal as Refusal {
      let trace = S.trace(of: refusal, in: state, context)
      traced = (
        refusal, trace.map { StreamEvent(stream, id, $0, in: S.evolve(state, with: $0, at: context.now)) }
      )
      throw refusal
    }
    for event in decided {
      state = S.evolve(state, with: event, at: context.now)
      try plan(stream, id, event, in: state)
    }
    return state
  }

  mutating func add<S: EventStream>(_ stream: S.Type, _ id: S.ID, _ event: S.Event) throws {
    let before = pendingState(stream, S.name(of: id), from: S.initialState)
    try plan(stream, id, event, in: S.evolve(before, with: event, at: context.now))
  }

  mutating func take(_ count: Int, from sequence: SequenceName) async throws -> [UInt64] {
    if !sequences.contains(sequence) {
      await engine.sequencesAtWork.enter(sequence)
      sequences.append(sequence)
    }
    var taken: NumbersTaken?
    let lookup = engine.lookup
    try decide(SequenceDecider.self, sequence) { state, context in
      let events = try SequenceDecider.take(count, from: sequence, given: state, context) { number in
        try lookup.isUsed(sequence.tag(number))
      }
      if case .numbersTaken(let numbers) = events.first { taken = numbers }
      return events
    }
    guard let taken else { throw Refusal(.internalNumberTaken) }
    return taken.numbers
  }

  /// Plans an event, and what follows from it.
  private mutating func plan<S: EventStream>(_ stream: S.Type, _ id: S.ID, _ event: S.Event, in state: S.State) throws {
    let planned = Planned(id: context.newIdentifier(), event: StreamEvent(stream, id, event, in: state), cause: cause)
    events.append(planned)
    pending[planned.event.stream, default: []].append(planned.event.event)
    if let account = state as? RepresentativeState, id as? UUID == target.account { context.account = account }
    let outer = cause
    cause = planned.id
    defer { cause = outer }
    try S.react(to: event, planned.id, in: state, id, &self)
  }

  /// Replaces what was planned by the trace of the refusal that ended the attempt.
  /// - Returns: Whether the refusal leaves a trace.
  mutating func keepTrace(of refusal: Refusal) -> Bool {
    guard let traced, traced.refusal == refusal, !traced.events.isEmpty else { return false }
    events = traced.events.map { Planned(id: context.newIdentifier(), event: $0, cause: nil) }
    return true
  }

  private static func identifier(at now: Instant) -> UUID {
    var random = SystemRandomNumberGenerator()
    return .v7(at: Timestamp(now), using: &random)
  }
}
