import Foundation
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

  /// How much of what a verification has to remember stays in memory: the newest event of each stream and tag.
  public struct Memory: Sendable {
    public static let defaultBytes = 256 << 20

    public var bytes: Int
    /// Where the rest goes, in a file without a name: about 100 bytes each.
    public var folder: String

    public init(bytes: Int = Memory.defaultBytes, folder: String = NSTemporaryDirectory()) {
      self.bytes = bytes
      self.folder = folder
    }
  }

  /// Which log it is.
  public let lineage: Lineage
  private let file: LogFile
  private let memory: Memory
  private let index: @Sendable () throws(EventStoreError) -> OpenedIndex?

  /// Verifies a log that is open.
  public init(_ log: LMDBEventLog, memory: Memory = Memory()) {
    file = log.file
    lineage = log.lineage
    self.memory = memory
    // Whether the index belongs to the log was seen when it was opened.
    index = { [heads = log.heads] () throws(EventStoreError) in 
      OpenedIndex { (body) throws(EventStoreError) in try heads.forEachStored(body) }
    }
  }

  /// Verifies a log that may be too damaged to be opened otherwise: nothing is read before ``run(from:progress:report:)``.
  /// - Throws: `.unusable`, `.storage` if there is no log file that LMDB can map at all.
  public init(directory: DataDirectory, memory: Memory = Memory()) throws(EventStoreError) {
    let opened = try LMDBEventLog.openFile(directory, options: .init(access: .readOnly))
    file = opened.file
    lineage = opened.lineage
    self.memory = memory
    index = { () throws(EventStoreError) in
      guard let index = try LMDBEventLog.openIndex(directory, access: .readOnly) else { return nil }
      return OpenedIndex(
        belongs: { (known) throws(EventStoreError) in
          guard let checkpoint = index.checkpoint else { return }
          _ = try LMDBEventLog.folded(upTo: checkpoint, lineage: opened.lineage, of: opened.file, in: directory, known: known)
        },
        heads: { (body) throws(EventStoreError) in try index.file.forEachHead(body) })
    }
  }

  /// Checks of every event after `anchor` (`nil`: of all): its place, both checksums, that it follows the record before it,
  /// its type, its names, its back-links, revision and ordinals, its id, and that log time does not go back; then whether `index/` is whole and
  /// belongs to this log, and its heads against a fresh fold. Others may append meanwhile: what comes later is not looked at.
  ///
  /// A damaged page can end the process that maps it: look at a suspicious file from a process of its own.
  /// Memory is bounded by ``Memory``, whatever the log's size.
  /// - Parameters:
  ///   - anchor: What comes before it is trusted.
  ///   - progress: Called every 65,536 events with the position reached and the last one.
  ///   - reading: Called before each record is looked at.
  ///   - report: Called for every fault.
  public func run(
    from anchor: Anchor? = nil, progress: (Position, Position) -> Void = { _, _ in },
    reading: (Position) -> Void = { _ in }, report: @escaping (Finding) -> Void
  ) throws(EventStoreError) -> Summary {
    // The index first: whatever it has seen is in the log by then.
    let opened = Result { () throws(EventStoreError) in try index() }
    let tables = try file.environment.read { (txn) throws(EventStoreError) in
      try storage { () throws(LMDBError) in try Tables(of: file, in: txn) }
    }
    let bound = tables.last ?? .first
    let reader = LogReader(file: file, heads: HeadIndex(file: nil, folded: .empty), types: tables.types, bound: bound)
    var check = EventCheck(reader: reader, damagedTypes: tables.damagedTypes, anchor: anchor, memory: memory, report: report)
    for fault in tables.faults { check.fault(nil, fault) }
    if let anchor { try check.check(anchor) }
    var next = tables.last == nil ? nil : anchor?.position.next ?? .first
    var events: UInt64 = 0
    while let position = next, position <= bound {
      let end = try check.checkEvents(from: position, reading: reading)
      events += end.count
      next = end.next
      if next == nil || events.isMultiple(of: 65_536) { progress(end.last, bound) }
    }
    let head = LogHead(position: tables.last, time: check.lastTime, prefixHash: tables.last == nil ? 0 : check.lastChecksum ?? 0)
    do throws(EventStoreError) {
      if let index = try opened.get() {
        try index.belongs((head, tables.types))
        try check.check(index, wasWhole: anchor == nil)
      }
    } catch {
      if error.isInputOutput { throw error }
      check.fault(nil, "index: \(error)")
    }
    return Summary(events: events, findings: check.findings, head: head)
  }
}

extension LogVerification {
  /// The newest position, whether its record is whole or not; `nil` in an empty log.
  public func lastPosition() throws(EventStoreError) -> Position? {
    try file.environment.read { (txn) throws(EventStoreError) in
      try storage { () throws(LMDBError) in try file.lastKey(in: txn) }
    }
  }
}

/// An index as far as it was opened for a verification.
struct OpenedIndex {
  /// Throws if it is not one of the log with this head.
  var belongs: ((head: LogHead, types: [RecordType])) throws(EventStoreError) -> Void = { _ throws(EventStoreError) in }
  /// Lends every head, with the position up to which the index is folded. - Returns: That position; `nil` while nothing was folded.
  let heads: ((ChainName, Head, Position) throws(EventStoreError) -> Void) throws(EventStoreError) -> Position?
}

/// What the tables of a log say of themselves, whether it is so or not.
private struct Tables {
  let types: [RecordType]
  let last: Position?
  private(set) var faults: [String] = []
  let damagedTypes: Set<UInt32>

  init(of file: LogFile, in txn: borrowing ReadTransaction) throws(LMDBError) {
    var (damaged, numbers) = ([String](), Set<UInt32>())
    types = try file.types(after: [], in: txn) { (number) throws(LMDBError) in
      damaged.append("the row of event type \(number) is damaged")
      numbers.insert(UInt32(truncatingIfNeeded: number))
      return "damaged"
    }
    last = try file.lastKey(in: txn)
    (faults, damagedTypes) = (damaged, numbers)
    let (rows, typeRows) = (try txn.count(of: file.events), try file.typeCount(in: txn))
    if typeRows != types.count {
      faults.append("the file says that there are \(typeRows) event types, but they end with number \(types.count)")
    }
    if rows != last?.rawValue ?? 0 {
      faults.append("the file says that there are \(rows) events, the last is at position \(last?.rawValue ?? 0)")
    }
  }
}
