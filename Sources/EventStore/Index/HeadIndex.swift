import LMDB
import Synchronization

/// The heads of all chains: those of the tail of the log in memory, the rest in `index/`.
///
/// Three layers, newest first: `active` takes what is appended; `frozen` is what is just being stored; the file has the rest.
/// Memory is bounded by ``Limits``.
final class HeadIndex: Sendable {
  struct Limits {
    /// Entries in memory after which they are moved to the file.
    var entriesToStore = 131_072
    /// Events after which they are moved to the file: what a start after a crash has to scan at most, twice over.
    var eventsToStore: UInt64 = 524_288
    /// Entries in memory beyond which appends wait for the file, and are refused if it takes nothing. An entry takes about 200 bytes.
    var entriesAtMost: Int { 4 * entriesToStore }
  }

  private struct State {
    var active = HeadMap()
    var frozen: HeadMap?
    /// Up to where `active` and what lies under it are folded.
    var folded = LogHead.empty
    /// Up to where the file is folded.
    var stored: Position?

    var entryCount: Int { active.entryCount + (frozen?.entryCount ?? 0) }
  }

  private let state: Mutex<State>
  private let file: IndexFile?
  let limits: Limits

  init(file: IndexFile?, folded: LogHead, limits: Limits = Limits()) {
    self.file = file
    self.limits = limits
    state = Mutex(State(folded: folded, stored: folded.position))
  }

  /// Up to where the heads are folded.
  var folded: LogHead { state.withLock { $0.folded } }

  /// How many events the file is behind.
  var lag: UInt64 { state.withLock { ($0.folded.position?.rawValue ?? 0) - ($0.stored?.rawValue ?? 0) } }

  func head(of chain: ChainName) throws(EventStoreError) -> Head? { try head(of: chain, or: Known(), 0) }

  /// What the file has of some chains, read before the writer asks for it: so it is not the writer that waits for the disk.
  struct Known: Sendable {
    /// `nil` for chains that were in memory, too.
    fileprivate var heads: [Head?] = []
    /// How far the file was folded, at least; `nil` if nothing was read.
    fileprivate var stored: Position?
  }

  func known(_ chains: [ChainName]) throws(EventStoreError) -> Known {
    guard let file, let stored = state.withLock({ $0.stored }) else { return Known() }
    let heads = try storage { () throws(LMDBError) in try file.heads(of: chains) { inMemory($0).head == nil } }
    return Known(heads: heads, stored: stored)
  }

  /// The head of a chain, without looking into the file if nothing was moved there since `known` was read from it: what was
  /// in the file alone, and is, has not changed.
  /// - Parameter index: Where the chain stands among those of `known`.
  func head(of chain: ChainName, or known: Known, _ index: Int) throws(EventStoreError) -> Head? {
    let (head, stored) = inMemory(chain)
    if head != nil || stored == nil { return head }
    if stored == known.stored { return known.heads[index] }
    return try storage { () throws(LMDBError) in try file?.heads(of: [chain])[0] }
  }

  /// The head if it is in memory, and how far the file is folded.
  private func inMemory(_ chain: ChainName) -> (head: Head?, stored: Position?) {
    state.withLock { ($0.active.heads[chain] ?? $0.frozen?.heads[chain], $0.stored) }
  }

  func waypoint(_ chain: ChainName, block: UInt64) throws(EventStoreError) -> Position? {
    let waypoint = HeadMap.Waypoint(chain: chain, block: block)
    if let position = state.withLock({ $0.active.waypoints[waypoint] ?? $0.frozen?.waypoints[waypoint] }) { return position }
    return try storage { () throws(LMDBError) in try file?.waypoint(waypoint) }
  }

  /// Frees the slots of readers of the file whose process is gone. - Returns: How many there were.
  func clearStaleReaders() throws(LMDBError) -> Int { try file?.clearStaleReaders() ?? 0 }

  /// Lends everything in the file, see ``IndexFile/forEachHead(_:)``; `nil` if there is no file, or nothing in it.
  func forEachStored(
    _ body: (ChainName, Head, Position) throws(EventStoreError) -> Void
  ) throws(EventStoreError) -> Position? {
    try file?.forEachHead(body)
  }

  /// Takes over the heads of events that are in the log now.
  func advance(_ newer: HeadMap, to folded: LogHead) {
    state.withLock {
      $0.active.merge(newer)
      $0.folded = folded
    }
  }

  // MARK: Storing

  enum Pressure { case none, store, wait }

  /// Whether it is time to move heads to the file.
  var pressure: Pressure {
    guard file != nil else { return .none }
    return state.withLock { state in
      if state.entryCount >= limits.entriesAtMost { return .wait }
      let behind = (state.folded.position?.rawValue ?? 0) - (state.stored?.rawValue ?? 0)
      return state.active.entryCount >= limits.entriesToStore || behind >= limits.eventsToStore ? .store : .none
    }
  }

  /// Moves everything in memory to the file. One caller at a time.
  func store(lineage: Lineage) throws(LMDBError) {
    guard let file else { return }
    let (map, folded) = state.withLock { state -> (HeadMap, LogHead) in
      var map = state.active
      state.active = HeadMap()
      // What was frozen before could not be stored.
      if var older = state.frozen.take() {
        older.merge(map)
        map = older
      }
      state.frozen = map
      return (map, state.folded)
    }
    guard let position = folded.position else { return }
    try file.store(map, upTo: .init(lineage: lineage, position: position, prefixHash: folded.prefixHash))
    state.withLock {
      $0.frozen = nil
      $0.stored = position
    }
  }

  /// In a process that does not write: when memory is at its bound, an index that knows what the file has by now and nothing
  /// else; `nil` if there is no need, or the file has nothing new. The caller folds the log on from there, and then has this index
  /// ``become`` it: who asks meanwhile gets the answers of before.
  func renewed() throws(EventStoreError) -> HeadIndex? {
    guard let file, state.withLock({ $0.entryCount >= limits.entriesAtMost }) else { return nil }
    guard let checkpoint = try storage({ () throws(LMDBError) in try file.checkpoint() }) else { return nil }
    let (stored, time) = state.withLock { ($0.stored, $0.folded.time) }
    guard checkpoint.position > stored ?? .first else { return nil }
    let folded = LogHead(position: checkpoint.position, time: time, prefixHash: checkpoint.prefixHash)
    return HeadIndex(file: file, folded: folded, limits: limits)
  }

  func replaceContents(with other: HeadIndex) {
    let newer = other.state.withLock { $0 }
    state.withLock { $0 = newer }
  }
}
