@testable import EventStore
import InMemoryLogging
import Logging
import MetricsTestKit
import TestSupport
import Testing

@Suite("What an operator is told")
struct TelemetryTests {
  private let folder = TemporaryFolder()
  private let metrics = TestMetrics()
  private let lines = InMemoryLogHandler()

  private func open(mapSizeBytes: Int? = nil, clock: @escaping @Sendable () -> Timestamp = { .now() }) throws -> LMDBEventLog {
    var options = LMDBEventLog.Options(mapSizeBytes: mapSizeBytes, clock: clock)
    options.metrics = metrics
    options.logger = Logger(label: "test") { _ in lines }
    return try LMDBEventLog(directory: DataDirectory(folder.path("data")), options: options)
  }

  private func events(_ count: Int, payload: [UInt8] = []) -> [NewEvent] {
    (0..<count).map { _ in
      var event = NewEvent.sample("s", at: .now())
      event.payload = payload
      return event
    }
  }

  @Test("every append that is stored is counted, with its events and its commit; a refused one is counted apart")
  func appends() async throws {
    let log = try open()
    for count in [1, 3, 2] { _ = try await log.append(AppendRequest(events(count))) }
    await #expect(throws: EventStoreError.self) { try await log.append(AppendRequest(events(1), expecting: ["s": .noStream])) }
    #expect(try metrics.expectCounter("dossier_store_appends_total").totalValue == 3)
    #expect(try metrics.expectCounter("dossier_store_events_total").totalValue == 6)
    #expect(try metrics.expectCounter("dossier_store_refusals_total").totalValue == 1)
    #expect(try metrics.expectCounter("dossier_store_failures_total").totalValue == 0)
    #expect(try metrics.expectGauge("dossier_store_head_position").lastValue == 6)
    #expect(try metrics.expectGauge("dossier_store_index_lag_events").lastValue == 6)
    #expect(try metrics.expectRecorder("dossier_store_batch_appends").values == [1, 1, 1])
    #expect(try metrics.expectTimer("dossier_store_commit_seconds").values.count == 3)
    #expect(lines.entries.isEmpty)
  }

  @Test("a log that is written measures its room and its readers, and goes when nobody holds it any more")
  func room() async throws {
    weak var gone: LMDBEventLog?
    do {
      let log = try open(mapSizeBytes: 1 << 24)
      gone = log
      _ = try await log.append(AppendRequest(events(1)))
      log.housekeeping?.keepHouse()
      #expect(try metrics.expectGauge("dossier_store_map_bytes").lastValue == Double(1 << 24))
      #expect(try #require(metrics.expectGauge("dossier_store_file_bytes").lastValue) >= 4096 * 4)
      #expect(try #require(metrics.expectGauge("dossier_store_disk_free_bytes").lastValue) > 0)
      #expect(try metrics.expectGauge("dossier_store_readers").lastValue == 0)
      #expect(try metrics.expectGauge("dossier_store_oldest_reader_seconds").lastValue == 0)
    }
    #expect(gone == nil)
  }

  @Test("a clock that was ahead and is set back is measured, and said once until it has caught up")
  func clock() async throws {
    let clock = ManualClock(.now())
    let log = try open(clock: clock.read)
    var measured: [Double] = []
    for seconds in [0, 7_200, -3_600, 60, -50, 3_600, -3_700] as [Int64] {
      clock.advance(bySeconds: seconds)
      _ = try await log.append(AppendRequest([.sample("s", at: Timestamp(microseconds: clock.now.microseconds - 1_000))]))
      measured.append(try #require(metrics.expectGauge("dossier_store_time_ahead_seconds").lastValue))
    }
    #expect(measured == [0, 0, 3_600, 3_540, 3_590, 0, 3_700])
    #expect(lines.entries.map(\.level) == [.warning, .warning])
  }

  @Test("a log without room says so in a line and in a number, and the lines hold nothing of an event")
  func withoutRoom() async throws {
    let log = try open(mapSizeBytes: 1 << 20)
    let secret = Array("Tremblay".utf8)
    await #expect(throws: EventStoreError.self) {
      while true { _ = try await log.append(AppendRequest(events(50, payload: Array(repeatElement(secret, count: 100).joined())))) }
    }
    #expect(try metrics.expectCounter("dossier_store_failures_total").totalValue == 1)
    let said = try #require(lines.entries.first)
    #expect(lines.entries.count == 1 && said.level == .warning)
    #expect(!"\(said.message) \(said.metadata)".contains("Tremblay"))
  }
}
