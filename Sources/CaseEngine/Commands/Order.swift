import Domain
import EventStore
import Foundation

/// A command, and what surrounds it.
public struct Order: Sendable {
  /// Chosen by the caller. The same id with the same body gives the first answer and appends nothing.
  public var id: UUID
  public var performer: Performer
  public var command: any Command
  /// The command as bytes that are equal when commands are equal. Secrets such as passwords are left out: only a keyed
  /// digest of 64 bits goes into the log, but nobody should be able to try passwords against it.
  public var body: Data

  public init(id: UUID, performer: Performer, command: any Command, body: Data) {
    self.id = id
    self.performer = performer
    self.command = command
    self.body = body
  }
}

/// Who gives a command.
public enum Performer: Hashable, Sendable {
  case representative(AccountReference)
  /// Anybody else.
  case actor(CommandActor)
}

/// The answer to a command.
public enum Answer: Sendable, Equatable {
  case accepted(Acceptance)
  case refused(Refusal)
}

public struct Acceptance: Sendable, Equatable {
  /// The last event of the command; where nothing had to change, the newest event there was. A query that has seen this
  /// position shows what the command did. `nil` only while the log is empty.
  public var position: Position?
  /// How many events the command appended, its consequences included.
  public var eventCount: Int
  /// The log time of the events; `nil` where there are none.
  public var time: Timestamp?
  /// Whether this is the answer of an earlier command with the same id.
  public var isRepeat: Bool
  /// What the caller may want to know, in the order of the events.
  public var results: [CommandResult]
}
