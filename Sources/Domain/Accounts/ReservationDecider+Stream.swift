import Foundation
import Schema

/// A membership, and the account that claims or releases it.
public struct ReservationID: Hashable, Sendable {
  /// The keyed hash of ``Membership/material(body:membershipID:surname:givenName:)``.
  public var membershipKey: Data
  public var account: UUID

  public init(membershipKey: Data, account: UUID) {
    self.membershipKey = membershipKey
    self.account = account
  }
}

extension ReservationDecider {
  public static var isWholeInLastEvent: Bool { false }

  public static func name(of id: ReservationID) -> String { StreamNames.membership(id.membershipKey) }

  public static func place(_ event: Event, in state: ReservationState, _ id: ReservationID) -> Place {
    Place(tags: [TagNames.representative(id.account)])
  }

  public static func react(
    to event: Event, _ eventID: UUID, in state: ReservationState, _ id: ReservationID, _ attempt: inout some Attempt
  ) {}

  public static func told(by event: Event) -> [CommandResult] { [] }
  public static func trace(of refusal: Refusal, in state: ReservationState, _ context: DecisionContext) -> [Event] { [] }
  public static func refusal(recordedBy event: Event) -> Refusal? { nil }
}
