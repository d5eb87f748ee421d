import Foundation
import Schema

/// What can be asked of a name that one account at a time may hold.
public enum ReservationCommand: Sendable {
  case claim(account: UUID)
  case release(account: UUID)
}

public enum ReservationState: Hashable, Sendable {
  case free
  case held(by: UUID)
}

/// Keeps two open accounts from having the same membership (domain.md 2.2). To be decided before the enrolment itself.
public enum ReservationDecider: Decider {
  public typealias Event = ReservationEvent.OneOf_Event

  public static let initialState = ReservationState.free

  public static func decide(
    _ command: ReservationCommand, given state: ReservationState, context: DecisionContext
  ) throws(Refusal) -> [ReservationEvent.OneOf_Event] {
    switch (command, state) {
    case (.claim(let account), .free):
      return [.membershipClaimed(.with { $0.accountID = account.data })]
    case (.claim(let account), .held(let holder)):
      guard account == holder else { throw Refusal(.enrolmentAlreadyEnrolled) }
      return []
    case (.release(let account), .held(let holder)) where account == holder:
      return [.membershipReleased(.with { $0.accountID = account.data })]
    case (.release, _):
      return []
    }
  }

  public static func evolve(
    _ state: ReservationState, with event: ReservationEvent.OneOf_Event, at time: Instant
  ) -> ReservationState {
    switch event {
    case .membershipClaimed(let claimed): .held(by: UUID(orZero: claimed.accountID))
    case .membershipReleased: .free
    }
  }
}
