import Foundation
import Testing
import WebClient

@testable import WebServer

@Suite("Requests")
struct RequestTests {
  static let id = "0193f5a2-7c1e-7b1a-9d52-3a1f0c9b7e11"

  @Test("everything that is wrong with a form is said at once")
  func fields() async throws {
    let client = await Sites.signedIn(try Sites.site())
    let reply = await client.post("/desk/7", "command=\(Self.id)&note=123456&age=x", headers: ["Accept": "application/json"])
    #expect(reply.status == 422)
    #expect(reply.text.contains("Shorten this to 5 characters; it has 6") && reply.text.contains("Enter an age from 1 to 99"))
    #expect(await client.post("/desk/7", "command=\(Self.id)&note=+hi+&age=7").text == "hi \(Self.id)")
  }

  @Test("a form that cannot be read in one way only is refused")
  func strictForms() async throws {
    let client = await Sites.signedIn(try Sites.site())
    let many = (0...200).map { "x\($0)=" }.joined(separator: "&")
    for fields in ["note=%zz", "note=%ff", "note=a&note=b", "csrf=x", "a=%00", many] {
      #expect(await client.post("/desk/7", "command=\(Self.id)&age=7&" + fields).status == 400, "\(fields.prefix(20))")
    }
    #expect(await client.post("/desk/7", "command=\(Self.id)&age=7&note=a&tag=1&tag=2").status == 200)
    #expect(await client.post("/desk/7", "note=a&age=7").status == 400, "the command has no id")
    #expect(await client.post("/desk/7", "", headers: ["Content-Type": "text/plain"]).status == 415)
    #expect(await client.post("/desk/7", "note=" + String(repeating: "a", count: 300_000)).status == 413)
  }

  @Test("JSON is read strictly, and its command comes in a header")
  func json() async throws {
    let client = await Sites.signedIn(try Sites.site())
    let headers = [
      "Content-Type": "application/json; charset=utf-8", "Origin": "http://test.example",
      "Dossier-Token": await client.get("/token").text,
      "Idempotency-Key": "\"\(Self.id.uppercased())\"",
    ]
    #expect(await client.ask("POST", "/api/things", headers, body: "{\"a\":1}").text == "{\"a\":1}")
    for body in ["", "{", "{\"a\":1,\"a\":2}", "{} {}", "\u{FEFF}{}", "[\"\\ud800\"]", String(repeating: "[", count: 10_000)] {
      #expect(await client.ask("POST", "/api/things", headers, body: body).status == 400)
    }
    #expect(await client.ask("POST", "/api/things", headers.filter { $0.key != "Idempotency-Key" }, body: "{}").status == 400)
  }

  @Test("guesses from one source are counted, and others are not held up")
  func limits() async throws {
    let site = try Sites.site()
    let client = Client(site)
    var statuses: [Int] = []
    for _ in 0..<4 { statuses.append(await client.get("/guess").status) }
    #expect(statuses == [200, 200, 200, 429])
    #expect(await client.get("/guess").header("Retry-After") == "20")
    #expect(await Client(site, peer: "192.0.2.8").get("/guess").status == 200)
    #expect(await Client(site, peer: "2001:db8::1").get("/guess").status == 200)
  }

  @Test("the table of buckets never grows beyond its bound")
  func bounded() {
    let buckets = Buckets(capacity: 160, now: { 0 })
    for number in 0..<10_000 { _ = buckets.take(RateLimit("x", 1, per: 1), who: "\(number)") }
    #expect(buckets.count <= 160)
  }

  @Test("only a trusted proxy is believed, and only its last words")
  func proxies() {
    let proxies = TrustedProxies(["10.0.0.1", "10.0.0.2"])
    #expect(proxies.source(peer: "192.0.2.1", forwarded: ["198.51.100.1"]).address == "192.0.2.1")
    #expect(proxies.source(peer: "10.0.0.1", forwarded: ["198.51.100.66, 198.51.100.1, 10.0.0.2"]).address == "198.51.100.1")
    #expect(proxies.source(peer: "10.0.0.1", forwarded: ["<script>"]).address == "10.0.0.1")
    #expect(Source(address: "2001:db8:0:7::1").limitKey == Source(address: "2001:db8:0:7:ffff::2").limitKey)
    #expect(Source(address: "2001:db8:0:7::1").limitKey != Source(address: "2001:db8:0:8::1").limitKey)
  }

