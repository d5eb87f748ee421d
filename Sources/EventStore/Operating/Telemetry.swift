import Logging
import Metrics

/// What an operator watches. The program decides where it goes: it gives the log a `MetricsFactory` and a `Logger`, or
/// bootstraps swift-metrics and swift-log.
/// `docs/operating.md` lists the names. Those of commits are recorded at each commit, the others once in
/// ``LMDBEventLog/Options/housekeepingInterval``.
struct Telemetry: Sendable {
  let logger: Logger
  private let appends: Counter
  private let events: Counter
  private let refusals: Counter
  private let failures: Counter
  private let commitSeconds: Timer
  private let batch: Recorder
  private let queue: Gauge
  private let head: Gauge
  private let indexLag: Gauge
  private let timeAhead: Gauge
  private let fileBytes: Gauge
  private let mapBytes: Gauge
  private let diskFreeBytes: Gauge
  private let readers: Gauge
  private let oldestReader: Gauge

  init(logger: Logger, metrics: any MetricsFactory) {
    func gauge(_ name: String) -> Gauge { Gauge(label: "dossier_store_" + name, factory: metrics) }
    func counter(_ name: String) -> Counter { Counter(label: "dossier_store_" + name, factory: metrics) }
    self.logger = logger
    appends = counter("appends_total")
    events = counter("events_total")
    refusals = counter("refusals_total")
    failures = counter("failures_total")
    commitSeconds = Timer(label: "dossier_store_commit_seconds", factory: metrics)
    batch = Recorder(label: "dossier_store_batch_appends", factory: metrics)
    queue = gauge("queue_appends")
    head = gauge("head_position")
    indexLag = gauge("index_lag_events")
    timeAhead = gauge("time_ahead_seconds")
    fileBytes = gauge("file_bytes")
    mapBytes = gauge("map_bytes")
    diskFreeBytes = gauge("disk_free_bytes")
    readers = gauge("readers")
    oldestReader = gauge("oldest_reader_seconds")
  }

  /// A commit, and how things stand after it.
  struct Commit {
    let appends: Int
    let events: UInt64
    let duration: Duration
    let waiting: Int
    let head: Position
    let indexLag: UInt64
  }

  func committed(_ commit: Commit) {
    appends.increment(by: commit.appends)
    events.increment(by: commit.events)
    commitSeconds.recordNanoseconds(Int64(commit.duration / .nanoseconds(1)))
    batch.record(commit.appends)
    queue.record(commit.waiting)
    head.record(commit.head.rawValue)
    indexLag.record(commit.indexLag)
  }

  /// How far the log's time is ahead of the clock.
  func logTimeAhead(_ duration: Duration) { timeAhead.record(duration / .seconds(1)) }

  func answered(_ verdicts: [Writer.Verdict]) {
    let count = verdicts.count { if case .failure = $0 { true } else { false } }
    if count > 0 { refusals.increment(by: count) }
  }

  func failed(_ count: Int) { failures.increment(by: count) }

  func room(fileBytes: Int, mapBytes: Int, diskFreeBytes: Int?) {
    self.fileBytes.record(fileBytes)
    self.mapBytes.record(mapBytes)
    if let diskFreeBytes { self.diskFreeBytes.record(diskFreeBytes) }
  }

  func readers(_ readers: LogReaders) {
    self.readers.record(readers.count)
    oldestReader.record((readers.oldestAge ?? .zero) / .seconds(1))
  }
}
