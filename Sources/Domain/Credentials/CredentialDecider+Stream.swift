import Foundation
import Schema

extension CredentialDecider {
  public static var isWholeInLastEvent: Bool { false }

  public static func name(of account: UUID) -> String { StreamNames.credential(account) }

  public static func place(_ event: Event, in state: CredentialState, _ account: UUID) -> Place {
    Place(tags: [TagNames.representative(account)])
  }

  public static func react(
    to event: Event, _ eventID: UUID, in state: CredentialState, _ account: UUID, _ attempt: inout some Attempt
  ) throws {
    switch event {
    case .passwordChanged:
      try attempt.tell(.passwordChanged, ["date": .day(attempt.context.today)], source: eventID)
    case .passwordSet, .passwordCheckFailed, .signInSucceeded, .signInFailed, .accountLocked, .accountUnlocked: break
    }
  }

  public static func told(by event: Event) -> [CommandResult] {
    switch event {
    case .signInSucceeded(let succeeded): UUID(succeeded.accountID).map { [.account($0)] } ?? []
    case .passwordSet, .passwordChanged, .passwordCheckFailed, .signInFailed, .accountLocked, .accountUnlocked: []
    }
  }

  /// A wrong password is kept, and the lock that it brings about; nothing is while the account is locked, so that whoever goes
  /// on guessing does not fill the log.
  public static func trace(of refusal: Refusal, in state: CredentialState, _ context: DecisionContext) -> [Event] {
    guard state != .none, !state.guesses.isLocked(at: context.now) else { return [] }
    let failed: Event
    switch refusal.code {
    case .passwordOldIncorrect: failed = .passwordCheckFailed(.with { $0.consecutive = state.failures &+ 1 })
    case .authInvalidCredentials: failed = .signInFailed(.with { $0.consecutive = state.failures &+ 1 })
    default: return []
    }
    return [failed] + (state.guesses.lockAfterFailure(at: context.now).map { [.accountLocked($0)] } ?? [])
  }

  public static func refusal(recordedBy event: Event) -> Refusal? {
    switch event {
    case .passwordCheckFailed: Refusal(.passwordOldIncorrect)
    case .signInFailed: Refusal(.authInvalidCredentials)
    case .passwordSet, .passwordChanged, .signInSucceeded, .accountLocked, .accountUnlocked: nil
    }
  }
}
