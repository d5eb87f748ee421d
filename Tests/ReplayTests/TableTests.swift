import Domain
import EventStore
import Foundation
import Projections
import Schema
import Testing
import TestSupport

@testable import replay

@Suite("Tables of replay")
struct TableTests {
  private let subject = TableSubject(representative: SeedHistory.representative, asOf: nil)

  private func history() async throws -> (AccountHistory, Position) {
    let clock = ManualClock(Timestamp(microseconds: 1_683_201_600_000_000))
    let log = InMemoryEventLog(clock: clock.read)
    let story = AccountStory(log: log, clock: clock)
    try await SeedHistory.write(story)
    return (AccountHistory(of: story.account, in: log), try #require(log.head().position))
  }

  private func seedSearch(_ language: Language) async throws -> String {
    let (history, head) = try await history()
    var search = ApplicationSearch()
    (search.type, search.onlyUnread) = (.refugeeClaim, true)
    let query = ApplicationsQuery(.search(search), language: language, today: CivilDay(number: 19_573))
    let page = try history.applications(query, asOf: head, keys: EverySubjectKey())
    return ApplicationsTable.text(page, query, subject, language).text(width: nil, style: Style(isOn: false))
  }

  @Test("the seed's search looks as on the seed's screen")
  func english() async throws {
    #expect(
      try await seedSearch(.english) == """
        My client applications
        P010001243312
        Search results

        ID     Application type  Applicant name    Application number  Date created    Date last saved  Days left to submit  Date submitted ↓  Status     Action
        51958  Refugee claim     John Incredible   L100003692          August 01 2023  August 01 2023   N/A                  August 04 2023    Submitted  Action required
        4984   Refugee claim     Helen Incredible  L100003694          August 01 2023  August 01 2023   N/A                  August 04 2023    Submitted  Action required
        4984   Refugee claim     Alice Incredible  L100003696          August 01 2023  August 01 2023   N/A                  August 04 2023    Submitted  Check full application status

        Items per page 5    1 to 3 of 3

        """)
  }

  @Test("in French, dates, labels and paging are French")
  func french() async throws {
    #expect(
      try await seedSearch(.french) == """
        Demandes de mes clients
        P010001243312
        Résultats de la recherche

        ID     Type de demande  Nom du demandeur  Numéro de demande  Date de création  Dernière sauvegarde  Jours restants pour soumettre  Date de soumission ↓  État     Mesure
        51958  Demande d’asile  John Incredible   L100003692         01 août 2023      01 août 2023         S.O.                           04 août 2023          Soumise  Mesure requise
        4984   Demande d’asile  Helen Incredible  L100003694         01 août 2023      01 août 2023         S.O.                           04 août 2023          Soumise  Mesure requise
        4984   Demande d’asile  Alice Incredible  L100003696         01 août 2023      01 août 2023         S.O.                           04 août 2023          Soumise  Vérifier l’état complet de la demande

        Éléments par page 5    1 à 3 sur 3

        """)
  }

  @Test("the inbox looks as on the seed's screen, in both languages of its frame")
  func inbox() async throws {
    let (history, head) = try await history()
    let page = try history.inbox(InboxQuery(), asOf: head)
    func text(_ language: Language) -> String {
      InboxTable.text(page, InboxQuery(), subject, language).text(width: nil, style: Style(isOn: false))
    }
    #expect(
      text(.english) == """
        Account messages
        P010001243312

        Subject                      Date sent ↓  Date read
        Enrolment request approved   May 04 2023  May 04 2023
        Enrolment request submitted  May 04 2023  May 04 2023

        Items per page 5    1 to 2 of 2

        """)
    #expect(text(.french).contains("Objet                        Date d’envoi ↓  Date de lecture\n"))
    #expect(text(.french).contains("04 mai 2023"))
  }

  @Test("an empty table says what to do")
  func empty() async throws {
    let (history, head) = try await history()
    let query = ApplicationsQuery(.inProgress, today: CivilDay(number: 19_573))
    let page = try history.applications(query, asOf: head, keys: NoKeys())
    let text = ApplicationsTable.text(page, query, subject, .english).text(width: nil, style: Style(isOn: false))
    #expect(text.contains("You have no applications in progress."))
    #expect(text.contains("0 of 0"))
  }

  @Test("on a narrow terminal cells wrap between words, and no line is wider than it")
  func narrow() async throws {
    let (history, head) = try await history()
    let query = ApplicationsQuery(.search(.init()), today: CivilDay(number: 19_573))
    let page = try history.applications(query, asOf: head, keys: EverySubjectKey())
    let text = ApplicationsTable.text(page, query, subject, .english).text(width: 120, style: Style(isOn: false))
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 120 })
    #expect(text.contains("L100003696"))
  }

  @Test(
    "a moment is a position, a civil day or a timestamp",
    arguments: [
      ("31", true), ("2023-08-02", true), ("2023-08-04T15:00:00Z", true), ("2023-08-04T11:00:00.5-04:00", true),
      ("0", false), ("-1", false), ("2023-02-30", false), ("yesterday", false), ("2023-08-04T25:00:00Z", false), ("", false),
    ])
  func moments(text: String, isMoment: Bool) {
    #expect((Moment(argument: text) != nil) == isMoment)
  }

  @Test(
    "the clock in Ottawa follows daylight saving",
    arguments: [
      ("2023-08-04T15:00:00Z", "2023-08-04 11:00:00"), ("2024-01-15T15:00:00Z", "2024-01-15 10:00:00"),
      ("2024-03-10T06:59:59Z", "2024-03-10 01:59:59"), ("2024-03-10T07:00:00Z", "2024-03-10 03:00:00"),
      ("2024-11-03T05:59:59Z", "2024-11-03 01:59:59"), ("2024-11-03T06:00:00Z", "2024-11-03 01:00:00"),
      ("2024-11-03T07:00:00Z", "2024-11-03 02:00:00"),
    ])
  func ottawa(utc: String, clock: String) throws {
    let instant = try #require(Instant(rfc3339: utc))
    #expect(instant.ottawaText == clock)
    #expect(instant.rfc3339 == utc.replacing("Z", with: ".000000Z"))
  }
}
