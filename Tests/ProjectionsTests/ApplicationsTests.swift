import Domain
import EventStore
import Foundation
import Schema
import Testing
import TestSupport

@testable import Projections

@Suite("My client applications")
struct ApplicationsTests {
  private let spec = ProjectionSpec()
  private var story: AccountStory { spec.story }
  private let deadline = CivilDay.day(2023, 10, 30)

  /// The history behind the seed's screen (domain.md S2).
  private func seed() async throws {
    let john = try await story.create(51958, of: PersonalName("John", "Incredible"), deadline: deadline)
    let helen = try await story.create(4984, of: PersonalName("Helen", "Incredible"), deadline: deadline)
    let alice = try await story.add(PersonalName("Alice", "Incredible"), to: helen)
    spec.clock.now = .noon(2023, 8, 4)
    let first = try await story.submit(john, [(john, "L100003692")])
    let group = try await story.submit(helen, [(helen, "L100003694"), (alice, "L100003696")])
    for application in [first[0], group[0]] {
      let request = try await story.request(from: application)
      try await story.send(to: application, asksForAction: true, request: request)
    }
    try await story.send(to: group[1])
  }

  @Test("the seed's search finds exactly its three rows, in its order")
  func seedSearch() async throws {
    try await seed()
    let page = try spec.search { ($0.type, $0.onlyUnread) = (.refugeeClaim, true) }
    #expect(page.rows.map(\.packageNumber) == [51958, 4984, 4984])
    #expect(page.rows.map(\.number) == ["L100003692", "L100003694", "L100003696"])
    #expect(page.rows.map { $0.applicant.text(in: .english) } == ["John Incredible", "Helen Incredible", "Alice Incredible"])
    #expect(page.rows.map(\.action) == [.actionRequired, .actionRequired, .checkStatus])
    #expect(page.rows.allSatisfy { $0.status == .submitted && $0.daysLeft == nil && $0.unread == 1 })
    #expect((page.first, page.last, page.total) == (1, 3, 3))
    try spec.expectOneTruth()
  }

  @Test("the default table has one row a package, with the number of further members and the days left")
  func defaultTable() async throws {
    try await story.create(51958, of: PersonalName("John", "Incredible"), deadline: deadline)
    spec.clock.advance(bySeconds: 60)
    let helen = try await story.create(4984, of: PersonalName("Helen", "Incredible"), deadline: deadline)
    try await story.add(PersonalName("Alice", "Incredible"), to: helen)
    let page = try spec.table()
    #expect(page.rows.map(\.packageNumber) == [4984, 51958])
    #expect(page.rows.map(\.furtherMembers) == [1, 0])
    #expect(page.rows.map(\.daysLeft) == [90, 90])
    #expect(page.rows.allSatisfy { $0.action == .continueOrDelete && $0.submitted == nil && $0.number == nil })
  }

  @Test("a submitted package leaves the default table at once")
  func submissionLeaves() async throws {
    try await seed()
    let page = try spec.table()
    #expect(page.rows.isEmpty)
    #expect((page.first, page.last, page.total) == (0, 0, 0))
  }

  @Test("a saved draft comes first, and saving moves only the date last saved")
  func saved() async throws {
    let first = try await story.create(1, deadline: deadline)
    try await story.create(2, deadline: deadline)
    spec.clock.advance(bySeconds: 86_400)
    try await story.save(first)
    let page = try spec.table()
    #expect(page.rows.map(\.packageNumber) == [1, 2])
    #expect(page.rows[0].saved > page.rows[0].created)
    #expect(page.rows[0].daysLeft == page.rows[1].daysLeft)
  }

  @Test("on its last day a draft shows 0 days left; the next day it is gone, recorded or not")
  func lastDay() async throws {
    try await story.create(1, deadline: deadline)
    #expect(try spec.table(on: deadline).rows.map(\.daysLeft) == [0])
    #expect(try spec.table(on: deadline.adding(days: 1)).rows.isEmpty)
    #expect(try spec.search { _ in }.total == 1)
  }

  @Test("a deleted and an expired draft are gone from table and search")
  func gone() async throws {
    let first = try await story.create(1, deadline: deadline)
    let second = try await story.create(2, deadline: deadline)
    try await story.happen(.applicationDeleted(.init()), to: first)
    try await story.happen(.draftExpired(.init()), to: second)
    #expect(try spec.search().rows.isEmpty)
  }

  @Test("a draft is on hold while any cause holds it, and hidden when its client withdrew the authorization")
  func frozen() async throws {
    let draft = try await story.create(1, deadline: deadline)
    try await story.happen(.draftFrozen(.with { $0.cause = .standing }), to: draft)
    try await story.happen(.draftFrozen(.with { $0.cause = .investigation }), to: draft)
    try await story.happen(.draftUnfrozen(.with { $0.cause = .standing }), to: draft)
    #expect(try spec.table().rows.map(\.action) == [.onHold])
    try await story.happen(.draftUnfrozen(.with { $0.cause = .investigation }), to: draft)
    #expect(try spec.table().rows.map(\.action) == [.continueOrDelete])
    try await story.happen(.draftFrozen(.with { $0.cause = .authorizationRevoked }), to: draft)
    #expect(try spec.table().rows.isEmpty)
  }

