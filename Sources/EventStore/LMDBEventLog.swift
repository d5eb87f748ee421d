import Foundation
import LMDB
import Logging
import Metrics
import Synchronization

/// The log in an LMDB file, with its heads in `index/` and in memory.
///
/// One process writes and holds the file `writer.lock` for its life; any number of others read. See
/// `docs/data-format.md` for every byte, `docs/operating.md` for what each error asks you to do.
public final class LMDBEventLog: EventLog {
  public struct Options: Sendable {
    public var access: Environment.Access
    /// Address space for the log, not disk; `nil`: 1 TiB, or as many GiB as the environment variable `DOSSIER_MAP_GIB` says.
    public var mapSizeBytes: Int?
    /// What `wallTime` is taken from.
    public var clock: @Sendable () -> Timestamp
    /// Where the log says what an operator has to know: positions, sizes and paths, never what events hold.
    public var logger = Logger(label: "dossier.store")
    /// Where measurements go. See `docs/operating.md` for their names.
    public var metrics: any MetricsFactory = MetricsSystem.factory
    /// How often a log that is open for writing frees what killed readers held, and measures room.
    public var housekeepingInterval = Duration.seconds(60)
    /// How much of the index stays in memory.
    var headLimits = HeadIndex.Limits()

    public init(
      access: Environment.Access = .readWrite, mapSizeBytes: Int? = nil,
      clock: @escaping @Sendable () -> Timestamp = { .now() }
    ) {
      self.access = access
      self.mapSizeBytes = mapSizeBytes
      self.clock = clock
    }
  }

  public let directory: DataDirectory
  public let lineage: Lineage
  let file: LogFile
  let heads: HeadIndex
  let types: RecordTypes
  let readership: Readership
  private let writer: Writer?
  private let lock: FileLock?
  private let closing = Mutex(())
  private let isClosed = Atomic(false)
  let telemetry: Telemetry
  /// `nil` for a log that was opened for reading.
  let housekeeping: Housekeeping?

  /// Opens the log in `directory`; for writing, makes it first if there is none.
  ///
  /// Opening trusts nothing: the file is looked at before it is mapped, the format, the lineage and the head are held
  /// against what the index says, and the tail of the log that the index does not cover is read and checked.
  /// - Throws: `.locked` if another process writes; `.unusable` if this is not a log, one of a newer format, or one that is
  ///   shorter than its index or of another lineage; `.corrupt`; `.storage`.
  public init(directory: DataDirectory, options: Options = Options()) throws(EventStoreError) {
    let writing = options.access == .readWrite
    telemetry = Telemetry(logger: options.logger, metrics: options.metrics)
    lock = writing ? try LMDBEventLog.takeLock(directory) : nil
    let opened = try LMDBEventLog.openFile(directory, options: options)
    file = opened.file
    lineage = opened.lineage
    self.directory = directory
    // The index first: whatever it has seen is in the log by then, however fast another process appends.
    let index = try LMDBEventLog.openIndex(directory, access: options.access)
    let known = try LMDBEventLog.snapshot(of: opened.file, knownTypes: [])
    types = RecordTypes(known.types)
    let folded = try index?.checkpoint.map { (checkpoint) throws(EventStoreError) in
      try LMDBEventLog.folded(upTo: checkpoint, lineage: opened.lineage, of: opened.file, in: directory, known: known)
    }
    heads = HeadIndex(file: index?.file, folded: folded ?? .empty, limits: options.headLimits)
    try LMDBEventLog.fold(opened.file, into: heads, upTo: known.head, types: known.types, lineage: writing ? opened.lineage : nil)
    writer =
      writing
      ? Writer(
        file: opened.file, heads: heads, types: types, lineage: opened.lineage, directory: directory,
        grip: try Grip(on: directory), clock: options.clock, telemetry: telemetry) : nil
    readership = Readership(of: opened.file, heads)
    housekeeping = writing ? Housekeeping(of: readership, in: directory, telemetry: telemetry) : nil
    housekeeping?.begin(every: options.housekeepingInterval)
  }

  deinit { close() }

  /// Ends writing: waits for the appends that are under way, stores the heads, and lets another process write. What was there can be
  /// read as long as the log lives; who waits for more gets `.closed`.
  public func close() {
    // One caller at a time: the lock is released when nothing is written any more, not when somebody else waits for that.
    closing.withLock { _ in
      housekeeping?.finish()
      writer?.close()
      lock?.release()
      isClosed.store(true, ordering: .releasing)
      writer?.signal.notify()
    }
  }

  /// What this log wrote since it was opened; zeros for one opened for reading.
  public var statistics: WriterStatistics { writer?.statistics ?? WriterStatistics() }

  public func append(_ request: AppendRequest) async throws(EventStoreError) -> AppendReceipt {
    guard let writer else { throw .readOnly(.openedForReading) }
    return try await writer.append(PreparedAppend(request, file.format))
  }

  public func head() throws(EventStoreError) -> LogHead { try refresh() }

  public func head(of stream: StreamID) throws(EventStoreError) -> Head? {
    try refresh()
    return try heads.head(of: ChainName(stream))
  }

  public func head(of tag: Tag) throws(EventStoreError) -> Head? {
    try refresh()
    return try heads.head(of: ChainName(tag))
  }

  public func prefixHash(at position: Position) throws(EventStoreError) -> UInt64? {
    let head = try head()
    guard let bound = head.position, position <= bound else { return nil }
    let reader = reader(bound: bound)
    return try file.environment.read { (txn) throws(EventStoreError) in try reader.header(at: position, in: txn).prefixHash }
  }

  public func formerPrefixHash(at position: Position) throws(EventStoreError) -> UInt64? {
    guard let bound = try head().position, position <= bound else { return nil }
    return try reader(bound: bound).formerPrefixHash(at: position)
  }

  @discardableResult
  public func read(_ query: EventQuery, _ body: (borrowing EventView) -> ReadStep) throws(EventStoreError) -> Position? {
    guard let bound = try head().position else { return nil }
    return try reader(bound: bound).read(query, body)
  }

  public func waitForEvents(after position: Position?) async throws(EventStoreError) {
    if let writer {
      await writer.signal.wait { [self] in heads.folded.isBeyond(position) || isClosed.load(ordering: .acquiring) }
    }
    while !Task.isCancelled {
      if try head().isBeyond(position) { return }
      if isClosed.load(ordering: .acquiring) { throw .closed }
      try? await Task.sleep(for: LMDBEventLog.pollInterval)
    }
  }

  /// How often a process that does not write looks for new events while it waits for them.
  static let pollInterval = Duration.milliseconds(10)

  func reader(bound: Position) -> LogReader {
    LogReader(file: file, heads: heads, types: types.all, bound: bound)
  }

  /// In a process that does not write: folds what others appended since. - Returns: The newest event.
  @discardableResult
  private func refresh() throws(EventStoreError) -> LogHead {
    guard writer == nil else { return heads.folded }
    return try types.update { (types) throws(EventStoreError) in
      let now = try LMDBEventLog.snapshot(of: file, knownTypes: types)
      types = now.types
      guard now.head.position != heads.folded.position else { return now.head }
      let renewed = try heads.renewed()
      try LMDBEventLog.fold(file, into: renewed ?? heads, upTo: now.head, types: now.types, lineage: nil)
      if let renewed { heads.replaceContents(with: renewed) }
      return now.head
    }
  }
}
