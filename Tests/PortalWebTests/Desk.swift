import Foundation
import PortalWeb
import TestSupport
import Testing
import WebClient
import WebServer

@testable import portal

/// The portal on the sample's history, and a browser before it. The clock stands at the sample's last command.
final class Desk {
  let folder = TemporaryFolder()
  let workplace: Workplace
  let browser: Client
  static let password = "Maple#2023x"
  static let sample = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("samples/incredible.ndjson").path

  init() async throws {
    workplace = try Workplace(folder.path("data"), clock: .input)
    let input = try CommandInput(Self.sample)
    try await ActRun(workplace, clock: .input, input: input).run { _ in }
    let origin = try #require(Origin("http://test.example"))
    let site = try PortalSite.make(.init(secrets: nil, origin: origin, office: workplace.office, log: { _ in }))
    browser = Client(site)
  }

  deinit { workplace.close() }

  func get(_ path: String) async -> Client.Reply { await browser.get(path) }

  /// Fills in the form of a page that goes to `action`: its hidden fields are sent as they stand there.
  @discardableResult
  func send(_ fields: [String: String], from path: String, to action: String? = nil) async throws -> Client.Reply {
    let action = action ?? String(path.split(separator: "?")[0])
    let page = await get(path).text
    let start = try #require(page.range(of: "action=\"\(action)\""), "a form that goes to \(action)")
    let form = page[start.upperBound...].prefix(while: { _ in true })
    let body = form[..<(form.range(of: "</form>")?.lowerBound ?? form.endIndex)]
    var all = fields
    for match in body.matches(of: /<input type="hidden" name="([^"]*)" value="([^"]*)">/) where String(match.1) != "csrf" {
      all[String(match.1)] = all[String(match.1)] ?? String(match.2)
    }
    let token = try #require(body.firstMatch(of: /name="csrf" value="([^"]*)"/)?.1)
    let pairs = all.map { "\($0.key)=\($0.value.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")" }
    return await browser.post(action, pairs.joined(separator: "&"), token: String(token))
  }

  func signIn(password: String = Desk.password, email: String = "John.Doe@cicc.com") async throws -> Client.Reply {
    try await send(["email": email, "password": password], from: "/signin")
  }

  /// Gives a command through the API.
  func command(_ name: String, _ json: String, id: String = UUID().uuidString) async throws -> Client.Reply {
    let session = await browser.get("/api/session", ["Accept": "application/json"]).text
    let token = try #require(session.firstMatch(of: /"token":"([^"]*)"/)?.1)
    let headers = [
      "Content-Type": "application/json", "Origin": "http://test.example", "Dossier-Token": String(token), "Idempotency-Key": id,
    ]
    return await browser.ask("POST", "/api/commands/\(name)", headers, body: json)
  }
}

extension Desk {
  /// Fills in a section of a form, and says that nothing is missing.
  func fill(_ path: String) async throws -> Client.Reply {
    try await send(["answer.details": "Something", "complete": "yes"], from: path)
  }
}
