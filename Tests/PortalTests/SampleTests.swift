import Domain
import EventStore
import Foundation
import Projections
import Schema
import Testing

/// The screens that the product was asked for (domain.md S1, S2, S7).
@Suite struct SampleTests {
  private func table(_ page: Page<ApplicationRow>) -> [String] {
    page.rows.map { row in
      [
        String(row.packageNumber), row.type.label.in(.english), row.applicant.text(in: .english), row.number ?? "N/A",
        CivilDay(of: row.created).text(in: .english), CivilDay(of: row.saved).text(in: .english),
        row.daysLeft.map { String($0) } ?? "N/A", row.submitted.map { CivilDay(of: $0).text(in: .english) } ?? "N/A",
        row.status.label.in(.english), row.action.labels.map { $0.in(.english) }.joined(separator: ", "),
      ].joined(separator: " | ")
    }
  }

  @Test("the Incredible family: the three rows with unread messages, and an empty default table")
  func incredible() async throws {
    let bench = Bench()
    let result = try await bench.act(file: Bench.sample("incredible"))
    #expect(result.fault == nil)
    try bench.read { _, views in
      let account = try #require(try views.account(representative: "P010001243312"))
      let today = try #require(CivilDay(iso: "2023-08-11"))
      #expect(try views.applications(of: account, ApplicationsQuery(.inProgress, today: today)).total == 0)
      var search = ApplicationSearch()
      search.type = .refugeeClaim
      search.onlyUnread = true
      let page = try views.applications(of: account, ApplicationsQuery(.search(search), today: today))
      #expect(
        table(page) == [
          "51958 | Refugee claim | John Incredible | L100003692 | August 01 2023 | August 01 2023 | N/A | August 04 2023 | Submitted | Action required",
          "4984 | Refugee claim | Helen Incredible | L100003694 | August 01 2023 | August 01 2023 | N/A | August 04 2023 | Submitted | Action required",
          "4984 | Refugee claim | Alice Incredible | L100003696 | August 01 2023 | August 01 2023 | N/A | August 04 2023 | Submitted | Check full application status",
        ])
      let inbox = try views.inbox(of: account, InboxQuery())
      #expect(inbox.rows.map(\.subject) == ["Enrolment request approved", "Enrolment request submitted"])
      #expect(
        inbox.rows.map { [$0.sent, $0.read].map { $0.map { CivilDay(of: $0).text(in: .english) } } }
          == [["May 04 2023", "May 04 2023"], ["May 04 2023", "May 04 2023"]])
    }
  }

  @Test("the refusals of the sample are the ones its README lists")
  func refusals() async throws {
    let result = try await Bench().act(file: Bench.sample("incredible"))
    let codes = try result.values(of: "code").enumerated().compactMap { line, code in code.map { "\(line + 1) \($0)" } }
    #expect(
      codes == [
        "3 password.missing_upper", "7 enrolment.already_decided", "11 application.acknowledgement_required",
        "27 application.incomplete", "34 application.already_submitted", "35 application.delete_not_allowed_submitted",
        "36 password.old_incorrect",
      ])
    #expect(try result.values(of: "repeated").compactMap(\.self).count == 1)
  }

  @Test("the French account: seven messages in French, the fifth to the first on the page")
  func french() async throws {
    let bench = Bench()
    let result = try await bench.act(file: Bench.sample("french"))
    #expect(result.fault == nil)
    #expect(try result.values(of: "code").compactMap(\.self) == ["password.reused", "standing.not_good"])
    try bench.read { _, views in
      let account = try #require(try views.account(representative: "P010001243555"))
      let inbox = try views.inbox(of: account, InboxQuery())
      #expect(Labels.paging(first: inbox.first, last: inbox.last, total: inbox.total).in(.french) == "1 à 5 sur 7")
      #expect(inbox.rows.map(\.subject).contains("Votre mot de passe a été modifié"))
    }
  }

  @Test("a sample played again appends nothing", arguments: ["incredible", "french"])
  func again(sample: String) async throws {
    let bench = Bench()
    let first = try await bench.act(file: Bench.sample(sample))
    let count = try bench.count()
    let second = try await bench.act(file: Bench.sample(sample))
    #expect(second.fault == nil)
    #expect(try bench.count() == count)
    #expect(try first.values(of: "status").count == second.values(of: "status").count)
  }

  @Test("no name, address, answer or password is in any file of the data directory", arguments: ["incredible", "french"])
  func sealed(sample: String) async throws {
    let bench = Bench()
    _ = try await bench.act(file: Bench.sample(sample))
    let needles = [
      "Doe", "John.Doe@cicc.com", "cicc.com", "5143334545", "365 Laurier", "R512345", "Incredible", "Helen", "Alice",
      "Persecution", "1981-09-02", "Maple#2023x", "maple2023", "River!88aa", "birth certificate", "Geneviève", "Écuyer",
      "gcl@exemple.ca", "4185550142", "N4471", "Saint-Jean", "Zoë", "Núñez", "Montréal", "Érable#2023", "Tilleul",
      "Relevés bancaires", "à l’étude",
    ]
    // "sealed": the control. What is not personal must be found, or this test finds nothing at all.
    var found: Set<String> = []
    let walker = try #require(FileManager.default.enumerator(atPath: bench.data))
    for case let name as String in walker {
      guard let bytes = try? Data(contentsOf: URL(fileURLWithPath: bench.data + "/" + name)) else { continue }
      for needle in needles + ["dossier.v1.PasswordSet", "argon2id"] where bytes.range(of: Data(needle.utf8)) != nil {
        found.insert(needle)
      }
    }
    #expect(found == ["dossier.v1.PasswordSet", "argon2id"])
  }

  @Test("without the master key everything works and names are sealed")
  func withoutKey() async throws {
    let bench = Bench()
    _ = try await bench.act(file: Bench.sample("incredible"))
    try FileManager.default.removeItem(atPath: bench.data + "/keys/master.key")
    try bench.read { _, views in
      let account = try #require(try views.account(representative: "P010001243312"))
      let query = ApplicationsQuery(.search(ApplicationSearch()), today: try #require(CivilDay(iso: "2023-08-11")))
      #expect(
        try views.applications(of: account, query).rows.map { $0.applicant.text(in: .english) } == [
          "[sealed]", "[sealed]", "[sealed]",
        ])
    }
  }
}
