import CBaseline
import Domain
import EventStore
import Foundation
import Projections
import Schema
import Synchronization

/// Rows about the read models: rebuilding them, and asking questions.
enum ReadModelRows {
  // MARK: Rebuild

  /// The three read models together, beside a scan of records of the same sizes through LMDB's C API.
  static func rebuild(_ context: Context) async throws -> [Row] {
    var rows: [Row] = []
    for count in context.scale.quick ? [200_000] : [1_000_000, 10_000_000] {
      try context.folder.reset()
      rows.append(try await rebuild(context, events: count))
    }
    return rows
  }

  private static func rebuild(_ context: Context, events count: Int) async throws -> Row {
    let log = try context.freshLog("history")
    let sizes = try await load(context, log, events: count)
    log.close()
    _ = baseline_append(context.baselinePath, sizes, UInt64(sizes.count), UInt64(sizes.count), 10_000, 1)
    var (ours, floor): ([Double], [Double]) = ([], [])
    var peak = MemoryPeak()
    for _ in 0..<context.scale.rounds {
      let models = ReadModels(dataDirectory: log.directory, log: log, keys: OneKey())
      let watch = try MemoryWatch()
      let took = try ContinuousClock().measure { _ = try models.rebuild() }
      peak.add(watch.stop())
      ours.append(Double(sizes.count) / took.seconds)
      var seen: UInt64 = 0
      let seconds = baseline_scan(context.baselinePath, 112, &seen)
      floor.append(Double(seen) / seconds)
    }
    let detail = "\(sizes.count) events of \(sizes.reduce(0) { $0 + Int($1) } / sizes.count) bytes; \(peak)"
    return Row("rebuild", median(ours), "events/s", baseline: median(floor), detail: detail)
  }

  /// - Returns: How many bytes each record has, in order.
  static func load(_ context: Context, _ log: LMDBEventLog, events count: Int) async throws -> [UInt32] {
    var history = PortalHistory(seed: context.seed, accounts: max(10, count / 2_000), openCases: 2_000)
    var appended = 0
    while appended < count {
      let request = history.append(min(900, count - appended))
      _ = try await log.append(request)
      appended += request.events.count
    }
    return try log.recordSizes()
  }

  // MARK: Questions

  /// Questions about one representative with 10,000 applications.
  static func questions(_ context: Context) async throws -> [Row] {
    let log = try context.freshLog("questions")
    var desk = try await Desk(log, seed: context.seed)
    return [
      try await desk.measure("search-first", "the first after a change", changing: true) { search($0) { _ in } },
      try await desk.measure("search-name-first", "the first by name after a change", changing: true) { number in
        search(number) { $0.name = names[number % names.count] }
      },
      try await desk.measure("search-warm", "nothing changed, eight kinds of question", changing: false, warm),
      try await desk.measure("default-page", "the drafts, the first after a change", changing: true) { _ in
        ApplicationsQuery(.inProgress, today: today)
      },
      try desk.asOf(),
    ]
  }

  static let names = ["in", "sing", "nune", "k", "tremb a", "obr", "x"]
  static var today: CivilDay { CivilDay(of: Instant(microseconds: Timestamp.now().microseconds)) }

  static func search(_ number: Int, sort: ApplicationsQuery.Sort? = nil, _ fill: (inout ApplicationSearch) -> Void)
    -> ApplicationsQuery
  {
    var search = ApplicationSearch()
    fill(&search)
    return ApplicationsQuery(.search(search), sort: sort, page: PageRequest(size: .fifty), today: today)
  }

  static func warm(_ number: Int) -> ApplicationsQuery {
    switch number % 8 {
    case 0: search(number) { _ in }
    case 1: search(number) { $0.name = names[number % names.count] }
    case 2: search(number) { $0.number = "s3000\(10_000 + number)" }
    case 3: search(number) { $0.status = .submitted }
    case 4: search(number) { $0.onlyUnread = true }
    case 5: search(number, sort: .init(.name, .ascending)) { _ in }
    case 6: search(number, sort: .init(.created, .descending)) { _ in }
    default: search(number, sort: .init(.type, .ascending)) { $0.status = .inProgress }
    }
  }
}

