import Foundation
import Schema

/// What a decision may depend on beside its command and its stream.
public struct DecisionContext: Sendable {
  /// Log time: the moment the decision's events will be recorded.
  public var now: Instant
  public var actor: CommandActor
  /// The account that the command concerns, folded from its stream: a representative's own, and for everybody else the one
  /// whose inbox, package or application it is about.
  public var account: RepresentativeState
  /// Gives a new UUIDv7 at each call.
  public var newIdentifier: @Sendable () -> UUID

  public init(
    now: Instant, actor: CommandActor, account: RepresentativeState, newIdentifier: @escaping @Sendable () -> UUID
  ) {
    self.now = now
    self.actor = actor
    self.account = account
    self.newIdentifier = newIdentifier
  }

  /// The Ottawa day of ``now``.
  public var today: CivilDay { CivilDay(of: now) }
}
