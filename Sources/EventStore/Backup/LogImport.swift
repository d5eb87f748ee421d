import Foundation
import LMDB

/// Makes a log of events whose places are known: what was exported from a log becomes that log again, to the byte.
///
/// Events come one after the other, the first at position 1. Each is encoded anew, with links and checksums of its own, and is
/// taken only if the record has the prefix hash that it had in the log it comes from. All of it happens in a folder beside the
/// log's place; ``finish(progress:)`` verifies it and gives it its name. Without that there is no log.
///
/// Memory is bounded: records wait for about 8 MiB, heads are kept as in a log that is written, ids are on the disk.
public final class LogImport {
  /// Which log it is going to be: another branch of the one the events come from.
  public let lineage: Lineage
  private let directory: DataDirectory
  private let lock: FileLock
  private let draft: Workpiece
  private let work: DataDirectory
  private var state: State?

  /// - Parameters:
  ///   - directory: Where there is to be a log.
  ///   - id: The lineage of the log that the events come from.
  ///   - time: When the log begins its branch.
  /// - Throws: `.unusable` if there is anything in `directory` but keys, `.locked` if somebody else is at work there.
  public init(into directory: DataDirectory, from id: UUID, at time: Timestamp = .now()) throws(EventStoreError) {
    try LogImport.refuseUsed(directory)
    lock = try LMDBEventLog.takeLock(directory)
    // Somebody else may have been faster.
    try LogImport.refuseUsed(directory)
    lineage = Lineage(id: id, epoch: 0).branch(at: time)
    self.directory = directory
    draft = try storage { () throws(LMDBError) in try Workpiece(folderFor: directory.path + "/import") }
    work = DataDirectory(draft.path)
    state = try State(work, lineage: lineage, created: id.v7Time)
  }

  deinit { try? FileSystem.removeTree(work.path) }

  /// Takes the next event, whole as it was read from its log.
  /// - Throws: `.misplaced` if it is not the next one, or does not fit; `.invalid` if it is one that no log takes.
  public func add(_ event: StoredEvent) throws(EventStoreError) {
    guard state != nil else { throw .closed }
    try state?.add(event)
  }

  /// Verifies the log and gives it its name. Nothing more can be added.
  /// - Throws: `.unusable` if the verification finds anything.
  public func finish(progress: (Position, Position) -> Void = { _, _ in }) throws(EventStoreError) -> LogVerification.Summary {
    guard state != nil else { throw .closed }
    try state?.finish()
    state = nil
    let summary = try LMDBEventLog.verify(work, progress: progress)
    try LMDBEventLog.install(work, in: directory)
    return summary
  }

  /// Keys may be there before the log is; an index or a format line without a log is of an import that ended as it named things.
  private static func refuseUsed(_ directory: DataDirectory) throws(EventStoreError) {
    let expected: Set = ["index", "format", "writer.lock", "keys", "secrets", "lost+found"]
    let names = (try? FileManager.default.contentsOfDirectory(atPath: directory.path)) ?? []
    guard let other = names.filter({ !expected.contains($0) && !Workpiece.isName($0, of: "import") }).min() else { return }
    throw .unusable(
      path: directory.path,
      reason: "There is something here already: \(other). Name a folder that does not exist or is empty; nothing was changed.")
  }
}

/// The log that is being made.
private struct State {
  private let lineage: Lineage
  private let file: LogFile
  private let heads: HeadIndex
  private var intake: RecordIntake
  /// What came since the last transaction.
  private var batch: Batch
  private var ids: SeenIDs
  /// The log in the format that the events come from, if that is an earlier one: `nil` once the first event was of the newest.
  private var former: FormatChain?

  init(_ directory: DataDirectory, lineage: Lineage, created: Timestamp) throws(EventStoreError) {
    self.lineage = lineage
    let identity = LogFile.Identity(format: LogFile.newestFormat, lineage: lineage, created: created)
    let file = try storage { () throws(LMDBError) in try LogFile(path: directory.log, access: .readWrite, new: identity) }
    let index = try storage { () throws(LMDBError) in try IndexFile(path: directory.index, access: .readWrite) }
    heads = HeadIndex(file: index, folded: .empty)
    intake = try RecordIntake(file)
    self.file = file
    former = FormatChain(RecordFormat(1, of: lineage.id))
    batch = Batch(after: .empty, types: [], file.format)
    ids = try storage { () throws(LMDBError) in try SeenIDs(path: directory.path + "/ids") }
  }

