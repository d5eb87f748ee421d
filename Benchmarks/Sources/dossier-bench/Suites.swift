import CBaseline
import EventStore
import Foundation

/// Something to measure: one row of the table, or several.
struct Suite: Sendable {
  let name: String
  let run: @Sendable (Context) async throws -> [Row]
}

enum Suites {
  static let all = [
    Suite(
      name: "one-client", run: { try await appends($0, "one-client", clients: 1, eventsPerAppend: 1, rounds: $0.scale.manyRounds) }),
    Suite(
      name: "clients-64", run: { try await appends($0, "clients-64", clients: 64, eventsPerAppend: 1, rounds: $0.scale.manyRounds) }
    ),
    Suite(
      name: "bulk-1000",
      run: {
        try await appends(
          $0, "bulk-1000", clients: 4, eventsPerAppend: 1_000, baselinePerCommit: 1_000, rounds: $0.scale.manyRounds)
      }),
    Suite(name: "matrix", run: matrix),
    Suite(name: "checked", run: checked),
    Suite(name: "large", run: LargeLog.measure),
    Suite(name: "rebuild", run: ReadModelRows.rebuild),
    Suite(name: "questions", run: ReadModelRows.questions),
  ]

  /// Durable appends of the same number of events by some clients at once, each waiting for its answer before the next.
  static func appends(
    _ context: Context, _ name: String, clients: Int, eventsPerAppend: Int, baselinePerCommit: Int? = nil, rounds: Int? = nil
  ) async throws -> [Row] {
    var (ours, floor): ([Double], [Double]) = ([], [])
    var latencies = Latencies()
    var detail = ""
    for _ in 0..<(rounds ?? context.scale.rounds) {
      let log = try context.freshLog()
      let run = try await Load.run(context.requests(clients: clients, eventsPerAppend: eventsPerAppend), on: log)
      latencies.add(run.latencies)
      ours.append(Double(run.events) / run.seconds)
      let sizes = try log.recordSizes()
      let bytes = log.bytesOnDisk
      let statistics = log.statistics
      let perCommit = Double(statistics.appends) / Double(statistics.commits)
      let microseconds = Int(statistics.committing.seconds / Double(statistics.commits) * 1_000_000)
      log.close()
      let took = baseline_append(
        context.baselinePath, sizes, UInt64(sizes.count), UInt64(sizes.count),
        UInt64(baselinePerCommit ?? clients * eventsPerAppend), 1)
      floor.append(Double(sizes.count) / took)
      detail =
        "\(sizes.reduce(0) { $0 + Int($1) } / sizes.count) bytes a record, \(bytes / sizes.count) on disk, \(String(format: "%.1f", perCommit)) appends a commit of \(microseconds) µs, \(clients) at once"
    }
    return [
      Row(
        name, median(ours), "events/s", baseline: median(floor), ratio: median(zip(ours, floor).map(/)), detail: detail,
        latencies: latencies)
    ]
  }

  /// Clients against events an append.
  static func matrix(_ context: Context) async throws -> [Row] {
    var rows: [Row] = []
    for (clients, events) in context.scale.matrix {
      rows += try await appends(context, "matrix \(clients)x\(events)", clients: clients, eventsPerAppend: events)
    }
    return rows
  }

  /// What it costs to check an expectation: the same appends with `.any` and with the exact revision.
  static func checked(_ context: Context) async throws -> [Row] {
    var (unchecked, checked): ([Double], [Double]) = ([], [])
    for _ in 0..<context.scale.rounds {
      for isChecked in [false, true] {
        let log = try context.freshLog()
        let run = try await Load.run(context.requests(clients: 64, eventsPerAppend: 1, expectingRevisions: isChecked), on: log)
        if isChecked {
          checked.append(Double(run.events) / run.seconds)
        } else {
          unchecked.append(Double(run.events) / run.seconds)
        }
        log.close()
      }
    }
    return [Row("checked", median(checked), "events/s", baseline: median(unchecked), detail: "64 clients, .revision beside .any")]
  }
}

extension Context {
  /// For each client its appends, one after the other.
  func requests(clients: Int, eventsPerAppend: Int, expectingRevisions: Bool = false) -> [[AppendRequest]] {
    let total =
      clients == 1 && eventsPerAppend == 1 ? scale.singleAppends : eventsPerAppend >= 100 ? scale.bulkEvents : scale.clientAppends
    let perClient = max(1, total / clients / eventsPerAppend)
    var workload = workload()
    return (0..<clients).map { client in
      (0..<perClient).map { number in
        var events = workload.append(eventsPerAppend, sharedCase: eventsPerAppend < 100)
        guard expectingRevisions else { return AppendRequest(events) }
        let stream = StreamID("client-\(client)")
        for index in events.indices { events[index].stream = stream }
        return AppendRequest(events, expecting: [stream: number == 0 ? .noStream : .revision(Revision(UInt64(number - 1)))])
      }
    }
  }
}
