import Crypto
import Domain
import EventStore
import Foundation
import Schema
import Synchronization
import Testing
import TestSupport

@testable import Projections

@Suite("What is kept for the next question")
struct LoadedApplicationsTests {
  private let spec = ProjectionSpec()
  private let today = CivilDay.day(2023, 8, 20)

  private func search(
    _ name: String? = nil, sort: ApplicationsQuery.Column, _ fill: (inout ApplicationSearch) -> Void = { _ in }
  ) -> ApplicationsQuery {
    var search = ApplicationSearch()
    search.name = name
    fill(&search)
    return ApplicationsQuery(.search(search), sort: .init(sort, .ascending), page: PageRequest(size: .fifty), today: today)
  }

  @Test("after any change the answer is the one that is made from scratch", arguments: 1...8 as ClosedRange<UInt64>)
  func fresh(seed: UInt64) async throws {
    var history = RandomHistory(of: spec.story, seed: seed)
    let scratch = AccountHistory(of: spec.story.account, in: spec.log)
    let queries = [
      ApplicationsQuery(.inProgress, page: PageRequest(size: .fifty), today: today), search(sort: .submitted),
      search("given1", sort: .id), search("fam", sort: .name), search(sort: .saved) { $0.onlyUnread = true },
      ApplicationsQuery(.inProgress, sort: .init(.name, .descending), page: PageRequest(size: .ten), today: today),
    ]
    var random = SeededGenerator(seed: seed)
    // As if another process had folded: nothing is known of the changes.
    var unaware = LoadedApplications(of: spec.story.account)
    for _ in 0..<40 {
      try await history.run(steps: Int.random(in: 1...4, using: &random))
      // Not every question is asked after every change: what is kept is of different ages.
      for query in queries where Bool.random(using: &random) {
        let expected = try scratch.applications(query, asOf: spec.log.head().position, keys: EverySubjectKey())
        #expect(try spec.models.applications(of: spec.story.account, query) == expected)
        let store = try spec.models.clientApplications.store()
        let answer = try store.read { (rows) throws(ProjectionError) in
          try unaware.answer(query, in: rows, keys: EverySubjectKey())
        }
        #expect(answer == expected)
      }
    }
  }

  @Test("of the last changes all rows are known, or it is known that they are not", arguments: 1...10 as ClosedRange<UInt64>)
  func recentChanges(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var recent = RecentChanges()
    // What each event changed. Between the batches that are noted, others fold now and then.
    var history: [Set<RowKey>] = []
    var (answers, gaps) = (0, 0)
    for _ in 0..<300 {
      let start = history.count
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let ids = (0..<30).map { _ in UUID(high: 0, low: UInt64.random(in: 0..<200, using: &random)) }
        history.append(Set(ids.map { RowKey(spec.story.account, UInt8(seed % 3), $0) }))
      }
      let isOurs = Int.random(in: 0..<40, using: &random) > 0
      let (before, end) = (Position(UInt64(start)), try #require(Position(UInt64(history.count))))
      if isOurs { recent.note(Array(history[start...].joined()), after: before, upTo: end) }
      let from = try #require(Position(UInt64.random(in: UInt64(max(1, history.count - 150))...end.rawValue, using: &random)))
      let changed = Set(history[Int(from.rawValue)...].joined())
      guard let known = recent.keys(of: spec.story.account, kind: UInt8(seed % 3), after: from, upTo: end) else {
        gaps += 1
        continue
      }
      answers += 1
      #expect(isOurs && known.isSuperset(of: changed))
    }
    #expect(answers > 50 && gaps > 10)
    #expect(recent.keys(of: UUID(), kind: UInt8(seed % 3), after: .first, upTo: .first)?.isEmpty ?? true)
  }

  /// Keys that can be destroyed.
  private final class Keys: SubjectKeys {
    private let destroyed = Mutex<Set<UUID>>([])

    func destroy(_ subject: UUID) { destroyed.withLock { _ = $0.insert(subject) } }

    func key(of subject: UUID) -> SubjectKey {
      destroyed.withLock { $0.contains(subject) } ? .destroyed : EverySubjectKey().key(of: subject)
    }
  }

  @Test("a name is not found, nor shown, from the moment its key is gone, though nothing else changed")
  func erased() async throws {
    let keys = Keys()
    let folder = TemporaryFolder()
    let models = ReadModels(dataDirectory: DataDirectory(folder.path), log: spec.log, keys: keys)
    let deadline = CivilDay.day(2023, 10, 30)
    let helen = try await spec.story.create(1, of: PersonalName("Helen", "Incredible"), deadline: deadline)
    try await spec.story.create(2, of: PersonalName("John", "Incredible"), deadline: deadline)
    func ask(_ query: ApplicationsQuery) throws -> Page<ApplicationRow> { try models.applications(of: spec.story.account, query) }
    #expect(try ask(search("incredible", sort: .name)).rows.map(\.packageNumber) == [1, 2])
    #expect(try ask(search("hel", sort: .id)).total == 1)
    keys.destroy(helen)
    #expect(try ask(search("hel", sort: .id)).total == 0)
    #expect(try ask(search("incredible", sort: .id)).rows.map(\.packageNumber) == [2])
    let sorted = try ask(search(sort: .name)).rows
    #expect(sorted.map(\.packageNumber) == [2, 1] && sorted.last?.applicant == .erased)
  }
}
