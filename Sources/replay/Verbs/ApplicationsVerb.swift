import ArgumentParser
import Domain
import EventStore
import Foundation
import Projections
import Schema

struct ApplicationsVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "applications",
    abstract: "The table 'My client applications' of a representative, or a search in it.",
    discussion: "Without any of --status, --name, --number, --type and --unread: the applications in progress.")

  enum Status: String, ExpressibleByArgument, CaseIterable {
    case inProgress = "in-progress"
    case submitted
    case any
  }

  @OptionGroup var whose: RepresentativeOption

  @Option(help: "Search: the status in the portal.")
  var status: Status?

  @Option(help: ArgumentHelp("Search: every word begins a word of the applicant's name.", valueName: "words"))
  var name: String?

  @Option(help: ArgumentHelp("Search: the application number.", valueName: "number"))
  var number: String?

  @Option(
    help: ArgumentHelp(
      "Search: visitor-visa, study-permit, refugee-claim, transit-visa or special-measures-visa.", valueName: "type"),
    transform: ApplicationsVerb.type)
  var type: ApplicationType?

  @Flag(help: "Search: only applications with unread messages.")
  var unread = false

  @OptionGroup var paging: PageOptions

  @Option(name: .customLong("as-of"), help: ArgumentHelp("The table as it was at a moment.", valueName: "moment"))
  var asOf: Moment?

  @OptionGroup var common: CommonOptions

  func run() throws {
    let session = try Session(common)
    let account = try whose.account(in: session.log)
    let (page, subject, query) = try answer(of: account, in: session)
    let language = common.language.language
    switch common.format {
    case .text: try Output.print(ApplicationsTable.text(page, query, subject, language))
    case .csv: try Output.printCSV(ApplicationsTable.csvHeads, page.rows.map { ApplicationsTable.csv($0, language) })
    case .json: try Output.printJSON(ApplicationsTable.Report(page, query, subject, account))
    }
  }

  private func answer(
    of account: UUID, in session: Session
  ) throws -> (Page<ApplicationRow>, TableSubject, ApplicationsQuery) {
    guard let asOf else {
      let query = query(today: CivilDay(of: .now()))
      let page = try session.models.applications(of: account, query)
      return (page, TableSubject(representative: whose.representative, asOf: nil), query)
    }
    let position = try asOf.last(in: session.log)
    let query = query(today: try asOf.day(in: session.log))
    let page = try AccountHistory(of: account, in: session.log)
      .applications(query, asOf: position, keys: session.keys)
    let subject = TableSubject(representative: whose.representative, asOf: (position, query.today))
    return (page, subject, query)
  }

  private func query(today: CivilDay) -> ApplicationsQuery {
    let isSearch = status != nil || name != nil || number != nil || type != nil || unread
    return ApplicationsQuery(
      isSearch ? .search(search) : .inProgress, page: paging.request, language: common.language.language, today: today)
  }

  private var search: ApplicationSearch {
    var search = ApplicationSearch()
    search.name = name
    search.number = number
    search.type = type
    search.onlyUnread = unread
    switch status {
    case .inProgress: search.status = .inProgress
    case .submitted: search.status = .submitted
    case .any, nil: search.status = nil
    }
    return search
  }

  /// `refugee-claim` and `refugeeClaim` are the same.
  private static func type(_ text: String) throws -> ApplicationType {
    let typed = text.lowercased().replacing("-", with: "")
    guard let type = ApplicationType.offered.first(where: { $0.code?.lowercased() == typed }) else {
      throw ValidationError("'\(text)' is no application type.")
    }
    return type
  }
}
