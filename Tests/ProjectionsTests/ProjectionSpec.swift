import Domain
import EventStore
import Foundation
import LMDB
import Testing
import TestSupport

@testable import Projections

/// Read models of a story in memory, in a folder of their own.
struct ProjectionSpec {
  let folder = TemporaryFolder()
  let log: InMemoryEventLog
  let story: AccountStory
  let models: ReadModels

  static let account = UUID(high: 0x0190_0000_0000_7000, low: 0x8000_0000_0000_0001)

  init() {
    let clock = ManualClock(.noon(2023, 8, 1))
    log = InMemoryEventLog(clock: clock.read)
    story = AccountStory(account: Self.account, log: log, clock: clock)
    models = ReadModels(dataDirectory: DataDirectory(folder.path), log: log, keys: EverySubjectKey())
  }

  var clock: ManualClock { story.clock }

  /// All rows of a read model as they lie on the disk.
  func rows<P: Projection>(of view: LiveView<P>) throws -> [RowKey: [UInt8]] {
    try view.catchUp()
    var rows: [RowKey: [UInt8]] = [:]
    try view.store().read { (snapshot) throws(ProjectionError) in
      try snapshot.forEachRow(from: .lowest) { key, bytes in
        rows[key] = [UInt8](bytes)
        return .next
      }
    }
    return rows
  }

  /// Live equals rebuilt, as-of equals both, and a second delivery changes nothing: byte for byte, in every read model.
  func expectOneTruth(_ comment: Comment? = nil) throws {
    try expectOneTruth(of: models.clientApplications, comment)
    try expectOneTruth(of: models.inboxes, comment)
    try expectOneTruth(of: models.profiles, comment)
  }

  private func expectOneTruth<P: Projection>(of view: LiveView<P>, _ comment: Comment?) throws {
    let live = try rows(of: view)
    #expect(try rows(of: view) == live, comment)
    for limit in [5_000, 1_000_000] {
      try Rebuild(in: DataDirectory(folder.path), log: log, memoryBytes: limit).run([P.self])
      #expect(try rows(of: view) == live, comment)
    }
    let history = AccountHistory(of: story.account, in: log)
    #expect(try history.rows(of: P.self, asOf: log.head().position).byKey == live, comment)
  }

  // MARK: Questions

  func table(
    _ table: ApplicationsQuery.Table = .inProgress, on day: CivilDay? = nil, sort: ApplicationsQuery.Sort? = nil,
    page: PageRequest = PageRequest(size: .fifty)
  ) throws -> Page<ApplicationRow> {
    let today = day ?? CivilDay(of: Instant(microseconds: clock.now.microseconds))
    return try models.applications(
      of: story.account, ApplicationsQuery(table, sort: sort, page: page, today: today))
  }

  func search(
    page: PageRequest = PageRequest(size: .fifty), sort: ApplicationsQuery.Sort? = nil,
    _ fill: (inout ApplicationSearch) -> Void = { _ in }
  ) throws -> Page<ApplicationRow> {
    var search = ApplicationSearch()
    fill(&search)
    return try table(.search(search), sort: sort, page: page)
  }

  func inbox(_ query: InboxQuery = InboxQuery()) throws -> Page<InboxMessage> {
    try models.inbox(of: story.account, query)
  }
}

extension Timestamp {
  /// Noon UTC of a day, which is morning in Ottawa.
  static func noon(_ year: Int, _ month: Int, _ day: Int) -> Timestamp {
    let civil = CivilDay(year: year, month: month, day: day) ?? CivilDay(number: 0)
    return Timestamp(microseconds: Int64(civil.number) * 86_400_000_000 + 43_200_000_000)
  }
}

extension CivilDay {
  static func day(_ year: Int, _ month: Int, _ day: Int) -> CivilDay {
    CivilDay(year: year, month: month, day: day) ?? CivilDay(number: 0)
  }
}