  @Test("unread is cleared by the representative's reading, action required by the answer: neither clears the other")
  func unreadAndAction() async throws {
    let package = try await story.create(1, deadline: deadline)
    let application = try await story.submit(package, [(package, "L100000001")])[0]
    let request = try await story.request(from: application)
    let message = try await story.send(to: application, asksForAction: true, request: request)
    #expect(try spec.search().rows.map { [$0.unread] } == [[1]])
    try await story.read(message, of: application, by: .client)
    #expect(try spec.search().rows[0].unread == 1)
    try await story.read(message, of: application)
    #expect(try spec.search().rows.map(\.unread) == [0])
    #expect(try spec.search().rows.map(\.action) == [.actionRequired])
    try await story.complete(request, of: application)
    #expect(try spec.search().rows.map(\.action) == [.checkStatus])
    try spec.expectOneTruth()
  }

  @Test("a letter that asks for action without a request asks until it is read; one to the client asks nobody here")
  func letters() async throws {
    let package = try await story.create(1, deadline: deadline)
    let application = try await story.submit(package, [(package, "L100000001")])[0]
    try await story.send(to: application, asksForAction: true, audience: .client)
    #expect(try spec.search().rows.map(\.unread) == [0])
    let letter = try await story.send(to: application, asksForAction: true, audience: .both)
    #expect(try spec.search().rows.map(\.action) == [.actionRequired])
    try await story.read(letter, of: application)
    #expect(try spec.search().rows.map(\.action) == [.checkStatus])
  }

  @Test(
    "a name is found by the beginnings of its words, whatever case and accents",
    arguments: [
      ("incred hel", 1), ("nunez o'brien", 1), ("NÚÑEZ", 1), ("zoe", 1), ("suharto", 1), ("obrien", 1), ("elen", 0), ("", 3),
    ])
  func nameSearch(typed: String, found: Int) async throws {
    try await story.create(1, of: PersonalName("Helen", "Incredible"), deadline: deadline)
    try await story.create(2, of: PersonalName("Zoe\u{308}", "Nu\u{301}n\u{303}ez-O’Brien"), deadline: deadline)
    try await story.create(3, of: PersonalName("", "Suharto"), deadline: deadline)
    #expect(try spec.search { $0.name = typed }.total == found)
  }

  @Test(
    "an application number is found whatever case, spaces and hyphens; one of another form finds nothing",
    arguments: [("l100003694", 1), (" L1000-03694 ", 1), ("100003694", 0), ("x", 0)])
  func numberSearch(typed: String, found: Int) async throws {
    try await seed()
    #expect(try spec.search { $0.number = typed }.total == found)
  }

  @Test("all given fields must match, and none given finds drafts and submitted applications alike")
  func combined() async throws {
    try await seed()
    try await story.create(7, .studyPermit, deadline: deadline)
    #expect(try spec.search().total == 4)
    #expect(try spec.search().rows.last?.packageNumber == 7)
    #expect(try spec.search { $0.status = .inProgress }.rows.map(\.packageNumber) == [7])
    #expect(try spec.search { ($0.number, $0.type) = ("L100003694", .studyPermit) }.rows.isEmpty)
  }

  @Test("a draft that continues a claim from the border shows its number; any other draft shows none")
  func border() async throws {
    try await story.create(1, deadline: deadline, border: "L999999999")
    #expect(try spec.table().rows.map(\.number) == ["L999999999"])
    #expect(try spec.search { $0.number = "L999999999" }.total == 1)
  }

  @Test("without keys every name is sealed, and the rows are the same")
  func sealed() async throws {
    try await seed()
    let rows = try spec.rows(of: spec.models.clientApplications)
    let other = TemporaryFolder()
    let blind = ReadModels(dataDirectory: DataDirectory(other.path), log: spec.log, keys: NoKeys())
    let page = try blind.applications(of: story.account, ApplicationsQuery(.search(.init()), today: deadline))
    #expect(page.rows.map(\.applicant) == [.sealed, .sealed, .sealed])
    #expect(try spec.rows(of: blind.clientApplications) == rows)
    var search = ApplicationSearch()
    search.name = "helen"
    #expect(try blind.applications(of: story.account, ApplicationsQuery(.search(search), today: deadline)).total == 0)
  }

  @Test("one representative's table never shows another's applications")
  func isolation() async throws {
    try await seed()
    let stranger = AccountStory(log: spec.log, clock: spec.clock)
    try await stranger.create(1, deadline: deadline)
    #expect(try spec.search().total == 3)
    #expect(try spec.models.applications(of: stranger.account, ApplicationsQuery(.inProgress, today: deadline)).total == 1)
  }

  @Test("the table as of a moment is the one that was there then")
  func asOf() async throws {
    try await seed()
    let history = AccountHistory(of: story.account, in: spec.log)
    let beforeSubmission = try #require(Position(5))
    let query = ApplicationsQuery(.inProgress, today: .day(2023, 8, 2))
    let page = try history.applications(query, asOf: beforeSubmission, keys: EverySubjectKey())
    #expect(page.rows.map(\.packageNumber) == [4984, 51958])
    #expect(page.rows.map(\.daysLeft) == [89, 89])
  }
}
