import Foundation
import LMDB
import Synchronization

/// The one thread that writes. It begins a transaction when a request comes, writes those that come while it works, commits
/// once, and answers all of them.
final class Writer: Sendable {
  /// What becomes of a job.
  typealias Verdict = Result<Placement, EventStoreError>

  final class Job: Sendable {
    let append: PreparedAppend
    let known: HeadIndex.Known
    let answer: CheckedContinuation<Verdict, Never>

    init(_ append: PreparedAppend, _ known: HeadIndex.Known, _ answer: CheckedContinuation<Verdict, Never>) {
      self.append = append
      self.known = known
      self.answer = answer
    }
  }

  /// What the thread alone uses.
  private struct ThreadState {
    var window = BatchWindow()
    var recent: RecentIDs
    /// Whether the log's time was ahead of the clock after the last commit, by more than ``Writer/clockTolerance``.
    var isAhead = false
  }

  /// Beyond that somebody has to look at the clock. Summer time and leap seconds move it by nothing or little.
  private static let clockTolerance = Duration.seconds(60)

  private struct Queue {
    var jobs: [Job] = []
    /// Whether the thread will look for jobs without being told.
    var isAttended = false
    var isClosed = false
    /// Why nothing is written any more.
    var poison: String?
  }

  let signal = HeadSignal()
  private let queue = Mutex(Queue())
  /// How many jobs are in the queue, to be looked at without a lock.
  private let waiting = Atomic(0)
  private let thread = WorkThread(name: "dossier.writer")
  private let state: Mutex<ThreadState>
  private let counted = Mutex(WriterStatistics())
  private let types: RecordTypes
  private let file: LogFile
  private let heads: HeadIndex
  private let store: IndexKeeper
  private let directory: DataDirectory
  private let grip: Grip
  private let clock: @Sendable () -> Timestamp
  private let telemetry: Telemetry

  init(
    file: LogFile, heads: HeadIndex, types: RecordTypes, lineage: Lineage, directory: DataDirectory,
    grip: Grip, clock: @escaping @Sendable () -> Timestamp, telemetry: Telemetry
  ) {
    self.telemetry = telemetry
    self.file = file
    self.heads = heads
    self.directory = directory
    self.grip = grip
    self.clock = clock
    self.types = types
    state = Mutex(ThreadState(recent: RecentIDs(after: heads.folded.time)))
    store = IndexKeeper(heads: heads, lineage: lineage, logger: telemetry.logger)
  }

  var statistics: WriterStatistics { counted.withLock { $0 } }

  func append(_ append: PreparedAppend) async throws(EventStoreError) -> AppendReceipt {
    let known = try heads.known(append.chains)
    let verdict = await withCheckedContinuation { answer in enqueue(Job(append, known, answer)) }
    return AppendReceipt(try verdict.get(), of: append)
  }

  /// Waits until everything that was asked for is answered and stored.
  func close() {
    let isFirst = queue.withLock { queue in
      defer { queue.isClosed = true }
      return !queue.isClosed
    }
    guard isFirst else { return }
    thread.finish()
    store.finish()
  }

  private func enqueue(_ job: Job) {
    let refusal: EventStoreError? = queue.withLock { queue in
      if queue.isClosed { return .closed }
      if let poison = queue.poison { return .poisoned(reason: poison) }
      queue.jobs.append(job)
      waiting.store(queue.jobs.count, ordering: .relaxed)
      if !queue.isAttended {
        queue.isAttended = true
        thread.run { [self] in writeWaiting() }
      }
      return nil
    }
    if let refusal { job.answer.resume(returning: .failure(refusal)) }
  }

  // MARK: On the thread

  /// Writes until nothing waits.
  private func writeWaiting() {
    state.withLock { state in
      while true {
        let hasRoom = store.flushIfFull()
        guard let jobs = take(lettingGo: true) else { return }
        if hasRoom { write(jobs, &state) } else { refuse(jobs) }
      }
    }
  }

