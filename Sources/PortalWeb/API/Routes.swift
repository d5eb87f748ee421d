import CaseEngine
import Domain
import Foundation
import HTML
import Projections
import Schema
import StrictJSON
import WebServer

extension Portal {
  var apiRoutes: [Route] {
    let office = office
    return [
      Route(.get, "/health", access: .everyone, kind: .api, prolongs: false, summary: "The process answers.") { _ in .text("ok\n")
      },
      Route(
        .get, "/api/session", access: .everyone, kind: .api, prolongs: false,
        summary: "Who is signed in, and the token for the header Dossier-Token."
      ) { request in .json(Self.session(request)) },
      Route(
        .post, "/api/commands/{name}", access: .everyone, kind: .api, body: .json(), needsCommand: true,
        limit: RateLimit("commands", burst: 60, perSecond: 10),
        summary: "Gives a command. The body has its fields; Idempotency-Key is its id. signIn needs no session, and begins one."
      ) { request in try await Self.command(office, request) },
      Route(
        .get, "/api/applications", roles: [.representative], kind: .api,
        summary:
          "The table of applications: status, type, number, unread, sort, page and size. Without a filter, those in progress."
      ) { request in try Frame(office, request).applicationsReport() },
      Route(
        .get, "/api/inbox", roles: [.representative], kind: .api,
        summary: "The messages of the account: unread, sort, page and size."
      ) { request in try Frame(office, request).inboxReport() },
    ]
  }

  private static func session(_ request: WebRequest) -> JSON {
    let account = request.session.flatMap { UUID(Data($0.account)) }
    return .object([
      .init(name: "account", value: account.map { .string($0.streamText) } ?? .null),
      .init(name: "token", value: .string(request.token)),
      .init(name: "secondsLeft", value: request.secondsLeft.map { .integer(Int64($0)) } ?? .null),
    ])
  }

  private static func command(_ office: Office, _ request: WebRequest) async throws -> Reply {
    guard case .object(let members)? = request.json else {
      throw Problem(400, "request.object", .init("Send one JSON object.", "Envoyez un seul objet JSON."))
    }
    let (name, id) = (request["name"], request.command ?? "")
    if name == "signIn" { return try await signIn(office, members) }
    guard Capabilities.command(named: name)?.givenBy.contains(.representative) == true else { throw Problem.notFound }
    guard request.session != nil else {
      throw Problem(401, "session.none", .init("Sign in first.", "Ouvrez d’abord une session."))
    }
    let verdict = try await office.give(name, members, id: id, as: try Frame(office, request).account)
    return try reply(verdict)
  }

  /// The id of the command is made here: neither field stands in the digest that tells repeated commands apart, and a
  /// repeated answer must not begin a session.
  private static func signIn(_ office: Office, _ members: [JSON.Member]) async throws -> Reply {
    let fields = Dictionary(members.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    guard members.count == 2, case .string(let email)? = fields["email"], case .string(let password)? = fields["password"] else {
      throw Problem(
        400, "command.fields",
        .init("Send email and password, both strings.", "Envoyez email et password, deux chaînes."))
    }
    switch try await office.signIn(email: email, password: password) {
    case .accepted(let session): return .json(.object([.init(name: "status", value: "accepted")])).with(session: .start(session))
    case .refused(let verdict): return try reply(verdict)
    }
  }

  private static func reply(_ verdict: Verdict) throws -> Reply {
    switch verdict {
    case .accepted(let acceptance):
      var reply = Reply.json(verdict.json)
      if let position = acceptance.position { reply = reply.with("Dossier-Position", String(position.rawValue)) }
      return acceptance.isRepeat ? reply.with("Dossier-Repeat", "true") : reply
    case .refused(let refusal): throw Problem(refusal)
    }
  }
}

extension Problem {
  /// A refusal of the engine: its codes, and its texts in both languages.
  init(_ refusal: Refusal) {
    let reasons = refusal.reasons.map { reason in
      Problem.Field(reason.code.rawValue, .init(reason.text(in: .english), reason.text(in: .french)))
    }
    self.init(
      Self.status(of: refusal.code), refusal.code.rawValue, .init(refusal.text(in: .english), refusal.text(in: .french)),
      fields: reasons)
  }

  private static func status(of code: RefusalCode) -> Int {
    switch code {
    case .authRequired: 403
    case .authInvalidCredentials: 401
    case .applicationNotFound, .messageNotFound: 404
    case .concurrencyVersionConflict: 412
    case .applicationDeleted, .applicationExpired: 410
    case .applicationAlreadySubmitted, .applicationDeleteNotAllowedSubmitted, .applicationFrozen, .applicationStateConflict,
      .requestClosed, .accountStateConflict, .enrolmentAlreadySubmitted, .enrolmentNotOpen:
      409
    case .standingNotGood, .accountClosed, .accountNotActive: 403
    default: 422
    }
  }
}
