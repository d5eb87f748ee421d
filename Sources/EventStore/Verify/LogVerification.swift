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
  public struct Anchor: Sendable, Equatable, LosslessStringConvertible {
    public let position: Position
    public let prefixHash: UInt64

    public init(position: Position, prefixHash: UInt64) {
      self.position = position
      self.prefixHash = prefixHash
    }

    /// Reads what ``description`` says; `nil` for anything else.
    public init?(_ description: String) {
      let parts = description.split(separator: ":", omittingEmptySubsequences: false)
      guard parts.count == 2, let number = UInt64(parts[0]), let position = Position(number), parts[1].utf8.count == 16,
        let hash = UInt64(parts[1], radix: 16)
      else { return nil }
      self.init(position: position, prefixHash: hash)
    }

    /// The position, a colon, and the prefix hash with 16 hexadecimal digits.
    public var description: String {
      let digits = String(prefixHash, radix: 16)
      return "\(position):" + String(repeating: "0", count: 16 - digits.count) + digits
    }
  }

  public struct Summary: Sendable, Equatable {
    /// Events that were looked at.
    public let events: UInt64
    public let findings: Int
    /// The newest event. Its prefix hash, kept elsewhere, is an ``Anchor`` for the next verification; 0 if its record is damaged.
    public let head: LogHead

    /// The newest event, to verify only what follows it the next time; `nil` for an empty log, and for one that is not whole.
    public var anchor: Anchor? {
      guard findings == 0, let position = head.position else { return nil }
      return Anchor(position: position, prefixHash: head.prefixHash)
    }
  }

  private let file: LogFile
  private let index: @Sendable () throws(EventStoreError) -> StoredHeads?

  /// Verifies a log that is open.
  public init(_ log: LMDBEventLog) {
    file = log.file
    index = { [heads = log.heads] () throws(EventStoreError) in try heads.stored() }
  }

  /// Verifies a log that may be too damaged to be opened otherwise: nothing is read before ``run(from:progress:report:)``.
  /// - Throws: `.unusable`, `.storage` if there is no log file that LMDB can map at all.
  public init(directory: DataDirectory) throws(EventStoreError) {
    file = try LMDBEventLog.openFile(directory, options: .init(access: .readOnly)).file
    index = { () throws(EventStoreError) in
      guard FileSystem.exists(directory.index + "/data.mdb") else { return nil }
      return try storage { () throws(LMDBError) in try IndexFile(path: directory.index, access: .readOnly).stored() }
    }
  }

  /// Checks of every event after `anchor` (`nil`: of all): its place, both checksums, that it follows the record before it,
  /// its type, its back-links, revision and ordinals, and that log time does not go back; then the heads in `index/`
  /// against a fresh fold.
  ///
  /// A damaged page can end the process that maps it: look at a suspicious file from a process of its own.
  /// Memory grows with the number of streams and tags, by about 200 bytes each.
  /// - Parameters:
  ///   - anchor: What comes before it is trusted.
  ///   - progress: Called every 65,536 events with the position reached and the last one.
  ///   - report: Called for every fault.
  public func run(
    from anchor: Anchor? = nil, progress: (Position, Position) -> Void = { _, _ in }, report: @escaping (Finding) -> Void
  ) throws(EventStoreError) -> Summary {
    let (types, last, rows) = try file.environment.read { (txn) throws(EventStoreError) in
      try storage { () throws(LMDBError) in
        (try file.typeNames(after: [], in: txn), try file.lastKey(in: txn), try txn.count(of: file.events))
      }
    }
    if rows != last?.rawValue ?? 0 {
      report(Finding(position: nil, fault: "the file says that there are \(rows) events, the last is at position \(last?.rawValue ?? 0)"))
    }
    guard let bound = last else { return Summary(events: 0, findings: rows == 0 ? 0 : 1, head: .empty) }
    let reader = LogReader(file: file, heads: HeadIndex(file: nil, folded: .empty), typeNames: types, bound: bound)
    var check = EventCheck(reader: reader, anchor: anchor, report: report)
    if let anchor { try check.check(anchor) }
    var position = anchor?.position.next ?? .first
    var events: UInt64 = 0
    while position <= bound {
      // As many as one snapshot is kept for.
      let end = min(bound, Position(unchecked: position.rawValue | UInt64(SnapshotLease.eventsAtMost - 1)))
      events += try check.checkEvents(position...end)
      if end == bound || end.next.rawValue.isMultiple(of: 65_536) { progress(end, bound) }
      position = end.next
    }
    do throws(EventStoreError) {
      if let stored = try index() { check.check(stored, wasWhole: anchor == nil) }
    } catch {
      check.fault(nil, "index: \(error)")
    }
    let head = LogHead(position: bound, time: check.lastTime, prefixHash: check.lastChecksum ?? 0)
    return Summary(events: events, findings: check.findings + (rows == bound.rawValue ? 0 : 1), head: head)
  }
}
