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
  private let commandsAtWork = Turnstile<UUID>()
  private let accountsAtWork = Turnstile<UUID>()
  private let sequencesAtWork = Turnstile<SequenceName>()

  private static let attemptLimit = 16

  /// - Parameter clock: The clock of `log`.
  public init(
    log: any EventLog, keys: KeyRing, secrets: Secrets, hasher: PasswordHasher = PasswordHasher(),
    clock: @escaping @Sendable () -> Timestamp = { .now() }
  ) {
    self.log = log
    self.keys = keys
    self.secrets = secrets
    self.hasher = hasher
    self.clock = clock
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
        let target = try target(of: order)
        return try await inTurn(target) { try await attempt(order, digest: digest, target: target) }
      }
    } catch let refusal as Refusal {
      return .refused(refusal)
    } catch {
      throw EngineError(error)
    }
  }

  /// The key of a data subject; `nil` if there is none.
  func subjectKey(of subject: UUID) throws(KeyError) -> SymmetricKey? { try keys.reader.open(subject) }

  // MARK: Attempts

  private func attempt(_ order: Order, digest: UInt64, target: Target) async throws -> Answer {
    var earliest = Timestamp(microseconds: .min)
    for _ in 0..<Self.attemptLimit {
      let head = try log.head()
      let now = max(clock(), head.time, earliest)
      var attempt = try Attempt(engine: self, target: target, now: Instant(now))
      try await attempt.run(order.command)
      guard !attempt.events.isEmpty else {
        return .accepted(Acceptance(position: head.position, eventCount: 0, time: nil, isRepeat: false, results: []))
      }
      let request = try await request(for: attempt, order, digest: digest)
      do throws(EventStoreError) {
        let receipt = try await append(request)
        if let refusal = attempt.refusal { return .refused(refusal) }
        return .accepted(
          Acceptance(
            position: receipt.last, eventCount: request.events.count, time: receipt.time, isRepeat: false,
            results: CommandResult.of(attempt.events.map(\.place.event))))
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

  /// An append of which nobody knows what became is repeated: with the same event ids it is stored once.
  private func append(_ request: AppendRequest) async throws(EventStoreError) -> AppendReceipt {
    do {
      return try await log.append(request)
    } catch {
      guard case .inDoubt = error else { throw error }
      return try await log.append(request)
    }
  }

  private func inTurn(_ target: Target, _ body: () async throws -> Answer) async throws -> Answer {
    guard let account = target.account else { return try await inSequence(target.sequence, body) }
    return try await accountsAtWork.pass(account) { try await inSequence(target.sequence, body) }
  }

  private func inSequence(_ sequence: SequenceName?, _ body: () async throws -> Answer) async throws -> Answer {
    guard let sequence else { return try await body() }
    return try await sequencesAtWork.pass(sequence, body)
  }
}
