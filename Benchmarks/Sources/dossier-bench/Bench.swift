import ArgumentParser
import EventStore
import Foundation

/// Measures the event store beside the same bytes through LMDB's C API, in one run on one machine.
@main
struct Bench: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scripts/bench",
    abstract: "Measures the event store beside the same bytes through LMDB's C API, in one run on one machine.")

  @Flag(help: "Fewer events: under three minutes.") var quick = false
  @Option(help: "Also write the rows to this file, one JSON object a line.") var json: String?
  @Option(help: "Only rows whose name begins with one of these, separated by commas.") var only: String?
  @Option(help: "Where the logs that are measured are made; they are removed afterwards.") var data =
    NSTemporaryDirectory() + "dossier-bench"
  @Option(help: "Seed of the workload.") var seed: UInt64 = 1
  @Option(help: "Bytes of every payload, instead of sizes as the portal's.") var payload: Int?

  func validate() throws {
    if let payload, !(0...65_536).contains(payload) { throw ValidationError("--payload is a number of bytes from 0 to 65536.") }
  }

  func run() async throws {
    let folder = Folder(path: data)
    try folder.reset()
    defer { folder.remove() }
    let scale = Scale(quick: quick)
    let wanted = only.map { $0.split(separator: ",").map(String.init) }
    var printer = Printer(json: json)
    print(
      "Workload seed \(seed); medians of \(scale.rounds) rounds, \(scale.manyRounds) for the first rows, each beside the same bytes through LMDB's C API.\n"
    )
    printer.header()
    for suite in Suites.all where wanted.map({ $0.contains { suite.name.hasPrefix($0) } }) ?? true {
      try folder.reset()
      for row in try await suite.run(Context(folder: folder, scale: scale, seed: seed, payloadSize: payload)) {
        try printer.add(row)
      }
    }
    try printer.finish()
  }
}

/// How much is measured.
struct Scale: Sendable {
  let quick: Bool
  var rounds: Int { 3 }
  /// For the rows that have a mark to reach: the disk of a shared machine changes its speed from one second to the next.
  var manyRounds: Int { 9 }
  var singleAppends: Int { quick ? 1_500 : 5_000 }
  var clientAppends: Int { quick ? 20_000 : 100_000 }
  var bulkEvents: Int { quick ? 150_000 : 500_000 }
  var logEvents: Int { quick ? 400_000 : 10_000_000 }
  /// Clients, and events an append.
  var matrix: [(clients: Int, eventsPerAppend: Int)] {
    let (clients, events) = quick ? ([1, 8, 64], [1, 10, 100]) : ([1, 4, 8, 16, 64, 256], [1, 10, 100, 1_000])
    return clients.flatMap { clients in events.map { (clients, $0) } }
  }
}

struct Context: Sendable {
  let folder: Folder
  let scale: Scale
  let seed: UInt64
  let payloadSize: Int?

  func workload() -> Workload { Workload(seed: seed, payloadSize: payloadSize) }

  /// A new, empty log.
  func freshLog(_ name: String = "log") throws -> LMDBEventLog {
    try? FileManager.default.removeItem(atPath: folder.path + "/" + name)
    return try LMDBEventLog(directory: DataDirectory(folder.path + "/" + name))
  }

  var baselinePath: String { folder.path + "/baseline" }
}

struct Folder: Sendable {
  let path: String

  func reset() throws {
    remove()
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  func remove() { try? FileManager.default.removeItem(atPath: path) }
}

/// Prints rows as a table, and writes them as JSON.
struct Printer {
  let json: String?
  private var lines: [String] = []

  init(json: String?) { self.json = json }

  func header() {
    print(Printer.line("row", "value", "unit", "baseline", "ratio", "p50", "p95", "p99", "p99.9 µs", "detail"))
  }

  mutating func add(_ row: Row) throws {
    func number(_ value: UInt64?) -> String { value.map(String.init) ?? "" }
    let ratio = row.ratio.map { String(format: "%.3f", $0) } ?? ""
    print(
      Printer.line(
        row.row, String(Int(row.value)), row.unit, row.baseline.map { String(Int($0)) } ?? "", ratio, number(row.p50),
        number(row.p95), number(row.p99), number(row.p999), row.detail))
    fflush(nil)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    lines.append(String(decoding: try encoder.encode(row), as: UTF8.self))
  }

  func finish() throws {
    guard let json else { return }
    try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: URL(fileURLWithPath: json))
  }

  private static func line(_ cells: String...) -> String {
    let widths = [22, 10, 9, 10, 6, 8, 8, 8, 9]
    return cells.enumerated().map { index, cell in
      guard index < widths.count else { return cell }
      let padding = String(repeating: " ", count: max(0, widths[index] - cell.count))
      return index == 0 || index == 2 ? cell + padding : padding + cell
    }.joined(separator: "  ")
  }
}
