import Foundation

/// An event to append.
public struct NewEvent: Sendable, Equatable {
  /// UUIDv7. Repeating an append with the same ids returns the first result instead of appending twice.
  public var id: UUID
  public var stream: StreamID
  public var type: EventTypeName
  /// At most ``AppendLimits/tagsPerEvent``, each at most once.
  public var tags: [Tag]
  public var origin: Origin
  /// The part anyone may read, in whatever encoding the caller chose. May be empty.
  public var payload: [UInt8]
  /// The part that is readable only with the key of its data subject.
  public var sealed: SealedPayload?

  public init(
    id: UUID, stream: StreamID, type: EventTypeName, tags: [Tag] = [], origin: Origin,
    payload: [UInt8], sealed: SealedPayload? = nil
  ) {
    self.id = id
    self.stream = stream
    self.type = type
    self.tags = tags
    self.origin = origin
    self.payload = payload
    self.sealed = sealed
  }
}

/// Ciphertext and whose it is.
public struct SealedPayload: Sendable, Equatable {
  /// The data subject whose key opens `bytes`.
  public var subject: UUID
  public var bytes: [UInt8]

  public init(subject: UUID, bytes: [UInt8]) {
    self.subject = subject
    self.bytes = bytes
  }
}

/// Where an event comes from.
public struct Origin: Sendable, Equatable {
  /// The command that led to the event, directly or through a reaction.
  public var command: UUID
  /// A keyed digest of the command's body, so that a reused command id with another body is noticed; 0 when unused.
  public var commandDigest: UInt64
  /// The conversation the command belongs to; the command itself when it started one.
  public var correlation: UUID
  /// The event or command that directly caused this event.
  public var causation: UUID
  public var actor: Actor

  /// `correlation` and `causation` are the command itself unless given.
  public init(
    command: UUID, commandDigest: UInt64 = 0, correlation: UUID? = nil, causation: UUID? = nil, actor: Actor
  ) {
    self.command = command
    self.commandDigest = commandDigest
    self.correlation = correlation ?? command
    self.causation = causation ?? command
    self.actor = actor
  }
}
