import Domain
import Foundation
import Synchronization

/// Given events, when a command comes, then these events, or this refusal:
///
///     #expect(spec.given(.membershipClaimed(…)).when(.claim(account: other)) == .refused(.enrolmentAlreadyEnrolled))
public struct DeciderSpec<D: Decider>: Sendable {
  public private(set) var state: D.State
  public var context: DecisionContext

  /// - Parameter state: What the stream has come to already; nothing yet unless given.
  public init(_ decider: D.Type, context: DecisionContext, state: D.State = D.initialState) {
    self.state = state
    self.context = context
  }

  /// Folds `events`, recorded now.
  public func given(_ events: D.Event...) -> DeciderSpec { given(events) }

  public func given(_ events: [D.Event]) -> DeciderSpec {
    var spec = self
    for event in events { spec.state = D.evolve(spec.state, with: event, at: context.now) }
    return spec
  }

  /// Carries out `commands`, each of which must be accepted.
  public func after(_ commands: D.Command...) throws -> DeciderSpec {
    try commands.reduce(self) { spec, command in
      spec.given(try D.decide(command, given: spec.state, context: spec.context))
    }
  }

  /// The same stream with another actor, another moment or another account.
  public func with(_ change: (inout DecisionContext) -> Void) -> DeciderSpec {
    var spec = self
    change(&spec.context)
    return spec
  }

  public func when(_ command: D.Command) -> DeciderOutcome<D.Event> {
    do throws(Refusal) { return .events(try D.decide(command, given: state, context: context)) } catch {
      return .refusal(error, trace: D.trace(of: error, in: state, context))
    }
  }
}

/// What became of a command.
public enum DeciderOutcome<Event: Equatable & Sendable>: Equatable, Sendable {
  case events([Event])
  case refusal(Refusal, trace: [Event])

  public static var nothing: DeciderOutcome { .events([]) }

  public var events: [Event] { if case .events(let events) = self { events } else { [] } }
  public var refusal: Refusal? { if case .refusal(let refusal, _) = self { refusal } else { nil } }
  public var trace: [Event] { if case .refusal(_, let trace) = self { trace } else { [] } }
  /// The codes of a refusal, in their order; empty if the command was accepted.
  public var codes: [RefusalCode] { refusal?.reasons.map(\.code) ?? [] }
}

extension DecisionContext {
  /// A context whose identifiers count up from `firstIdentifier`, so that a test can say which ones it expects.
  public static func test(
    _ actor: CommandActor, at now: Instant, account: RepresentativeState = .none, firstIdentifier: UInt8 = 0xA0
  ) -> DecisionContext {
    let counter = Counter(next: firstIdentifier)
    return DecisionContext(now: now, actor: actor, account: account) { counter.take() }
  }

  private final class Counter: Sendable {
    private let next: Mutex<UInt8>

    init(next: UInt8) { self.next = Mutex(next) }

    func take() -> UUID {
      next.withLock { number in
        defer { number &+= 1 }
        return .test(number)
      }
    }
  }
}

extension UUID {
  /// An identifier that is easy to tell from others: fifteen zeros and `number`.
  public static func test(_ number: UInt8) -> UUID {
    UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, number))
  }
}

extension Instant {
  /// `yyyy-mm-dd hh:mm:ss` in UTC, plus microseconds.
  public static func utc(_ text: String, micros: Int64 = 0) -> Instant {
    let time = text.suffix(8).split(separator: ":").compactMap { Int64($0) }
    guard let day = CivilDay(iso: String(text.prefix(10))), time.count == 3 else {
      preconditionFailure("Write a test moment as yyyy-mm-dd hh:mm:ss.")
    }
    let seconds = Int64(day.number) * 86_400 + time[0] * 3600 + time[1] * 60 + time[2]
    return Instant(microseconds: seconds * 1_000_000 + micros)
  }
}
