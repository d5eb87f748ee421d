import Foundation
import StrictJSON
import Testing

@Suite("The API")
struct APITests {
  @Test("a command is answered as portal act answers it, once however often it is sent")
  func commands() async throws {
    let desk = try await Desk()
    #expect(try await desk.command("createApplication", "{}").status == 401)
    #expect(try await desk.command("signIn", #"{"email":"John.Doe@cicc.com","password":"no"}"#).status == 401)
    #expect(try await desk.command("signIn", #"{"email":"John.Doe@cicc.com","password":"\#(Desk.password)"}"#).status == 200)
    let json = #"{"type":"studyPermit","mode":"individual","principal":{"familyName":"Api"},"acknowledgedVersion":1}"#
    let id = UUID().uuidString
    let first = try await desk.command("createApplication", json, id: id)
    #expect(first.status == 200 && first.text.contains("\"status\":\"accepted\"") && first.text.contains("\"package\":"))
    let again = try await desk.command("createApplication", json, id: id)
    #expect(again.header("Dossier-Repeat") == "true" && again.text.contains("\"repeated\":true"))
    let table = await desk.browser.get("/api/applications", ["Accept": "application/json"])
    #expect(table.text.contains("\"familyName\":\"Api\""))
    #expect(table.text.contains("\"total\":1"))
    let inbox = await desk.browser.get("/api/inbox", ["Accept": "application/json"])
    #expect(inbox.text.contains("\"template\":\"M-ENR-APP\""))
  }

  @Test("a refusal is a problem with its code and both languages; commands of others are not there")
  func refusals() async throws {
    let desk = try await Desk()
    _ = try await desk.signIn()
    let refused = try await desk.command("deleteApplication", #"{"package":4984}"#)
    #expect(refused.status == 409 && refused.header("Content-Type") == "application/problem+json")
    #expect(refused.text.contains("application.delete_not_allowed_submitted"))
    #expect(refused.text.contains("\"en\":") && refused.text.contains("\"fr\":"))
    #expect(try await desk.command("approveEnrolment", "{}").status == 404)
    #expect(try await desk.command("deleteApplication", #"{"package":"x"}"#).status == 400)
  }

  @Test("a wrong sign-in is never answered from a right one of the same id")
  func repeatedSignIn() async throws {
    let desk = try await Desk()
    let id = UUID().uuidString
    #expect(
      try await desk.command("signIn", #"{"email":"John.Doe@cicc.com","password":"\#(Desk.password)"}"#, id: id).status == 200)
    #expect(try await desk.command("signIn", #"{"email":"John.Doe@cicc.com","password":"no"}"#, id: id).status == 401)
  }

  @Test("the document names every route for programs")
  func document() async throws {
    let desk = try await Desk()
    let text = await desk.browser.get("/api/openapi.json", ["Accept": "application/json"]).text
    _ = try JSONParser.parse(Array(text.utf8))
    for path in desk.browser.site.table.routes where path.kind == .api && path.pattern.description.hasPrefix("/api") {
      #expect(text.contains("\"\(path.pattern.description)\"") || path.pattern.description == "/api/openapi.json")
    }
    #expect(await desk.get("/health").status == 200)
  }
}
