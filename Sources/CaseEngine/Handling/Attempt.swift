import Domain
import EventStore
import Foundation
import Schema

/// One attempt to carry out a command: what it read, and what it decided on that ground.
///
/// Every stream that is read becomes an expectation of the append: if any of them has moved until the events are
/// written, nothing is written and a new attempt is made. Likewise if the day has ended in Ottawa meanwhile: deadlines
/// are days, and are judged and set by the day on which the events are written (domain.md 0.6).
struct Attempt {
  let engine: CaseEngine
  let target: Target
  private(set) var context: DecisionContext
  private(set) var events: [Planned] = []
  private(set) var expectations: [StreamID: Expectation] = [:]
  /// Set when the events say no more than that the command was refused.
  var refusal: Refusal?
  /// The event whose consequences are being decided.
  private var cause: UUID?

  /// An event to append.
  struct Planned {
    let id: UUID
    let place: StreamEvent
    /// The event that it follows from; `nil` if it follows from the command itself.
    let cause: UUID?
  }

  init(engine: CaseEngine, target: Target, now: Instant) throws {
    self.engine = engine
    self.target = target
    context = DecisionContext(
      now: now, actor: target.actor, account: .none, newIdentifier: { Self.identifier(at: now) })
    if let account = target.account {
      context.account = try state(RepresentativeDecider.self, StreamNames.representative(account))
    }
  }

  /// The state of a stream before this attempt.
  mutating func state<F: StreamFold>(_ fold: F.Type, _ stream: String) throws(EngineError) -> F.State {
    let loaded = try engine.loader.load(fold, stream)
    expectations[StreamID(stream)] = loaded.revision.map(Expectation.revision) ?? .noStream
    return loaded.state
  }

  /// Decides on the state of a stream, and plans the events.
  @discardableResult
  mutating func decide<D: Decider & StreamFold>(
    _ decider: D.Type, _ command: D.Command, on stream: String, application: ApplicationState = .none,
    _ place: (D.Event) -> StreamEvent
  ) throws -> [D.Event] {
    let events = try D.decide(command, given: try state(decider, stream), context: context)
    for event in events { try plan(place(event), application: application) }
    return events
  }

  /// Plans an event, and what follows from it.
  /// - Parameters:
  ///   - package, application: What the event belongs to, with the event folded in.
  mutating func plan(
    _ place: StreamEvent, package: PackageState = .none, application: ApplicationState = .none
  ) throws {
    let id = context.newIdentifier()
    events.append(Planned(id: id, place: place, cause: cause))
    if case .representative(let event) = place.event {
      context.account = RepresentativeDecider.evolve(context.account, with: event, at: context.now)
    }
    let outer = cause
    cause = id
    defer { cause = outer }
    for reaction in Reactions.to(place.event, id: id, package: package, application: application, context: context) {
      events.append(Planned(id: context.newIdentifier(), place: reaction, cause: id))
    }
    if case .representative(let event) = place.event { try decideConsequences(of: event) }
  }

  /// What an event of an account means for its drafts and its membership.
  private mutating func decideConsequences(of event: RepresentativeEvent.OneOf_Event) throws {
    guard let account = context.account.account else { return }
    if let command = Reactions.draftCommand(after: event) {
      for draft in try engine.rosters.roster(of: account.id).drafts { try decidePackage(command, draft.package) }
    }
    if Reactions.releasesMembership(event) {
      try reserve(.release(account: account.id), membership: account.membershipKey, account.id)
    }
  }

  private static func identifier(at now: Instant) -> UUID {
    var random = SystemRandomNumberGenerator()
    return .v7(at: Timestamp(now), using: &random)
  }
}
