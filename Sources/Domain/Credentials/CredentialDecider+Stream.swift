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
    case .passwordSet, .passwordCheckFailed: break
    }
  }

  public static func told(by event: Event) -> [CommandResult] { [] }

  /// A wrong old password counts as a failed sign-in.
  public static func trace(of refusal: Refusal, in state: CredentialState) -> [Event] {
    guard refusal.code == .passwordOldIncorrect else { return [] }
    return [.passwordCheckFailed(.with { $0.consecutive = state.failures &+ 1 })]
  }

  public static func refusal(recordedBy event: Event) -> Refusal? {
    switch event {
    case .passwordCheckFailed: Refusal(.passwordOldIncorrect)
    case .passwordSet, .passwordChanged: nil
    }
  }
}
