import EventStore
import Foundation
import Synchronization

/// A read model that follows the log: opened when first asked, caught up when asked, and reopened when somebody put a new
/// version in its place. Several processes may follow at the same time.
final class LiveView<P: Projection>: Sendable {
  let folder: ViewFolder
  let log: any EventLog
  private let dataDirectory: DataDirectory
  private let opened = Mutex<(version: String, store: ViewStore)?>(nil)
  private let scan = Mutex(LogScan([P.self]))
  private let recent = Mutex(RecentChanges())

  init(in dataDirectory: DataDirectory, log: any EventLog) {
    self.dataDirectory = dataDirectory
    folder = ViewFolder(P.name, in: dataDirectory)
    self.log = log
  }

  /// Lends the rows, with everything the log has or with what it had at `position`.
  /// - Throws: `.notReached`, `.stopped`, `.quarantined`: no answer is better than one that is too old without saying so.
  func read<Value>(
    of account: UUID, atLeast position: Position?, _ body: (borrowing SnapshotRows) throws(ProjectionError) -> Value
  ) throws(ProjectionError) -> Value {
    let store = try store()
    let known = try store.read { (rows) throws(ProjectionError) in try rows.checkpoint()?.position }
    if let position, let known, known >= position {} else { try catchUp(store) }
    return try store.read { (rows) throws(ProjectionError) in
      let has = try rows.checkpoint()?.position
      if let position, has.map({ $0 < position }) ?? true { throw .notReached(position, has: has) }
      if let fault = try rows.fault(of: account) {
        throw .quarantined(P.name, account: account, at: fault.position, reason: fault.reason)
      }
      return try body(rows)
    }
  }

  /// Folds what the log has beyond the checkpoint. Repeating it does nothing.
  /// - Returns: How far the rows are; `nil` while the log is empty.
  /// - Throws: `.stopped` if an event stands in the way: the rows are those before it.
  @discardableResult
  func catchUp() throws(ProjectionError) -> Position? { try catchUp(try store()) }

  /// What this process folded last.
  var recentChanges: RecentChanges { recent.withLock { $0 } }

  // MARK: Folding

  @discardableResult
  private func catchUp(_ store: ViewStore) throws(ProjectionError) -> Position? {
    while true {
      let head = try asking { () throws(EventStoreError) in try log.head().position }
      let position = try store.read { (rows) throws(ProjectionError) in try rows.checkpoint()?.position }
      guard let head, position.map({ $0 < head }) ?? true else { return position }
      try foldBatch(in: store)
    }
  }

  /// How many events are folded in one transaction.
  private static var batch: Int { 4_096 }

  /// The checkpoint is read in the transaction that writes the rows: two processes never fold an event twice.
  private func foldBatch(in store: ViewStore) throws(ProjectionError) {
    var (before, after): (Position?, Position?) = (nil, nil)
    var changes: [EncodedRow] = []
    let stop = try store.write { (rows) throws(ProjectionError) -> ProjectionError? in
      var checkpoint = try rows.agreedCheckpoint(with: log, as: P.name)
      let known = try rows.faults()
      var fold = ModelFold(P.self, over: store, folded: checkpoint.folded, faults: known)
      before = checkpoint.position
      let query = EventQuery(.all, from: .position(before?.next ?? .first), limit: Self.batch)
      let (last, stop) = scan.withLock {
        $0.run(log, query) { (record) throws(ProjectionError) in try fold.take(FoldEvent(record)) }
      }
      changes = try fold.rows.drain()
      for change in changes { try rows.store(change) }
      checkpoint.folded = fold.folded
      if let last { try checkpoint.advance(to: last, in: log) }
      after = checkpoint.position
      try rows.put(checkpoint)
      var faults = fold.faults
      faults.stopped = try stop.map { (error) throws(ProjectionError) in try Fault(of: error) }
      if faults != known { try rows.put(faults) }
      return stop
    }
    if let after { recent.withLock { $0.note(changes.map(\.key), after: before, upTo: after) } }
    guard let stop else { return }
    let fault = try Fault(of: stop)
    throw .stopped(P.name, at: fault.position, reason: fault.reason)
  }

  // MARK: Opening

  /// The live version, opened once; another one if somebody replaced it; a new one if there is none for this build and log.
  func store() throws(ProjectionError) -> ViewStore {
    try opened.withLock { (opened) throws(ProjectionError) in
      if let opened, folder.current() == opened.version { return opened.store }
      opened = nil
      let found = try open()
      opened = found
      return found.store
    }
  }

  private func open() throws(ProjectionError) -> (version: String, store: ViewStore) {
    for attempt in 0... {
      if let found = try openCurrent() { return found }
      do throws(ProjectionError) {
        try Rebuild(in: dataDirectory, log: log).run([P.self])
      } catch {
        // Somebody else makes it just now: it will be there in a moment.
        guard case .rebuilding = error, attempt < 600 else { throw error }
        Thread.sleep(forTimeInterval: 0.05)
      }
    }
    throw .rebuilding(P.name, by: "somebody")
  }

  /// - Returns: `nil` if there is none, or none that this build made of this log.
  private func openCurrent() throws(ProjectionError) -> (version: String, store: ViewStore)? {
    guard let version = folder.current(), version.hasPrefix(P.fingerprint + ".") else { return nil }
    let store: ViewStore
    do throws(ProjectionError) {
      store = try existingStore(version)
    } catch .storage(.system(errno: ENOENT)) {
      return nil
    } catch .storage(.damagedFile) {
      return nil
    } catch .storage(.notFound) {
      return nil
    }
    let checkpoint = try store.read { (rows) throws(ProjectionError) in try rows.checkpoint() }
    guard let checkpoint, try checkpoint.compare(with: log, as: P.name) == .same else { return nil }
    return (version, store)
  }

  /// Who may not write a read model can read it, as far as it is folded.
  private func existingStore(_ version: String) throws(ProjectionError) -> ViewStore {
    do throws(ProjectionError) { return try ViewStore(path: folder.version(version), .existing) } catch .storage(let error)
    where error.isAboutWriting {
      return try ViewStore(path: folder.version(version), .reading)
    }
  }

  /// The store of `version`, for looking at.
  func existing(_ version: String) throws(ProjectionError) -> ViewStore {
    if let opened = opened.withLock({ $0 }), opened.version == version { return opened.store }
    return try ViewStore(path: folder.version(version), .reading)
  }
}
