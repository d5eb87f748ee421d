import Argon2
import Crypto
import Domain
import EventStore
import Foundation
import Keys
import Schema

/// Carries out commands: reads the streams they concern, lets the domain decide, and appends the events.
///
/// All events of a command, those in other streams that follow from it included, are appended together or not at all.
/// Commands about one account are carried out one after the other, commands about different accounts at the same time.
public final class CaseEngine: Sendable {
  let log: any EventLog
  let keys: KeyRing
  let secrets: Secrets
  let hasher: PasswordHasher
  let loader: StreamLoader
  let rosters: Rosters
  let lookup: Lookup
  private let clock: @Sendable () -> Timestamp
  private let clockGuard: ClockGuard?
  private let commandsAtWork = Turnstile<UUID>()
  private let accountsAtWork = Turnstile<UUID>()
  let sequencesAtWork = Turnstile<SequenceName>()

  private static let attemptLimit = 16

  /// - Parameters:
  ///   - clock: The clock of `log`.
  ///   - clockGuard: Holds commands while that clock cannot be believed.
  public init(
    log: any EventLog, keys: KeyRing, secrets: Secrets, hasher: PasswordHasher = PasswordHasher(),
    clock: @escaping @Sendable () -> Timestamp = { .now() }, clockGuard: ClockGuard? = nil
  ) {
    self.log = log
    self.keys = keys
    self.secrets = secrets
    self.hasher = hasher
    self.clock = clock
    self.clockGuard = clockGuard
    loader = StreamLoader(log: log)
    rosters = Rosters(log: log)
    lookup = Lookup(log: log)
  }

  /// Carries out a command, or refuses it.
  ///
  /// The same id with the same body gives the first answer and appends nothing; with another body it is refused with
  /// `command.id_reused`. A command that appended nothing left no trace: it is decided anew.
  /// - Throws: If nobody can tell yet: send the same order again.
  public func perform(_ order: Order) async throws(EngineError) -> Answer {
    do {
      return try await commandsAtWork.pass(order.id) {
        let digest = max(1, keys.engine.commandDigest(of: order.body))
        if let first = try firstAnswer(to: order.id, digest: digest) { return first }
        do throws(ClockHold) { try clockGuard?.check() } catch { throw EngineError.clock(error) }
        let actor = try actor(of: order)
        let target = try target(of: order.command.about, actor)
        guard let account = target.account else { return try await attempt(order, actor, digest: digest, target) }
        return try await accountsAtWork.pass(account) { try await attempt(order, actor, digest: digest, target) }
      }
    } catch let refusal as Refusal {
      return .refused(refusal)
    } catch {
      throw EngineError(error)
    }
  }

  // MARK: Attempts

  private func attempt(_ order: Order, _ actor: CommandActor, digest: UInt64, _ target: CommandTarget) async throws -> Answer {
    var earliest = Timestamp(microseconds: .min)
    for _ in 0..<Self.attemptLimit {
      let head = try log.head()
      let now = max(clock(), head.time, earliest)
      var attempt = try LogAttempt(engine: self, actor: actor, target: target, now: Instant(now))
      defer { for sequence in attempt.sequences { sequencesAtWork.leave(sequence) } }
      let refusal = try await decide(order.command, &attempt)
      guard !attempt.events.isEmpty else {
        return .accepted(Acceptance(position: head.position, eventCount: 0, time: nil, isRepeat: false, results: []))
      }
      let request = try await request(for: attempt, order, digest: digest)
      do throws(EventStoreError) {
        let receipt = try await append(request)
        if let refusal { return .refused(refusal) }
        return .accepted(
          Acceptance(
            position: receipt.last, eventCount: request.events.count, time: receipt.time, isRepeat: false,
            results: attempt.events.flatMap(\.event.event.told)))
      } catch {
        // Somebody wrote first, or the clock went over a limit: look again and decide again.
        switch error {
        case .conflict, .invalid(.idFromTheFuture): continue
        case .tooLate(_, let logTime): earliest = logTime
        default: throw error
        }
      }
    }
    throw EngineError.contention(attempts: Self.attemptLimit)
  }

  /// - Returns: The refusal, if all that is planned now is its trace.
  private func decide(_ command: any Command, _ attempt: inout LogAttempt) async throws -> Refusal? {
    do {
      try await command.carryOut(in: &attempt)
      return nil
    } catch let refusal as Refusal {
      guard attempt.keepTrace(of: refusal) else { throw refusal }
      return refusal
    }
  }

  /// An append of which nobody knows what became is repeated: with the same event ids it is stored once.
  private func append(_ request: AppendRequest) async throws(EventStoreError) -> AppendReceipt {
    do {
      return try await log.append(request)
    } catch {
      guard case .inDoubt = error else { throw error }
      return try await log.append(request)
    }
  }
}
