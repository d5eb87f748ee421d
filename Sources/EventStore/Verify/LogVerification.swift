import LMDB

/// Reads a whole log and reports everything in it that is not as it must be.
public struct LogVerification: Sendable {
  /// Something that is wrong.
  public struct Finding: Sendable, Equatable, CustomStringConvertible {
    /// The event concerned; `nil` for the index or the file as a whole.
    public let position: Position?
    public let fault: String

    public var description: String { position.map { "position \($0): \(fault)" } ?? fault }
  }

  /// A place that is known to be right, from an earlier verification or a signed checkpoint.
  public struct Anchor: Sendable {
    public let position: Position
    public let prefixHash: UInt64

    public init(position: Position, prefixHash: UInt64) {
      self.position = position
      self.prefixHash = prefixHash
    }
  }

  public struct Summary: Sendable, Equatable {
    /// Events that were looked at.
    public let events: UInt64
    public let findings: Int
    public let head: LogHead
  }

  private let log: LMDBEventLog

  public init(_ log: LMDBEventLog) { self.log = log }

  /// Checks of every event after `anchor` (`nil`: of all): its place, both checksums, that it follows the record before it,
  /// its type, its back-links, revision and ordinals, and that log time does not go back; then the heads in `index/`
  /// against a fresh fold.
  ///
  /// A damaged page can end the process that maps it: look at a suspicious file from a process of its own.
  /// Memory grows with the number of streams and tags, by about 200 bytes each.
  /// - Parameter progress: Called every 65,536 events with the position reached and the last one.
  public func run(
    from anchor: Anchor? = nil, progress: (Position, Position) -> Void = { _, _ in }, report: @escaping (Finding) -> Void
  ) throws(EventStoreError) -> Summary {
    let head = try log.head()
    guard let bound = head.position else { return Summary(events: 0, findings: 0, head: head) }
    var check = EventCheck(reader: log.reader(bound: bound), anchor: anchor, report: report)
    if let anchor { try check.check(anchor) }
    var position = anchor?.position.next ?? .first
    var events: UInt64 = 0
    while position <= bound {
      let end = min(bound, Position(unchecked: position.rawValue + 65_535))
      events += try check.checkEvents(position...end)
      progress(end, bound)
      position = end.next
    }
    try check.checkIndex(of: log, wasWhole: anchor == nil)
    return Summary(events: events, findings: check.findings, head: head)
  }
}
