/// What an append requires of a stream at the moment it is written.
public enum Expectation: Sendable, Hashable {
  /// Nothing.
  case any
  /// The stream has no event.
  case noStream
  /// The stream has at least one event.
  case streamExists
  /// The stream's last event has exactly this revision.
  case revision(Revision)

  /// Whether a stream whose last revision is `actual` (`nil`: no event) meets the expectation.
  public func accepts(_ actual: Revision?) -> Bool {
    switch self {
    case .any: true
    case .noStream: actual == nil
    case .streamExists: actual != nil
    case .revision(let expected): actual == expected
    }
  }
}

/// Events that are stored all together or not at all.
public struct AppendRequest: Sendable {
  /// 1 to ``AppendLimits/eventsPerAppend`` events, of one stream or several, in the order they are to have in the log.
  public var events: [NewEvent]
  /// What must hold, per stream; a stream that is not written may be guarded too. A stream without an entry: `.any`.
  public var expectations: [StreamID: Expectation]
  /// The append is refused if its log time would be later than this: a deadline judged at the moment of writing.
  public var notAfter: Timestamp?

  public init(_ events: [NewEvent], expecting expectations: [StreamID: Expectation] = [:], notAfter: Timestamp? = nil) {
    self.events = events
    self.expectations = expectations
    self.notAfter = notAfter
  }
}

/// The limits of an append.
public enum AppendLimits {
  public static let eventsPerAppend = 1_000
  /// Clear and sealed payload together.
  public static let bytesPerEvent = 1 << 20
  public static let tagsPerEvent = 8
}

/// Where the events of an append stand.
public struct AppendReceipt: Sendable, Equatable {
  public let first: Position
  public let last: Position
  /// The log time of all of them.
  public let time: Timestamp
  /// The last revision of every stream that was written, in the order of their first events.
  public let revisions: [StreamRevision]
  /// Whether an earlier append had already stored these events, and nothing was appended now.
  public let isRepeat: Bool

  public init(first: Position, last: Position, time: Timestamp, revisions: [StreamRevision], isRepeat: Bool) {
    self.first = first
    self.last = last
    self.time = time
    self.revisions = revisions
    self.isRepeat = isRepeat
  }

  /// The last revision of `stream`; `nil` if the append did not write to it.
  public func revision(of stream: StreamID) -> Revision? { revisions.first { $0.stream == stream }?.revision }
}

/// A stream, and the last event in it that an append wrote.
public struct StreamRevision: Sendable, Equatable {
  public let stream: StreamID
  public let revision: Revision

  public init(_ stream: StreamID, _ revision: Revision) {
    self.stream = stream
    self.revision = revision
  }
}
