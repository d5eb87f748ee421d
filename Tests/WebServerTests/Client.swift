import Foundation
import HTML
import Synchronization
import Testing
import WebClient

@testable import WebServer

/// A clock that the test moves.
final class Clock: Sendable {
  private let time = Mutex<Int64>(1_800_000_000_000_000)
  var now: Int64 { time.withLock { $0 } }
  func advance(minutes: Int) { time.withLock { $0 += Int64(minutes) * 60_000_000 } }
}

/// The sites of these tests.
enum Sites {
  static let routes: [Route] = [
    Route(.get, "/", access: .everyone) { request in
      var page = request.page()
      page.heading(request.language == .english ? "Home" : "Accueil")
      return .page(page)
    },
    Route(.get, "/token", access: .everyone, kind: .api, prolongs: false) { request in .text(request.token) },
    Route(.get, "/time", access: .signedIn, kind: .api, prolongs: false) { request in .text("\(request.secondsLeft ?? 0)") },
    Route(.post, "/signin", access: .everyone, body: .form()) { request in
      .redirect("/").with(
        session: .start(
          NewSession(
            account: Array((request.form["who"] ?? "").utf8), role: Role(request.form["role"] ?? "clerk"), name: "Ada",
            language: .english,
            factors: ["password"])))
    },
    Route(.post, "/signout", access: .signedIn, body: .form()) { _ in .redirect("/").with(session: .end) },
    Route(.post, "/language", access: .everyone, body: .form()) { _ in .redirect("/").with(session: .language(.french)) },
    Route(.get, "/desk", roles: ["clerk"]) { request in .text(request.session?.name ?? "") },
    Route(.get, "/desk/{number}/notes/{name}", roles: ["clerk"]) { request in .text(request["number"] + "|" + request["name"]) },
    Route(.post, "/desk/{number}", roles: ["clerk"], body: .form(repeated: ["tag"]), needsCommand: true) { request in
      var fields = request.fields
      let note = fields.text("note", limit: 5, missing: "Enter a note")
      _ = fields.number("age", in: 1...99, wrong: "Enter an age from 1 to 99")
      try fields.finish()
      return .text("\(note) \(request.command ?? "")")
    },
    Route(.get, "/fail", access: .everyone) { _ in throw Unexpected() },
    Route(.get, "/secret", roles: ["clerk"], needsRecentSignIn: true) { _ in .text("secret") },
    Route(.post, "/api/things", access: .signedIn, kind: .api, body: .json(), needsCommand: true) { request in
      .json(request.json ?? .null, status: 201)
    },
    Route(.get, "/guess", access: .everyone, limit: RateLimit("guess", 3, per: 60)) { _ in .text("no") },
    Route(.post, "/files", access: .everyone, kind: .api, body: .multipart(limit: 10_000)) { request in
      let count = Mutex(0)
      let form = try await request.multipart { _, piece in count.withLock { $0 += piece.count } }
      return .text("\(form["title"] ?? "") \(count.withLock { $0 })")
    },
    Route(.get, "/file", access: .everyone) { _ in .file([1, 2], contentType: "application/pdf", name: "a\"é\r\nX: y.pdf") },
  ]

  struct Unexpected: Error {}

  static func site(
    clock: Clock = Clock(), origin: String = "http://test.example", store: any SessionStore = ForgetfulSessionStore(),
    log: @escaping @Sendable (String) -> Void = { _ in }
  ) throws -> Site {
    let origin = try #require(Origin(origin))
    var options = SiteOptions(origin: origin, now: { clock.now })
    options.log = log
    let readiness = Readiness()
    let metrics = MetricsRegistry()
    return Site(
      routes: routes + Route.operating(readiness: readiness, metrics: metrics), options: options,
      sessions: try Sessions(store: store, now: { clock.now }), secret: Array(repeating: 7, count: 32), metrics: metrics,
      readiness: readiness)
  }

  static func signedIn(_ site: Site, as role: String = "clerk", who: String = "a") async -> Client {
    let client = Client(site)
    _ = await client.post("/signin", "who=\(who)&role=\(role)")
    return client
  }
}
