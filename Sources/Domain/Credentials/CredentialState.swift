import Schema

/// What is known of an account's password.
public enum CredentialState: Hashable, Sendable {
  case none
  /// - Parameters:
  ///   - version: Names the verifier in the secrets store.
  ///   - guesses: What was guessed wrong since the last right answer.
  case set(version: UInt32, guesses: Guesses)

  /// The version of the present password; 0 if there is none.
  public var version: UInt32 { if case .set(let version, _) = self { version } else { 0 } }
  public var guesses: Guesses { if case .set(_, let guesses) = self { guesses } else { Guesses() } }
  /// Wrong passwords in a row.
  public var failures: UInt32 { guesses.failures }
}

/// The one rule for guessing: five failures in a row lock for 30 minutes, five more for 24 hours, five more until an officer
/// ends the lock. The right answer is refused as well while the lock lasts.
public struct Guesses: Hashable, Sendable {
  /// In a row, since the last right answer or lock.
  public var failures: UInt32
  /// In a row, since the last right answer.
  public var locks: UInt32
  public var lock: Lock?

  public enum Lock: Hashable, Sendable {
    case until(Instant)
    case untilUnlocked
  }

  public init(failures: UInt32 = 0, locks: UInt32 = 0, lock: Lock? = nil) {
    self.failures = failures
    self.locks = locks
    self.lock = lock
  }

  static let limit: UInt32 = 5
  private static let minutes: [Int64] = [30, 24 * 60]

  public func isLocked(at now: Instant) -> Bool {
    switch lock {
    case nil: false
    case .until(let end): now < end
    case .untilUnlocked: true
    }
  }

  /// The lock that the next failure brings about; `nil` if there may be more of them.
  func lockAfterFailure(at now: Instant) -> AccountLocked? {
    guard failures + 1 >= Self.limit else { return nil }
    let until = Int(locks) < Self.minutes.count ? now.microseconds + Self.minutes[Int(locks)] * 60_000_000 : 0
    return .with {
      $0.until = until
      $0.consecutive = locks + 1
    }
  }
}
