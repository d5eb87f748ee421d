import EventStore
import Synchronization

/// Holds commands while the wall clock cannot be believed: a wrong clock would decide deadlines, and what it decided stays decided
/// (domain.md 0.6).
///
/// Within a process the wall clock is held against the monotonic one; between processes against the newest event of the log. Log time
/// never goes back, so a command that is stored while the clock is ahead makes every later one late.
public final class ClockGuard: Sendable {
  /// By how much the two clocks of a process may part from one look to the next, and the wall clock may be behind the newest event.
  public static let jumpLimit = Duration.seconds(600)
  /// How far ahead of the newest event a clock may be when a process begins: a system that was at rest for longer says so.
  public static let restLimit = Duration.seconds(30 * 86_400)

  /// What both clocks showed.
  public struct Reading: Sendable {
    public let wall: Timestamp
    /// From any beginning, never set by anybody, and going on while the machine sleeps.
    public let monotonic: Duration

    public init(wall: Timestamp, monotonic: Duration) {
      self.wall = wall
      self.monotonic = monotonic
    }
  }

  private struct State {
    var last: Reading
    var hold: ClockHold?
  }

  private let read: @Sendable () -> Reading
  private let state: Mutex<State>

  /// - Parameters:
  ///   - newest: The log time of the newest event; `nil` in an empty log.
  ///   - isAccepted: Whether somebody has said that the clock is right, however it stands to the log.
  ///   - read: Reads both clocks.
  public init(newest: Timestamp?, isAccepted: Bool = false, read: @escaping @Sendable () -> Reading = ClockGuard.system()) {
    self.read = read
    let now = read()
    let hold = isAccepted ? nil : newest.flatMap { Self.hold(at: now.wall, after: $0) }
    state = Mutex(State(last: now, hold: hold))
  }

  /// - Throws: Until somebody looks at the clock, once it has jumped.
  public func check() throws(ClockHold) {
    let now = read()
    let hold = state.withLock { state in
      let jump = Self.span(state.last.wall, now.wall) - (now.monotonic - state.last.monotonic)
      if state.hold == nil, jump > Self.jumpLimit || jump < .zero - Self.jumpLimit { state.hold = .jumped(by: jump) }
      state.last = now
      return state.hold
    }
    if let hold { throw hold }
  }

  /// Somebody says that the clock is right.
  public func accept() { state.withLock { $0.hold = nil } }

  private static func hold(at wall: Timestamp, after newest: Timestamp) -> ClockHold? {
    let ahead = span(newest, wall)
    if ahead > restLimit { return .ahead(of: newest, by: ahead) }
    if ahead < .zero - jumpLimit { return .behind(newest, by: .zero - ahead) }
    return nil
  }

  private static func span(_ from: Timestamp, _ to: Timestamp) -> Duration {
    let (span, isTooLong) = to.microseconds.subtractingReportingOverflow(from.microseconds)
    return .microseconds(isTooLong ? (to > from ? .max : .min / 2) : span)
  }

  /// The clocks of the operating system.
  public static func system() -> @Sendable () -> Reading {
    let clock = ContinuousClock()
    let start = clock.now
    return { Reading(wall: .now(), monotonic: start.duration(to: clock.now)) }
  }
}

/// Why commands are not carried out: the clock cannot be believed.
public enum ClockHold: Error, Equatable, Sendable {
  case jumped(by: Duration)
  case ahead(of: Timestamp, by: Duration)
  case behind(Timestamp, by: Duration)
}

extension ClockHold: CustomStringConvertible {
  public var description: String {
    let remedy =
      "Nothing is carried out, because deadlines would be decided by it. Correct the clock; if it is right, say so with --accept-clock."
    return switch self {
    case .jumped(let span):
      "The clock jumped by \(span.components.seconds) seconds while the process ran. \(remedy)"
    case .ahead(_, let span):
      "The clock is \(span.components.seconds / 86_400) days ahead of the newest event. \(remedy)"
    case .behind(_, let span):
      "The clock is \(span.components.seconds) seconds behind the newest event: it is wrong now, or was wrong then. \(remedy)"
    }
  }
}