  /// What waits, at the moment. - Returns: `nil` if that is nothing, or nothing that will be written.
  /// - Parameter lettingGo: If nothing waits, the next to come has to tell the thread.
  private func take(lettingGo: Bool = false) -> [Job]? {
    let (jobs, poison) = queue.withLock { queue in
      defer { queue.jobs = [] }
      waiting.store(0, ordering: .relaxed)
      if lettingGo, queue.jobs.isEmpty || queue.poison != nil { queue.isAttended = false }
      return (queue.jobs, queue.poison)
    }
    guard let poison else { return jobs.isEmpty ? nil : jobs }
    for job in jobs { job.answer.resume(returning: .failure(.poisoned(reason: poison))) }
    return nil
  }

  /// There is no memory left for heads, and the file does not take them.
  private func refuse(_ jobs: [Job]) {
    telemetry.failed(jobs.count)
    for job in jobs { job.answer.resume(returning: .failure(.readOnly(.indexBehind))) }
  }

  private func write(_ first: [Job], _ state: inout ThreadState) {
    var jobs = first
    var isCommitting = false
    state.window.begin()
    do throws(EventStoreError) {
      let types = types.all
      var batch = Batch(after: heads.folded, types: types, file.format)
      let verdicts: [Verdict] = try file.environment.write { (txn) throws(EventStoreError) in
        if let loss = grip.loss { throw EventStoreError.poisoned(reason: loss) }
        try checkHead(in: txn)
        var verdicts: [Verdict] = []
        repeat {
          for job in jobs[verdicts.count...] { verdicts.append(try write(job, in: &txn, &batch, &state.recent)) }
          if state.window.takesMore(than: jobs.count, isWaiting: { waiting.load(ordering: .relaxed) > 0 }) { jobs += take() ?? [] }
        } while verdicts.count < jobs.count
        try storage { () throws(LMDBError) in
          for (offset, type) in batch.newTypes.enumerated() {
            try file.store(type.name, number: UInt64(types.count + offset + 1), in: &txn)
          }
        }
        isCommitting = true
        state.window.beginCommit()
        return batch.isEmpty ? .abort(verdicts) : .commit(verdicts)
      }
      if let loss = grip.loss { throw EventStoreError.poisoned(reason: loss) }
      state.window.endCommit(of: jobs.count, waiting: waiting.load(ordering: .relaxed))
      committed(batch, types: types, &state)
      telemetry.answered(verdicts)
      for (job, verdict) in zip(jobs, verdicts) { job.answer.resume(returning: verdict) }
    } catch {
      let answer = failed(error, isCommitting: isCommitting)
      telemetry.failed(jobs.count)
      for job in jobs { job.answer.resume(returning: .failure(answer)) }
    }
  }

  /// Nobody else may have written: the log must end where this writer left it.
  private func checkHead(in txn: borrowing WriteTransaction) throws(EventStoreError) {
    let last = try storage { () throws(LMDBError) in try file.lastPosition(in: txn) }
    guard last == heads.folded.position else {
      throw .corrupt(at: last, reason: "the log ends here, but this writer left it at \(heads.folded.position?.rawValue ?? 0)")
    }
  }

  private func committed(_ batch: Batch, types: [RecordType], _ state: inout ThreadState) {
    guard !batch.isEmpty, let position = batch.head.position else { return }
    let duration = state.window.duration
    state.recent.trim(at: batch.head.time)
    counted.withLock {
      $0.commits += 1
      $0.appends += UInt64(batch.appendCount)
      $0.committing += duration
    }
    if !batch.newTypes.isEmpty { self.types.update { $0 = types + batch.newTypes } }
    let events = position.rawValue - (heads.folded.position?.rawValue ?? 0)
    heads.advance(batch.heads, to: batch.head)
    telemetry.committed(
      .init(
        appends: batch.appendCount, events: events, duration: duration,
        waiting: waiting.load(ordering: .relaxed), head: position, indexLag: heads.lag))
    signal.notify()
    store.flushIfNeeded()
    watchClock(batch.head.time, &state)
  }

