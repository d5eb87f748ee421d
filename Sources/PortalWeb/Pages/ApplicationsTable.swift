import Domain
import Foundation
import HTML
import Projections
import Schema
import WebServer

/// "My client applications" and the results of a search: the same ten columns.
struct ApplicationsTable {
  private let frame: Frame
  private let search: ApplicationSearch?
  private let handle: String?
  let query: ApplicationsQuery

  private static let columns: [(head: Text, column: ApplicationsQuery.Column?)] = [
    (Labels.id, .id), (Labels.applicationType, .type), (Labels.applicantName, .name), (Labels.applicationNumber, .number),
    (Labels.dateCreated, .created), (Labels.dateLastSaved, .saved), (Labels.daysLeftToSubmit, .daysLeft),
    (Labels.dateSubmitted, .submitted), (Labels.status, .status), (Labels.action, nil),
  ]

  /// Reads what the address says: `q`, `sort`, `page` and `size`. What cannot be read counts as not there.
  init(_ frame: Frame) {
    self.frame = frame
    let asked = frame.request.query
    let session = frame.request.session?.id ?? []
    handle = asked["q"].flatMap { frame.office.searches[$0, session] == nil ? nil : $0 }
    search = handle.flatMap { frame.office.searches[$0, session] }
    query = ApplicationsQuery(
      search.map { .search($0) } ?? .inProgress, sort: Self.sort(asked["sort"]), page: PageRequest(asked),
      language: frame.request.language.inDomain, today: frame.office.today)
  }

  static func sort(_ text: String?) -> ApplicationsQuery.Sort? {
    let parts = (text ?? "").split(separator: ".").map(String.init)
    guard parts.count == 2, let column = ApplicationsQuery.Column(rawValue: parts[0]),
      let direction = SortDirection(rawValue: parts[1])
    else { return nil }
    return ApplicationsQuery.Sort(column, direction)
  }

  func pageNote(_ rows: Projections.Page<ApplicationRow>) -> String {
    frame.say("page \(rows.number) of \(rows.pageCount)", "page \(rows.number) de \(rows.pageCount)")
  }

  func write(_ rows: Projections.Page<ApplicationRow>, to page: inout Page) {
    writeSearch(to: &page)
    let (say, sort) = ({ (text: Text) in frame.say(text) }, query.sort)
    let columns = Self.columns.map { head, column in
      let isSorted = column == sort.column
      let next: SortDirection = isSorted && sort.direction == .ascending ? .descending : .ascending
      return DataTable.Column(
        say(head), sort: column.map { path(sort: "\($0.rawValue).\(next.rawValue)") },
        direction: isSorted ? (sort.direction == .ascending ? .ascending : .descending) : nil, isRowHead: column == .name)
    }
    let table = DataTable(
      id: "applications", caption: say(search == nil ? Labels.myClientApplications : Labels.searchResults), columns: columns,
      empty: say(search == nil ? Labels.noApplications : Labels.noApplicationMatches))
    page.dataTable(table, rows: rows.rows) { page, row, column in
      if column == 9 { return actions(row, to: &page) }
      let isBold = row.unread > 0
      if isBold { page.raw("<strong>") }
      page.text(cell(row, column))
      if isBold { page.raw("</strong>") }
      if column == 2, isBold {
        page.unseen(frame.say("(\(row.unread) unread messages)", "(\(row.unread) messages non lus)"))
      }
    }
    page.foot(rows, frame, label: say(Labels.myClientApplications), action: "/", hidden: hidden) { path(page: $0) }
  }

  private func cell(_ row: ApplicationRow, _ column: Int) -> String {
    let none = frame.say(Labels.notAvailable)
    return switch column {
    case 0: String(row.packageNumber)
    case 1: frame.say(row.type.label)
    case 2:
      row.applicant.text(in: frame.request.language.inDomain) + (row.furtherMembers > 0 ? " (+\(row.furtherMembers))" : "")
    case 3: row.number ?? none
    case 4: frame.day(row.created)
    case 5: frame.day(row.saved)
    case 6: row.daysLeft.map(String.init) ?? none
    case 7: row.submitted.map { frame.day($0) } ?? none
    default: frame.say(row.status.label)
    }
  }

  private func actions(_ row: ApplicationRow, to page: inout Page) {
    let labels = row.action.labels.map { frame.say($0) }
    let package = LocalPath("/packages").segment(String(row.packageNumber))
    let targets: [LocalPath] =
      switch row.action {
      case .continueOrDelete: [package, package.segment("delete")]
      case .onHold: []
      case .actionRequired, .checkStatus: row.number.map { [LocalPath("/applications").segment($0)] } ?? []
      }
    for (index, label) in labels.enumerated() {
      if index > 0 { page.raw(" ") }
      guard index < targets.count else {
        page.text(label)
        continue
      }
      page.raw("<a")
      page.attribute("href", targets[index])
      page.raw(">")
      page.text(label)
      page.unseen(row.number ?? String(row.packageNumber))
      page.raw("</a>")
    }
  }

  // MARK: The search

  private func writeSearch(to page: inout Page) {
    let say = { (english: String, french: String) in frame.say(english, french) }
    page.search(
      say("Search all my client applications", "Rechercher dans toutes les demandes de mes clients"), isOpen: search != nil
    ) { page in
      page.form(Form(action: "/search", token: frame.request.token)) { page in
        page.field(
          Field("name", label: say("Applicant name: (optional)", "Nom du demandeur : (facultatif)"), value: search?.name ?? ""))
        page.field(
          Field(
            "number", label: say("Application number: (optional)", "Numéro de demande : (facultatif)"), value: search?.number ?? "")
        )
        page.select(
          Choices(
            "type", label: say("Application type: (optional)", "Type de demande : (facultatif)"),
            choices: [Choice("", "")] + ApplicationType.offered.map { Choice($0.code ?? "", frame.say($0.label)) },
            chosen: Set([search?.type?.code ?? ""])))
        page.select(
          Choices(
            "status", label: say("Application status: (optional)", "État de la demande : (facultatif)"),
            choices: [Choice("", "")] + PortalStatus.allCases.map { Choice($0.rawValue, frame.say($0.label)) },
            chosen: Set([search?.status?.rawValue ?? ""])))
        page.checkbox(
          "unread",
          label: say(
            "Only show applications with Unread Messages", "Afficher seulement les demandes ayant des messages non lus"),
          isChosen: search?.onlyUnread ?? false)
        page.button(say("Search", "Rechercher"))
        if search != nil { page.link(say("Clear the search", "Effacer la recherche"), to: "/") }
      }
    }
  }

  // MARK: Addresses

  private var hidden: [(String, String)] {
    (handle.map { [("q", $0)] } ?? []) + [("sort", "\(query.sort.column.rawValue).\(query.sort.direction.rawValue)")]
  }

  private func path(sort: String) -> LocalPath {
    base.query("sort", sort).query("size", String(query.page.size.rawValue)).fragment("applications")
  }

  private func path(page: Int) -> LocalPath {
    base.query("sort", "\(query.sort.column.rawValue).\(query.sort.direction.rawValue)")
      .query("size", String(query.page.size.rawValue)).query("page", String(page)).fragment("applications")
  }

  private var base: LocalPath { handle.map { LocalPath("/").query("q", $0) } ?? "/" }
}
