/// Which events to read, from where, in which direction.
public struct EventQuery: Sendable {
  public enum Source: Sendable, Hashable {
    case all
    case stream(StreamID)
    case tag(Tag)
  }

  public enum Start: Sendable, Hashable {
    /// The oldest event when reading forwards, the newest when reading backwards.
    case end
    /// The first event at this position or beyond it in the direction of reading.
    case position(Position)
    /// Forwards: the first event at this log time or later. Backwards: the last event at this log time or earlier.
    case time(Timestamp)
  }

  public enum Direction: Sendable, Hashable { case forwards, backwards }

  /// How much of an event is looked at.
  public enum Part: Sendable, Hashable {
    case everything
    /// All but the payloads: they are neither checked nor lent, unless ``EventView/whole()`` is asked for.
    case header
  }

  public var source: Source
  public var start: Start
  public var direction: Direction
  /// Only these types; `nil`: every type. Judged before a record is decoded.
  public var types: Set<EventTypeName>?
  /// Only events whose key falls to this share; `nil`: every key. Judged before payloads are checked.
  public var share: EventShare?
  /// Events after this position are treated as if they did not exist.
  public var upTo: Position?
  /// At most this many events are delivered.
  public var limit: Int?
  public var part: Part

  public init(
    _ source: Source, from start: Start = .end, direction: Direction = .forwards,
    types: Set<EventTypeName>? = nil, share: EventShare? = nil, upTo: Position? = nil, limit: Int? = nil, part: Part = .everything
  ) {
    self.source = source
    self.start = start
    self.direction = direction
    self.types = types
    self.share = share
    self.upTo = upTo
    self.limit = limit
    self.part = part
  }
}

/// Whether a reader wants another event.
public enum ReadStep: Sendable { case next, stop }
