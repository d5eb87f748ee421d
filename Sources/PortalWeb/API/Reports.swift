import Domain
import EventStore
import Foundation
import Projections
import Schema
import StrictJSON
import WebServer

extension Frame {
  func applicationsReport() throws -> Reply {
    let (account, asked) = (try account, request.query)
    var search = ApplicationSearch()
    search.number = asked["number"]
    search.type = try asked["type"].map { text throws(Problem) in
      guard let type = ApplicationType(code: text) else { throw .badQuery("type") }
      return type
    }
    search.status = try asked["status"].map { text throws(Problem) in
      guard let status = PortalStatus(rawValue: text) else { throw .badQuery("status") }
      return status
    }
    search.onlyUnread = asked["unread"] == "true"
    let isSearch = !Set(asked.names).isDisjoint(with: ["number", "type", "status", "unread"])
    let query = ApplicationsQuery(
      isSearch ? .search(search) : .inProgress, sort: ApplicationsTable.sort(asked["sort"]), page: PageRequest(asked),
      language: request.language.inDomain, today: office.today)
    let rows = try office.views.applications(of: account, query, atLeast: office.position(of: account))
    return .json(report(rows) { row in self.row(row) })
  }

  func inboxReport() throws -> Reply {
    let account = try account
    var query = InboxTable.query(request.query)
    query.onlyUnread = request.query["unread"] == "true"
    let rows = try office.views.inbox(of: account, query, atLeast: office.position(of: account))
    return .json(
      report(rows) { message in
        .object([
          .init(name: "id", value: .string(message.id.streamText)), .init(name: "template", value: .string(message.templateKey)),
          .init(name: "subject", value: .string(message.subject)), .init(name: "sent", value: .string(message.sent.rfc3339)),
          .init(name: "read", value: message.read.map { .string($0.rfc3339) } ?? .null),
          .init(name: "actionRequired", value: .bool(message.isActionRequired)),
          .init(name: "position", value: .integer(Int64(message.position))),
        ])
      })
  }

  /// A page of a table, as `replay --format json` has it.
  private func report<Row: Sendable>(_ rows: Projections.Page<Row>, _ json: (Row) -> JSON) -> JSON {
    .object([
      .init(
        name: "paging",
        value: .object([
          .init(name: "page", value: .integer(Int64(rows.number))), .init(name: "size", value: .integer(Int64(rows.size.rawValue))),
          .init(name: "pages", value: .integer(Int64(rows.pageCount))), .init(name: "total", value: .integer(Int64(rows.total))),
        ])),
      .init(name: "rows", value: .array(rows.rows.map(json))),
    ])
  }

  private func row(_ row: ApplicationRow) -> JSON {
    .object([
      .init(name: "id", value: .string(row.id.streamText)), .init(name: "package", value: .integer(Int64(row.packageNumber))),
      .init(name: "type", value: row.type.code.map { .string($0) } ?? .null),
      .init(name: "applicant", value: applicant(row.applicant)),
      .init(name: "furtherMembers", value: .integer(Int64(row.furtherMembers))),
      .init(name: "number", value: row.number.map { .string($0) } ?? .null),
      .init(name: "created", value: .string(row.created.rfc3339)), .init(name: "saved", value: .string(row.saved.rfc3339)),
      .init(name: "daysLeft", value: row.daysLeft.map { .integer(Int64($0)) } ?? .null),
      .init(name: "submitted", value: row.submitted.map { .string($0.rfc3339) } ?? .null),
      .init(name: "status", value: .string(row.status.rawValue)), .init(name: "action", value: .string(row.action.rawValue)),
      .init(name: "unread", value: .integer(Int64(row.unread))),
    ])
  }

  private func applicant(_ name: ApplicantName) -> JSON {
    func state(_ text: String) -> JSON { .object([.init(name: "state", value: .string(text))]) }
    switch name {
    case .notProvided: return state("notProvided")
    case .sealed: return state("sealed")
    case .noKey: return state("no key")
    case .erased: return state("erased")
    case .name(let name):
      return .object([
        .init(name: "state", value: "open"), .init(name: "familyName", value: .string(name.familyName)),
        .init(name: "givenNames", value: .string(name.givenNames)),
      ])
    }
  }
}

extension Problem {
  static func badQuery(_ name: String) -> Problem {
    Problem(
      400, "request.query",
      .init(
        "The value of '\(name)' is not one that this address takes.", "La valeur de « \(name) » n’est pas acceptée à cette adresse."
      ))
  }
}

extension Instant {
  /// `2023-08-04T15:00:00.000000Z`
  var rfc3339: String { Timestamp(microseconds: microseconds).rfc3339 }
}