/// One representative with 10,000 applications, and somebody who asks.
struct Desk {
  static let samples = 1_000
  private let log: LMDBEventLog
  let models: ReadModels
  private var history: PortalHistory
  let account: UUID

  init(_ log: LMDBEventLog, seed: UInt64) async throws {
    self.log = log
    history = PortalHistory(seed: seed, accounts: 1, openCases: 6_000)
    account = history.accountIDs[0]
    while history.begun < 10_000 { _ = try await log.append(history.append(900)) }
    models = ReadModels(dataDirectory: log.directory, log: log, keys: OneKey())
  }

  mutating func measure(
    _ name: String, _ what: String, changing: Bool, _ query: (Int) -> ApplicationsQuery
  ) async throws -> Row {
    var latencies = Latencies()
    var total = 0
    _ = try models.applications(of: account, query(0))
    for number in 0..<Desk.samples + 50 {
      if changing { try await change() }
      let question = query(number)
      let clock = ContinuousClock()
      let start = clock.now
      let page = try models.applications(of: account, question)
      if number >= 50 { latencies.record(clock.now - start) }
      total = max(total, page.total)
    }
    return Row(name, Double(latencies.at(99)), "µs p99", detail: "\(what); up to \(total) rows found", latencies: latencies)
  }

  mutating func change() async throws {
    var events = history.command()
    while events.isEmpty { events = history.command() }
    _ = try await log.append(AppendRequest(events))
  }

  /// The table as it was after the representative's 5,000th event.
  func asOf() throws -> Row {
    let tag = Tag(TagNames.representative(account))
    var position: Position?
    try log.read(EventQuery(.tag(tag), limit: 5_000, part: .header)) { event in
      position = event.position
      return .next
    }
    let query = ApplicationsQuery(.inProgress, today: CivilDay(of: Instant(microseconds: Timestamp.now().microseconds)))
    var latencies = Latencies()
    for _ in 0..<Desk.samples {
      let clock = ContinuousClock()
      let start = clock.now
      _ = try AccountHistory(of: account, in: log).applications(query, asOf: position, keys: OneKey())
      latencies.record(clock.now - start)
    }
    return Row("as-of", Double(latencies.at(99)), "µs p99", detail: "the table over 5,000 events", latencies: latencies)
  }
}

/// What this process took at most during a stretch of work, in MiB.
struct MemoryPeak: CustomStringConvertible {
  /// What it made itself.
  var anonymous = 0
  /// With the pages of the log and the views that happened to be mapped: the kernel's VmHWM.
  var resident = 0

  var description: String { "at most \(anonymous) MiB of memory, \(resident) with what was mapped of log and views" }

  mutating func add(_ other: MemoryPeak) {
    anonymous = max(anonymous, other.anonymous)
    resident = max(resident, other.resident)
  }
}

/// Looks at the memory of this process every 10 ms until it is stopped.
final class MemoryWatch: Sendable {
  private let state = Mutex((peak: 0, isOver: false))

  init() throws {
    // Sets VmHWM back to what there is now (proc_pid_clear_refs(5)).
    try "5".write(toFile: "/proc/self/clear_refs", atomically: false, encoding: .utf8)
    Thread { [self] in
      while !state.withLock({ $0.isOver }) {
        state.withLock { $0.peak = max($0.peak, MemoryWatch.mebibytes("RssAnon")) }
        usleep(10_000)
      }
    }.start()
  }

  func stop() -> MemoryPeak {
    let peak = state.withLock {
      $0.isOver = true
      return $0.peak
    }
    return MemoryPeak(anonymous: peak, resident: MemoryWatch.mebibytes("VmHWM"))
  }

  private static func mebibytes(_ field: String) -> Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix(field + ":") }
    return (line?.split { !$0.isNumber }.first.flatMap { Int($0) } ?? 0) / 1_024
  }
}
