import Foundation
import HTML
import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore
import Synchronization
import Testing

@testable import WebServer

/// Asks a site without a socket, as a browser would: it keeps the cookie and sends where the request was made.
final class Client: Sendable {
  struct Reply: Sendable {
    let status: Int
    let headers: HTTPFields
    let text: String

    func header(_ name: String) -> String? { HTTPField.Name(name).flatMap { headers[$0] } }
  }

  let site: Site
  let peer: String
  private let cookie = Mutex<String?>(nil)

  init(_ site: Site, peer: String = "192.0.2.7") {
    self.site = site
    self.peer = peer
  }

  var kept: String? {
    get { cookie.withLock { $0 } }
    set { cookie.withLock { $0 = newValue } }
  }

  func ask(_ method: String, _ path: String, _ headers: [String: String] = [:], body: String = "") async -> Reply {
    var fields = HTTPFields()
    for (name, value) in headers { if let name = HTTPField.Name(name) { fields[name] = value } }
    if let kept, let name = HTTPField.Name("Cookie") { fields[name] = kept }
    let head = HTTPRequest(
      method: HTTPRequest.Method(method) ?? .get, scheme: "http", authority: "test.example", path: path, headerFields: fields)
    let request = Request(head: head, body: RequestBody(buffer: ByteBuffer(string: body)))
    let response = await site.respond(to: request, context: Connection(peer: peer))
    if let line = response.headers[.setCookie] { kept = line.split(separator: ";").first.map(String.init) }
    let sink = Sink()
    try? await response.body.write(sink)
    return Reply(status: response.status.code, headers: response.headers, text: String(decoding: sink.bytes, as: UTF8.self))
  }

  func get(_ path: String, _ headers: [String: String] = ["Accept": "text/html"]) async -> Reply { await ask("GET", path, headers) }

  /// Sends a form from a page of the site, with its token unless another one is given.
  func post(_ path: String, _ fields: String, token: String? = nil, headers: [String: String] = [:]) async -> Reply {
    let token = if let token { token } else { await get("/token").text }
    let all = ["Content-Type": "application/x-www-form-urlencoded", "Origin": "http://test.example", "Accept": "text/html"]
    return await ask("POST", path, all.merging(headers) { $1 }, body: "csrf=\(token)&\(fields)")
  }

  private final class Sink: ResponseBodyWriter, Sendable {
    private let written = Mutex<[UInt8]>([])
    var bytes: [UInt8] { written.withLock { $0 } }
    func write(_ buffer: ByteBuffer) async throws { written.withLock { $0 += buffer.readableBytesView } }
    func finish(_ trailingHeaders: HTTPFields?) async throws {}
  }
}

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