  mutating func add(_ event: StoredEvent) throws(EventStoreError) {
    func misplaced(_ reason: String) -> EventStoreError { .misplaced(at: event.position, reason: reason) }
    let append = try PreparedAppend(AppendRequest([NewEvent(event)]), file.format)
    guard event.position == batch.head.next else { throw misplaced("the next one must be at position \(batch.head.next)") }
    guard event.logTime >= batch.head.time else { throw misplaced("its log time is before that of the event before it") }
    guard event.id.v7Time <= event.logTime else { throw misplaced("its id was made after its log time") }
    guard try storage({ () throws(LMDBError) in try ids.insert(event.id) }) else {
      throw misplaced("an event before it has the same id")
    }
    let chainHeads = try batch.heads(of: append) { (chain) throws(EventStoreError) in try heads.head(of: append.chains[chain]) }
    let revision = chainHeads[append.stream(of: 0)]?.count ?? 0
    guard revision == event.revision.rawValue else {
      throw misplaced("its revision is \(event.revision), but its stream has \(revision) events before it")
    }
    var record: [UInt8] = []
    _ = try batch.write(append, after: chainHeads, time: event.logTime, wallTime: event.wallTime) { _, byteCount, fill in
      record = [UInt8](repeating: 0, count: byteCount)
      record.withMutableBytes { fill(&$0) }
    }
    guard isAsItWas(event, record) else {
      throw misplaced("the log it comes from has another prefix hash here: something in this event, or before it, is not as it was")
    }
    guard intake.learn(batch.allTypes.map(\.name)) else { throw misplaced("its type has another number") }
    try intake.take(record, at: event.position)
    if intake.isFlushed { try settle() }
  }

  /// Whether the record has the prefix hash that it had in the log it comes from, in the format that the log had.
  private mutating func isAsItWas(_ event: StoredEvent, _ record: [UInt8]) -> Bool {
    if event.position == .first, batch.head.prefixHash == event.prefixHash { former = nil }
    guard former != nil else { return batch.head.prefixHash == event.prefixHash }
    let types = batch.allTypes
    record.withValueBytes { _ = former?.advance(EventView(checked: $0, at: event.position, types: types)) }
    return former?.prefixHash == event.prefixHash
  }

  mutating func finish() throws(EventStoreError) {
    try intake.flush()
    try settle()
    if let former, let position = former.position {
      let end = FormerEnd(format: former.format.number, position: position, prefixHash: former.prefixHash)
      try storage { () throws(LMDBError) in try file.store(end) }
    }
    try storage { () throws(LMDBError) in try heads.store(lineage: lineage) }
    try storage { () throws(LMDBError) in try ids.remove() }
  }

  /// What was folded in memory goes where it is kept while a log is written.
  private mutating func settle() throws(EventStoreError) {
    heads.advance(batch.heads, to: batch.head)
    batch = Batch(after: batch.head, types: intake.types, file.format)
    try storage { () throws(LMDBError) in
      try ids.store()
      if heads.pressure != .none { try heads.store(lineage: lineage) }
    }
  }
}

/// The ids of all events so far: those of the last transactions in memory, the rest on the disk, as long as it takes.
private struct SeenIDs {
  private let path: String
  private let environment: Environment
  private let table: Table<[UInt8], [UInt8]>
  private var recent: Set<UUID> = []
  /// The greatest that is on the disk. Ids begin with the time: most are greater than all before them.
  private var greatest: UUID?

  init(path: String) throws(LMDBError) {
    self.path = path
    environment = try Environment(path: path, tables: ["ids"])
    table = environment.table("ids")
  }

  /// - Returns: Whether the id is new.
  mutating func insert(_ id: UUID) throws(LMDBError) -> Bool {
    guard recent.insert(id).inserted else { return false }
    guard let greatest, id <= greatest else { return true }
    return try environment.read { (txn) throws(LMDBError) in try txn.lend(id.bytes, in: table) == nil }
  }

  mutating func store() throws(LMDBError) {
    let sorted = recent.sorted()
    try environment.write { (txn) throws(LMDBError) in
      for id in sorted { try txn.put(id.bytes, [], in: table) }
      return .commit(())
    }
    if let last = sorted.last { greatest = max(greatest ?? last, last) }
    recent.removeAll(keepingCapacity: true)
  }

  func remove() throws(LMDBError) { try FileSystem.removeTree(path) }
}

extension UUID {
  fileprivate var bytes: [UInt8] { Words.bytes([high, low]) }
}

extension NewEvent {
  /// What an event was before it had a place.
  init(_ event: StoredEvent) {
    self.init(
      id: event.id, stream: event.stream, type: event.type, tags: event.tags, origin: event.origin, payload: event.payload,
      sealed: event.sealed)
  }
}
