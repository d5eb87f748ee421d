import CaseEngine
import Domain
import Foundation
import HTML
import Projections
import Schema
import WebServer

/// "Account messages".
struct InboxTable {
  private let frame: Frame
  private let path: LocalPath
  let query: InboxQuery

  private static let columns: [(head: Text, column: InboxQuery.Column)] = [
    (Labels.subject, .subject), (Labels.dateSent, .sent), (Labels.dateRead, .read),
  ]

  init(_ frame: Frame, path: LocalPath, query: InboxQuery) {
    self.frame = frame
    self.path = path
    self.query = query
  }

  /// What the address asks for.
  static func query(_ asked: FormData) -> InboxQuery {
    let parts = (asked["sort"] ?? "").split(separator: ".").map(String.init)
    var query = InboxQuery(onlyUnread: asked["unread"] == "yes", page: PageRequest(asked))
    if parts.count == 2, let column = InboxQuery.Column(rawValue: parts[0]), let direction = SortDirection(rawValue: parts[1]) {
      query.sort = .init(column, direction)
    }
    return query
  }

  func write(_ rows: Projections.Page<InboxMessage>, to page: inout Page) {
    let columns = Self.columns.map { head, column in
      let isSorted = column == query.sort.column
      let next: SortDirection = isSorted && query.sort.direction == .descending ? .ascending : .descending
      return DataTable.Column(
        frame.say(head), sort: path.query("sort", "\(column.rawValue).\(next.rawValue)").fragment("inbox"),
        direction: isSorted ? (query.sort.direction == .ascending ? .ascending : .descending) : nil, isRowHead: column == .subject)
    }
    let isFiltered = query.onlyUnread || !query.search.isEmpty
    let table = DataTable(
      id: "inbox", caption: frame.say(Labels.accountMessages), columns: columns,
      empty: frame.say(isFiltered ? Labels.noMessageMatches : Labels.noAccountMessages))
    page.dataTable(table, rows: rows.rows) { page, message, column in
      let isUnread = message.read == nil
      switch column {
      case 0:
        if isUnread { page.raw("<strong>") }
        page.link(message.subject, to: LocalPath("/inbox").segment(message.id.streamText))
        if isUnread { page.raw("</strong>") }
        if isUnread { page.unseen(frame.say("(unread)", "(non lu)")) }
      case 1: page.text(frame.day(message.sent))
      default: page.text(message.read.map { frame.day($0) } ?? "")
      }
    }
    let sort = "\(query.sort.column.rawValue).\(query.sort.direction.rawValue)"
    page.foot(rows, frame, label: frame.say(Labels.accountMessages), action: path, hidden: [("sort", sort)]) {
      path.query("sort", sort).query("size", String(query.page.size.rawValue)).query("page", String($0)).fragment("inbox")
    }
  }
}

extension Frame {
  func inbox() throws -> Reply {
    let table = InboxTable(self, path: "/inbox", query: InboxTable.query(request.query))
    let rows = try office.views.inbox(of: try account, table.query, atLeast: office.position(of: try account))
    return page(say(Labels.accountMessages)) { page in
      page.paragraph(
        say(
          "Read messages related to your account. Messages about a submitted application are on the application status page.",
          "Lisez les messages liés à votre compte. Les messages au sujet d’une demande soumise figurent sur la page de l’état de la demande."
        ))
      page.banner(.info, id: "stored-language", heading: say("Language of messages", "Langue des messages")) { page in
        page.paragraph(
          say(
            "Links and document titles stay in the language your account used when they were created.",
            "Les liens et les titres de documents restent dans la langue de votre compte au moment de leur création."))
      }
      table.write(rows, to: &page)
    }
  }

  /// Opens a message of the account: that is reading it, unless the browser only fetches ahead.
  func accountMessage() async throws -> Reply {
    guard let id = UUID(uuidString: request["message"]) else { throw Problem.notFound }
    let account = try account
    let message = try office.events(of: StreamNames.inbox(account)).lazy.compactMap { event -> (AccountMessageSent, Instant)? in
      guard case .inbox(.accountMessageSent(let sent)) = event.event, UUID(sent.messageID) == id else { return nil }
      return (sent, event.time)
    }.first
    guard let (sent, time) = message else { throw Problem.notFound }
    if !request.isPrefetch {
      let command = UUID().streamText
      _ = try await office.give(
        "readAccountMessage", [.init(name: "message", value: .string(id.streamText))], id: command, as: account)
    }
    return page(sent.text.subject, crumbs: [(say(Labels.accountMessages), "/inbox")]) { page in
      page.message(
        sent: day(time), sentLabel: say(Labels.dateSent), body: sent.hasPersonal ? sent.personal.body : say(Labels.sealed),
        language: HTML.Language(sent.text.language))
    }
  }
}

extension Page {
  /// A message: when it was sent, and its lines.
  mutating func message(sent: String, sentLabel: String, body: String, language: Language) {
    summaryList([SummaryRow(sentLabel, sent)])
    raw("<div class=\"message\"")
    attribute("lang", language.rawValue)
    raw(">")
    for line in body.split(separator: "\n", omittingEmptySubsequences: true) { paragraph(String(line)) }
    raw("</div>\n")
  }
}
