import Schema

/// The rules of an account's password (domain.md 2.3).
public enum CredentialDecider: Decider {
  public typealias Event = CredentialEvent.OneOf_Event

  public static let initialState = CredentialState.none

  public static func decide(
    _ command: CredentialCommand, given state: CredentialState, context: DecisionContext
  ) throws(Refusal) -> [CredentialEvent.OneOf_Event] {
    switch command {
    case .signIn, .unlock: break
    case .set, .change:
      try context.require(.representative)
      if context.account.isClosed { throw Refusal(.accountClosed) }
    }
    switch command {
    case .signIn(let isRight): return [try signIn(isRight, state, context)]
    case .unlock:
      guard state.guesses.isLocked(at: context.now) else { throw Refusal(.accountNotLocked) }
      return [.accountUnlocked(.init())]
    case .set(let set):
      guard state == .none else { throw Refusal(.accountStateConflict) }
      try judge(set.password, confirmation: set.confirmation, email: set.email, isReused: false)
      return [
        .passwordSet(
          .with {
            $0.credentialVersion = 1
            $0.algorithmID = set.algorithm
            $0.policyVersion = PasswordPolicy.version
          })
      ]
    case .change(let change):
      guard state != .none else { throw Refusal(.accountStateConflict) }
      guard change.oldPasswordMatches, !state.guesses.isLocked(at: context.now) else { throw Refusal(.passwordOldIncorrect) }
      try judge(
        change.password, confirmation: change.confirmation, email: change.email, isReused: change.isReused)
      return [
        .passwordChanged(
          .with {
            $0.credentialVersion = state.version &+ 1
            $0.algorithmID = change.algorithm
            $0.policyVersion = PasswordPolicy.version
          })
      ]
    }
  }

  public static func evolve(
    _ state: CredentialState, with event: CredentialEvent.OneOf_Event, at time: Instant
  ) -> CredentialState {
    switch event {
    case .passwordSet(let set): return .set(version: set.credentialVersion, guesses: Guesses())
    case .passwordChanged(let changed): return .set(version: changed.credentialVersion, guesses: Guesses())
    case .passwordCheckFailed(let failed): return state.with { $0.failures = failed.consecutive }
    case .signInFailed(let failed): return state.with { $0.failures = failed.consecutive }
    case .signInSucceeded, .accountUnlocked: return state.with { $0 = Guesses() }
    case .accountLocked(let locked):
      let lock: Guesses.Lock = locked.until == 0 ? .untilUnlocked : .until(Instant(microseconds: locked.until))
      return state.with { $0 = Guesses(failures: 0, locks: locked.consecutive, lock: lock) }
    }
  }

  /// Whoever may not sign in learns nothing of why: the address, the password, the lock and the state of the account give one
  /// answer.
  private static func signIn(
    _ isRight: Bool, _ state: CredentialState, _ context: DecisionContext
  ) throws(Refusal) -> Event {
    guard isRight, state != .none, !state.guesses.isLocked(at: context.now), !context.account.isClosed,
      let account = context.account.account
    else { throw Refusal(.authInvalidCredentials) }
    return .signInSucceeded(.with { $0.accountID = account.id.data })
  }

  private static func judge(
    _ password: String, confirmation: String?, email: String, isReused: Bool
  ) throws(Refusal) {
    var faults = PasswordPolicy.faults(of: password, email: email)
    if let confirmation, PasswordPolicy.normalized(confirmation) != PasswordPolicy.normalized(password) {
      faults.append(.passwordConfirmationMismatch)
    }
    if isReused { faults.append(.passwordReused) }
    if let refusal = Refusal(faults.map(PasswordPolicy.reason)) { throw refusal }
  }
}

extension CredentialState {
  fileprivate func with(_ change: (inout Guesses) -> Void) -> CredentialState {
    guard case .set(let version, var guesses) = self else { return self }
    change(&guesses)
    return .set(version: version, guesses: guesses)
  }
}
