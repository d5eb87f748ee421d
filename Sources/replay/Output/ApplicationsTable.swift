import Domain
import Foundation
import Projections
import Schema

/// The table of applications in its three forms.
enum ApplicationsTable {
  private static let columns: [(head: Text, column: ApplicationsQuery.Column?)] = [
    (Labels.id, .id), (Labels.applicationType, .type), (Labels.applicantName, .name), (Labels.applicationNumber, .number),
    (Labels.dateCreated, .created), (Labels.dateLastSaved, .saved), (Labels.daysLeftToSubmit, .daysLeft),
    (Labels.dateSubmitted, .submitted), (Labels.status, .status), (Labels.action, nil),
  ]

  static func text(
    _ page: Page<ApplicationRow>, _ query: ApplicationsQuery, _ subject: TableSubject, _ language: Language
  ) -> TextTable {
    let isSearch = if case .search = query.table { true } else { false }
    return TextTable(
      title: [Labels.myClientApplications.in(language), subject.text(language)]
        + (isSearch ? [Labels.searchResults.in(language)] : []),
      heads: columns.map { head, column in
        head.in(language) + (column == query.sort.column ? " \(query.sort.direction.marker)" : "")
      },
      rows: page.rows.map { TextTable.Row(cells: cells($0, language), isBold: $0.unread > 0) },
      hint: (isSearch ? Labels.noApplicationMatches : Labels.noApplications).in(language),
      foot: [page.foot(language)])
  }

  private static func cells(_ row: ApplicationRow, _ language: Language) -> [String] {
    let none = Labels.notAvailable.in(language)
    let further = row.furtherMembers > 0 ? " (+\(row.furtherMembers))" : ""
    return [
      String(row.packageNumber), row.type.label.in(language), row.applicant.text(in: language) + further,
      row.number ?? none, row.created.dayText(language), row.saved.dayText(language),
      row.daysLeft.map(String.init) ?? none, row.submitted?.dayText(language) ?? none, row.status.label.in(language),
      row.action.labels.map { $0.in(language) }.joined(separator: ", "),
    ]
  }

  // MARK: For programs

  static let csvHeads = [
    "package", "type", "applicant", "furtherMembers", "number", "created", "saved", "daysLeft", "submitted", "status",
    "action", "unread",
  ]

  static func csv(_ row: ApplicationRow, _ language: Language) -> [String] {
    [
      String(row.packageNumber), row.type.code ?? "", row.applicant.text(in: language), String(row.furtherMembers),
      row.number ?? "", row.created.rfc3339, row.saved.rfc3339, row.daysLeft.map(String.init) ?? "",
      row.submitted?.rfc3339 ?? "", row.status.rawValue, row.action.rawValue, String(row.unread),
    ]
  }

  struct Report: Encodable {
    let representative: String
    let account: String
    let today: String
    let asOf: UInt64?
    let paging: PageReport
    let rows: [Row]

    init(_ page: Page<ApplicationRow>, _ query: ApplicationsQuery, _ subject: TableSubject, _ account: UUID) {
      representative = subject.representative
      self.account = account.streamText
      today = query.today.iso
      asOf = subject.position
      paging = PageReport(page)
      rows = page.rows.map(Row.init)
    }
  }

  struct Row: Encodable {
    let id: String
    let package: UInt64
    let type: String?
    let applicant: ApplicantReport
    let furtherMembers: Int
    let number: String?
    let created: String
    let saved: String
    let daysLeft: Int?
    let submitted: String?
    let status: String
    let action: String
    let unread: Int

    init(_ row: ApplicationRow) {
      id = row.id.streamText
      package = row.packageNumber
      type = row.type.code
      applicant = ApplicantReport(row.applicant)
      furtherMembers = row.furtherMembers
      number = row.number
      created = row.created.rfc3339
      saved = row.saved.rfc3339
      daysLeft = row.daysLeft
      submitted = row.submitted?.rfc3339
      status = row.status.rawValue
      action = row.action.rawValue
      unread = row.unread
    }
  }

  struct ApplicantReport: Encodable {
    /// open, notProvided, sealed, no key or erased.
    let state: String
    let familyName: String?
    let givenNames: String?

    init(_ name: ApplicantName) {
      var opened: PersonalName?
      switch name {
      case .name(let name): (state, opened) = ("open", name)
      case .notProvided: state = "notProvided"
      case .sealed: state = "sealed"
      case .noKey: state = "no key"
      case .erased: state = "erased"
      }
      familyName = opened?.familyName
      givenNames = opened?.givenNames
    }
  }
}
