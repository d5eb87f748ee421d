import Logging
import Metrics

/// What an operator watches. The program decides where it goes: it gives the log a `MetricsFactory` and a `Logger`, or
/// bootstraps swift-metrics and swift-log.
///
/// | Name | Kind | Meaning |
/// |---|---|---|
/// | `dossier_store_appends_total` | counter | appends that were stored |
/// | `dossier_store_events_total` | counter | events that were stored |
/// | `dossier_store_refusals_total` | counter | appends that were refused: conflicts, deadlines, limits |
/// | `dossier_store_failures_total` | counter | appends that got an error of the storage: a full disk, a poisoned writer |
/// | `dossier_store_commit_seconds` | timer | a commit, from its first record to the disk |
/// | `dossier_store_batch_appends` | recorder | appends answered by one commit |
/// | `dossier_store_queue_appends` | gauge | appends that came during the last commit and wait for the next |
/// | `dossier_store_head_position` | gauge | the newest position |
/// | `dossier_store_index_lag_events` | gauge | events that the index on disk is behind: what a start after a crash reads |
/// | `dossier_store_file_bytes`, `dossier_store_map_bytes` | gauge | what the log's file takes, and the address space for it |
/// | `dossier_store_disk_free_bytes` | gauge | room on the disk |
/// | `dossier_store_readers` | gauge | snapshots that are open, in all processes |
/// | `dossier_store_oldest_reader_seconds` | gauge | for how long one of them has kept old pages from being used again |
///
/// The first eight are recorded at each commit, the rest once in ``LMDBEventLog/Options/housekeepingInterval``.
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
}
