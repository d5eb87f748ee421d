import CBaseline
import EventStore
import Foundation

/// Rows that need a log with many events: it is loaded once, and measured in several ways.
enum LargeLog {
  static func measure(_ context: Context) async throws -> [Row] {
    try await measureOpened(context) + [try reopen(context)]
  }

  private static func measureOpened(_ context: Context) async throws -> [Row] {
    let log = try context.freshLog("large")
    let (loadSeconds, sizes) = try await load(context, log)
    var rows = [
      Row("load", Double(sizes.count) / loadSeconds, "events/s", detail: "\(sizes.count) events, 1,000 an append"),
      Row(
        "bytes-per-event", Double(log.bytesOnDisk / sizes.count), "bytes",
        baseline: Double(sizes.reduce(0) { $0 + Int($1) } / sizes.count), detail: "on disk, beside the record itself"),
    ]
    _ = baseline_append(context.baselinePath, sizes, UInt64(sizes.count), UInt64(sizes.count), 10_000, 1)
    rows += try scan(context, log, count: sizes.count)
    rows.append(try streams(context, log))
    rows += try await append(context, log, sizes)
    log.close()
    return rows
  }

  private static func load(_ context: Context, _ log: LMDBEventLog) async throws -> (seconds: Double, sizes: [UInt32]) {
    var workload = context.workload()
    let clock = ContinuousClock()
    var seconds = 0.0
    for _ in 0..<context.scale.logEvents / 40_000 {
      // The events of some appends are made before the clock runs; two clients keep the writer busy.
      let parts = (0..<2).map { _ in (0..<20).map { _ in AppendRequest(workload.append(1_000, sharedCase: false)) } }
      let start = clock.now
      _ = try await Load.run(parts, on: log)
      seconds += (clock.now - start).seconds
    }
    return (seconds, try log.recordSizes())
  }

  private static func scan(_ context: Context, _ log: LMDBEventLog, count: Int) throws -> [Row] {
    var (ours, floor): ([Double], [Double]) = ([], [])
    for _ in 0..<context.scale.rounds {
      var sum: UInt64 = 0
      let took = try ContinuousClock().measure {
        try log.read(EventQuery(.all, part: .header)) { event in
          sum &+=
            event.position.rawValue &+ UInt64(bitPattern: event.logTime.microseconds) &+ event.revision.rawValue &+ event.prefixHash
          return .next
        }
      }
      precondition(sum != 0)
      ours.append(Double(count) / took.seconds)
      var seen: UInt64 = 0
      let seconds = baseline_scan(context.baselinePath, 112, &seen)
      floor.append(Double(seen) / seconds)
    }
    let whole = try ContinuousClock().measure { try log.read(EventQuery(.all)) { _ in .next } }
    return [
      Row("scan", median(ours), "events/s", baseline: median(floor), detail: "every header read, and its checksum checked"),
      Row(
        "scan-payloads", Double(count) / whole.seconds, "events/s", baseline: median(floor), detail: "payloads lent and checked too"
      ),
    ]
  }

  private static func streams(_ context: Context, _ log: LMDBEventLog) throws -> Row {
    // Streams of exactly twenty events: the last twenty of streams that have at least as many.
    var names: [StreamID: Int] = [:]
    try log.read(EventQuery(.all)) { event in
      names[event.stream, default: 0] += 1
      return .next
    }
    let long = names.filter { $0.value >= 20 }.keys.sorted().prefix(context.scale.quick ? 5_000 : 50_000)
    var random = SplitMix(state: context.seed)
    let chosen = long.shuffled(using: &random)
    var (ours, floor): ([Double], [Double]) = ([], [])
    for _ in 0..<context.scale.rounds {
      var sum = 0
      let took = try ContinuousClock().measure {
        for stream in chosen {
          try log.read(EventQuery(.stream(stream), direction: .backwards, limit: 20)) { event in
            sum &+= event.payload.byteCount
            return .next
          }
        }
      }
      precondition(sum != 0)
      ours.append(Double(chosen.count) / took.seconds)
      floor.append(Double(chosen.count) / baseline_gets(context.baselinePath, UInt64(chosen.count), 20))
    }
    return Row(
      "stream-20", median(ours), "streams/s", baseline: median(floor), detail: "twenty events of a stream beside twenty gets")
  }

  /// The rows of the matrix again, where there are many events already.
  private static func append(_ context: Context, _ log: LMDBEventLog, _ sizes: [UInt32]) async throws -> [Row] {
    var rows: [Row] = []
    for (clients, events) in context.scale.matrix {
      let run = try await Load.run(context.requests(clients: clients, eventsPerAppend: events), on: log)
      let seconds = baseline_append(
        context.baselinePath, sizes, UInt64(sizes.count), UInt64(run.events), UInt64(clients * events), 0)
      rows.append(
        Row(
          "on-large \(clients)x\(events)", Double(run.events) / run.seconds, "events/s", baseline: Double(run.events) / seconds,
          detail: "on a log of \(context.scale.logEvents) events", latencies: run.latencies))
    }
    return rows
  }

  private static func reopen(_ context: Context) throws -> Row {
    var milliseconds: [Double] = []
    for _ in 0..<context.scale.rounds {
      let took = try ContinuousClock().measure {
        try LMDBEventLog(directory: DataDirectory(context.folder.path + "/large")).close()
      }
      milliseconds.append(took.seconds * 1_000)
    }
    return Row("open", median(milliseconds), "ms", detail: "opening the log, its index whole")
  }
}