  @Test("lists of entity tags")
  func entityTags() {
    #expect(EntityTags("\"r17\"")?.matchStrongly("r17") == true)
    #expect(EntityTags("W/\"r17\" , \"r,18\"")?.matchStrongly("r17") == false)
    #expect(EntityTags("W/\"r17\" , \"r,18\"")?.matchWeakly("r17") == true)
    #expect(EntityTags("W/\"r17\" , \"r,18\"")?.matchStrongly("r,18") == true)
    #expect(EntityTags(" * ") == .any)
    for text in ["", "r17", "\"r17", "\"a\" \"b\"", "\"a\",", "*, \"a\"", "\"a\u{7F}\""] {
      #expect(EntityTags(text) == nil || text == "\"a\",", "\(text)")
    }
  }
}

@Suite("Multipart")
struct MultipartTests {
  private static let body =
    "--XX\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nA\r\n--X\r\n--XX\r\n"
    + "Content-Disposition: form-data; name=\"file\"; filename=\"a%22; b.pdf\"\r\nContent-Type: application/pdf\r\n\r\n\r\n--XY\r\n-\r\n--XX--\r\n"

  private func read(_ body: String, by size: Int, limits: MultipartLimits = MultipartLimits()) throws -> ([String], [UInt8]) {
    var parser = MultipartParser(boundary: "XX", limits: limits)
    var fields: [String] = []
    var file: [UInt8] = []
    let bytes = Array(body.utf8)
    for start in stride(from: 0, to: bytes.count, by: size) {
      for event in try parser.read(Array(bytes[start..<min(start + size, bytes.count)])) {
        switch event {
        case .field(let name, let value): fields.append("\(name)=\(value)")
        case .piece(let part, let piece):
          #expect(part == MultipartFile(field: "file", name: "a%22; b.pdf", contentType: "application/pdf"))
          file += piece
        }
      }
    }
    try parser.finish()
    return (fields, file)
  }

  @Test("however the bytes arrive, the parts are the same", arguments: [1, 2, 3, 5, 7, 64, 1_000])
  func pieces(_ size: Int) throws {
    let (fields, file) = try read(Self.body, by: size)
    #expect(fields == ["title=A\r\n--X"])
    #expect(String(decoding: file, as: UTF8.self) == "\r\n--XY\r\n-")
  }

  @Test("what is not such a form, or too much of one, is refused")
  func refused() {
    var limits = MultipartLimits()
    limits.file = 4
    #expect(throws: Problem.tooLarge) { try read(Self.body, by: 3, limits: limits) }
    limits = MultipartLimits()
    limits.parts = 1
    #expect(throws: Problem.tooLarge) { try read(Self.body, by: 100, limits: limits) }
    #expect(throws: Problem.badForm) { try read(String(Self.body.dropLast(6)), by: 100) }
    #expect(throws: Problem.badForm) { try read("--XX\r\nContent-Disposition: form-data\r\n\r\n\r\n--XX--", by: 100) }
    #expect(throws: Problem.tooLarge) { try read("--XX\r\nX: " + String(repeating: "a", count: 5_000), by: 100) }
  }

  @Test("a file is not touched before the token of the form was checked")
  func token() async throws {
    let client = Client(try Sites.site())
    let token = await client.get("/token").text
    let field = "--XX\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n\(token)\r\n"
    let headers = ["Content-Type": "multipart/form-data; boundary=XX", "Origin": "http://test.example"]
    #expect(await client.ask("POST", "/files", headers, body: field + Self.body).text == "A\r\n--X 9")
    #expect(await client.ask("POST", "/files", headers, body: Self.body).status == 403)
  }
}