  /// Log time never goes back: if the clock was ever ahead, events keep that time until the clock catches up.
  private func watchClock(_ time: Timestamp, _ state: inout ThreadState) {
    let ahead = Duration.microseconds(max(0, time.microseconds &- clock().microseconds))
    telemetry.logTimeAhead(ahead)
    defer { state.isAhead = ahead > Writer.clockTolerance }
    guard ahead > Writer.clockTolerance, !state.isAhead else { return }
    telemetry.logger.warning(
      "The clock is behind the log: events get the time of the newest one until it has caught up. Correct the clock.",
      metadata: ["data": "\(directory.path)", "seconds": "\(ahead.components.seconds)"])
  }

  /// A refused request leaves the batch as it was. Only an error of the storage throws, and fails all.
  private func write(
    _ job: Job, in txn: inout WriteTransaction, _ batch: inout Batch, _ recent: inout RecentIDs
  ) throws(EventStoreError) -> Verdict {
    let append = job.append
    let wallTime = clock()
    let heads: [Head?]
    do throws(EventStoreError) {
      heads = try batch.heads(of: append) { (chain) throws(EventStoreError) in
        try self.heads.head(of: append.chains[chain], or: job.known, chain)
      }
    } catch { return .failure(error) }  // The index could not be read: nothing was written.
    let admission: Admission
    do throws(EventStoreError) {
      admission = try Admission(
        append, heads: heads, wallTime: wallTime, lastTime: batch.head.time, mayBeStored: recent.mayContain
      ) { (position) throws(EventStoreError) in try place(position, in: txn, batch.allTypes) }
    } catch {
      guard error.isRefusal else { throw error }
      return .failure(error)
    }
    switch admission {
    case .repeated(let placement): return .success(placement)
    case .write(let time):
      let placement = try batch.write(append, after: heads, time: time, wallTime: wallTime) {
        (position, byteCount, fill) throws(EventStoreError) in
        try storage { () throws(LMDBError) in
          try txn.put(position.rawValue, reserving: byteCount, in: file.events, .append, fill)
        }
      }
      for event in append.events { recent.insert(event.id) }
      return .success(placement)
    }
  }

  /// After a failed transaction: what its clients are told, and whether anything may be written after it.
  ///
  /// A full disk or map leaves the log as it was, and the next append tries again. After any other error nothing more is
  /// written. Before the commit it is certain that nothing was stored; after it, nobody can say.
  private func failed(_ error: EventStoreError, isCommitting: Bool) -> EventStoreError {
    if !isPanicking {
      if case .readOnly = error { return resting(error) }
      // LMDB says EIO when less was written than it asked for, which is how most disks become full.
      if error == .storage(.system(errno: EIO)), !FileSystem.hasRoom(in: directory.log) {
        return resting(.readOnly(.diskFull))
      }
    }
    let reason = if case .poisoned(let reason) = error { reason } else { error.description }
    queue.withLock { $0.poison = reason }
    telemetry.logger.critical("The log takes no more appends: \(reason)", metadata: ["data": "\(directory.path)"])
    return isCommitting ? .inDoubt(reason: reason) : .poisoned(reason: reason)
  }

  private func resting(_ error: EventStoreError) -> EventStoreError {
    telemetry.logger.warning("\(error)", metadata: ["data": "\(directory.path)"])
    return error
  }

  /// Whether LMDB itself refuses to go on: its meta page could not be written.
  private var isPanicking: Bool {
    do throws(LMDBError) {
      try file.environment.read { (_) throws(LMDBError) in }
      return false
    } catch { return error == .panic }
  }

  private func place(
    _ position: Position, in txn: borrowing WriteTransaction, _ types: [RecordType]
  ) throws(EventStoreError) -> EventPlace? {
    let reader = LogReader(file: file, heads: heads, types: types, bound: position)
    guard try storage({ () throws(LMDBError) in try txn.lend(position.rawValue, in: file.events) != nil }) else { return nil }
    return EventPlace(try reader.header(at: position, in: txn))
  }
}

/// What a writer did since it was opened.
public struct WriterStatistics: Sendable {
  /// Transactions that were committed.
  public internal(set) var commits: UInt64 = 0
  /// Appends that were answered by these commits.
  public internal(set) var appends: UInt64 = 0
  /// How long the commits took together, from the first record to the disk.
  public internal(set) var committing = Duration.zero
}
