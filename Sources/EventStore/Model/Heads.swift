import Foundation

/// The newest event of the log, and a fingerprint of everything up to it.
public struct LogHead: Sendable, Hashable {
  /// `nil` while the log is empty.
  public let position: Position?
  /// The log time of the newest event; the distant past while the log is empty.
  public let time: Timestamp
  /// A running hash of all records up to `position`; 0 while the log is empty. It tells two logs apart, and a log
  /// from an older copy of itself; it is not tamper-proof against someone who can write the file.
  public let prefixHash: UInt64

  public init(position: Position?, time: Timestamp, prefixHash: UInt64) {
    self.position = position
    self.time = time
    self.prefixHash = prefixHash
  }

  /// Where the next event will stand.
  var next: Position { position?.next ?? .first }

  /// Whether there is an event after `position` (`nil`: any event).
  func isBeyond(_ position: Position?) -> Bool { (self.position?.rawValue ?? 0) > (position?.rawValue ?? 0) }

  public static let empty = LogHead(position: nil, time: Timestamp(microseconds: .min), prefixHash: 0)
}

/// The newest event of a stream or of a tag.
public struct Head: Sendable, Hashable {
  /// Where the newest event stands.
  public let position: Position
  /// How many events there are.
  public let count: UInt64

  public init(position: Position, count: UInt64) {
    self.position = position
    self.count = count
  }

  /// The revision of the newest event, for the head of a stream.
  public var revision: Revision { Revision(count &- 1) }
}

/// Which log this is: read models, indexes and followers of another log, or of an abandoned branch of it, are refused.
public struct Lineage: Sendable, Hashable {
  public let id: UUID
  /// 0 at creation. A restored or imported log has the moment in which it was made, in µs since 1970: two copies that go on by
  /// themselves are never taken for one another.
  public let epoch: UInt64

  public init(id: UUID, epoch: UInt64) {
    self.id = id
    self.epoch = epoch
  }

  /// A log that begins like this one and goes on by itself.
  func branch(at time: Timestamp) -> Lineage { Lineage(id: id, epoch: max(epoch + 1, UInt64(clamping: time.microseconds))) }
}
