import Domain
import Foundation
import Projections
import Schema

/// The inbox in its three forms.
enum InboxTable {
  private static let columns: [(head: Text, column: InboxQuery.Column)] = [
    (Labels.subject, .subject), (Labels.dateSent, .sent), (Labels.dateRead, .read),
  ]

  static func text(
    _ page: Page<InboxMessage>, _ query: InboxQuery, _ subject: TableSubject, _ language: Language
  ) -> TextTable {
    let isFiltered = !query.search.isEmpty || query.onlyUnread
    return TextTable(
      title: [Labels.accountMessages.in(language), subject.text(language)],
      heads: columns.map { head, column in
        head.in(language) + (column == query.sort.column ? " \(query.sort.direction.marker)" : "")
      },
      rows: page.rows.map { message in
        TextTable.Row(
          cells: [message.subject, message.sent.dayText(language), message.read?.dayText(language) ?? ""],
          isBold: message.read == nil)
      },
      hint: (isFiltered ? Labels.noMessageMatches : Labels.noAccountMessages).in(language),
      foot: [page.foot(language)])
  }

  // MARK: For programs

  static let csvHeads = ["id", "template", "subject", "sent", "read", "actionRequired", "position"]

  static func csv(_ message: InboxMessage) -> [String] {
    [
      message.id.streamText, message.templateKey, message.subject, message.sent.rfc3339, message.read?.rfc3339 ?? "",
      String(message.isActionRequired), String(message.position),
    ]
  }

  struct Report: Encodable {
    let representative: String
    let account: String
    let asOf: UInt64?
    let paging: PageReport
    let rows: [Row]

    init(_ page: Page<InboxMessage>, _ subject: TableSubject, _ account: UUID) {
      representative = subject.representative
      self.account = account.streamText
      asOf = subject.position
      paging = PageReport(page)
      rows = page.rows.map(Row.init)
    }
  }

  struct Row: Encodable {
    let id: String
    let template: String
    let subject: String
    let sent: String
    let read: String?
    let actionRequired: Bool
    let position: UInt64

    init(_ message: InboxMessage) {
      id = message.id.streamText
      template = message.templateKey
      subject = message.subject
      sent = message.sent.rfc3339
      read = message.read?.rfc3339
      actionRequired = message.isActionRequired
      position = message.position
    }
  }
}
