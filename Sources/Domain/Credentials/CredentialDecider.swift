import Schema

/// The rules of an account's password (domain.md 2.3).
public enum CredentialDecider: Decider {
  public typealias Event = CredentialEvent.OneOf_Event

  public static let initialState = CredentialState.none

  public static func decide(
    _ command: CredentialCommand, given state: CredentialState, context: DecisionContext
  ) throws(Refusal) -> [CredentialEvent.OneOf_Event] {
    try context.require(.representative)
    if context.account.isClosed { throw Refusal(.accountClosed) }
    switch command {
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
      guard change.oldPasswordMatches else { throw Refusal(.passwordOldIncorrect) }
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
    case .passwordSet(let set): .set(version: set.credentialVersion, failures: 0)
    case .passwordChanged(let changed): .set(version: changed.credentialVersion, failures: 0)
    case .passwordCheckFailed(let failed):
      state == .none ? state : .set(version: state.version, failures: failed.consecutive)
    }
  }

  private static func judge(
    _ password: String, confirmation: String?, email: String, isReused: Bool
  ) throws(Refusal) {
    var faults = PasswordPolicy.faults(of: password, email: email)
    if let confirmation, PasswordPolicy.normalized(confirmation) != PasswordPolicy.normalized(password) {
      faults.append(.passwordConfirmationMismatch)
    }
    if isReused { faults.append(.passwordReused) }
    if let refusal = Refusal(faults.map { Refusal.Reason($0) }) { throw refusal }
  }
}
