import Foundation
import Synchronization
import Testing
import WebClient

@testable import WebServer

@Suite("Answers")
struct AnswerTests {
  @Test("every answer has the headers: also those that no route made")
  func headers() async throws {
    let client = Client(try Sites.site())
    var statuses: Set<Int> = []
    for (method, path) in [
      ("GET", "/"), ("HEAD", "/"), ("GET", "/nothing"), ("PUT", "/"), ("GET", "/fail"), ("POST", "/signin"), ("GET", "/a/../b"),
      ("GET", "/desk"),
      ("TRACE", "/"), ("GET", "/live"), ("GET", "/ready"), ("GET", "/api/things"),
    ] {
      let reply = await client.ask(method, path)
      statuses.insert(reply.status)
      #expect(reply.header("Content-Security-Policy") == SecurityHeaders.policy, "\(method) \(path)")
      #expect(reply.header("X-Content-Type-Options") == "nosniff")
      #expect(reply.header("Referrer-Policy") == "same-origin")
      #expect(reply.header("Cache-Control") == "no-store")
      #expect(reply.header("Request-Id")?.count == 16)
      #expect(reply.header("Strict-Transport-Security") == nil)
    }
    #expect(statuses == [200, 303, 403, 404, 405, 500, 503])
  }

  @Test("over https browsers are told to stay with it, and the cookie is bound to the host")
  func secure() async throws {
    let reply = await Client(try Sites.site(origin: "https://test.example")).get("/")
    #expect(reply.header("Strict-Transport-Security") == "max-age=31536000; includeSubDomains")
    let cookie = try #require(reply.header("Set-Cookie"))
    #expect(cookie.hasPrefix("__Host-sid=") && cookie.hasSuffix("; Path=/; HttpOnly; SameSite=Lax; Secure"))
  }

  @Test("another method is told which ones there are")
  func allow() async throws {
    let client = Client(try Sites.site())
    #expect(await client.ask("DELETE", "/desk/7").header("Allow") == "POST")
    #expect(await client.ask("BREW", "/").header("Allow") == "GET, HEAD")
  }

  @Test("a head has the length of the answer and no body")
  func head() async throws {
    let client = Client(try Sites.site())
    let (get, head) = (await client.get("/"), await client.ask("HEAD", "/"))
    #expect(head.text == "" && head.header("Content-Length") == String(get.text.utf8.count))
  }

  @Test(
    "a path that could be read in two ways is nobody's",
    arguments: [
      "//", "/desk//notes", "/desk/./x", "/desk/%2e%2e/x", "/desk/a%2Fb/notes/x", "/desk/a%5cb/notes/x", "/desk/%00/notes/x",
      "/desk/%zz/notes/x",
      "/desk/%ff/notes/x", "http://test.example/", "*", "/desk/1/notes/x/",
    ])
  func paths(_ path: String) async throws {
    let client = await Sites.signedIn(try Sites.site())
    #expect(await client.get(path).status == 404)
  }

  @Test("captures are decoded")
  func captures() async throws {
    let client = await Sites.signedIn(try Sites.site())
    #expect(await client.get("/desk/7%2B1/notes/%C3%A9%20a").text == "7+1|é a")
  }

  @Test("a problem tells its code, both languages and the request, and nothing of the error")
  func problems() async throws {
    let client = Client(try Sites.site())
    let reply = await client.ask("POST", "/api/things", ["Accept-Language": "fr-CA, en;q=0.5"])
    #expect(reply.status == 403 && reply.header("Content-Type") == "application/problem+json")
    #expect(reply.text.hasPrefix("{\"type\":\"/problems/session.token\",\"title\":\"Ce formulaire"))
    #expect(reply.text.contains("\"messages\":{\"en\":\"This form does not belong"))
    #expect(await client.get("/fail").text.contains("Unexpected") == false)
  }

  @Test("the log names the route and the code, never the path, the query or a field")
  func log() async throws {
    let lines = Mutex<[String]>([])
    let site = try Sites.site(log: { line in lines.withLock { $0.append(line) } })
    let client = await Sites.signedIn(site, who: "zq")
    _ = await client.get("/desk/SECRET/notes/SECRET?SECRET=SECRET")
    _ = await client.post("/desk/SECRET", "note=SECRET")
    _ = await client.get("/SECRET")
    let text = lines.withLock { $0.joined(separator: "\n") }
    #expect(!text.contains("SECRET"))
    #expect(text.contains("\"route\":\"/desk/{number}/notes/{name}\",\"status\":200"))
    #expect(text.contains("\"account\":\"7a71\"") && text.contains("\"code\":\"page.unknown\""))
    #expect(site.metrics.text.contains("dossier_http_requests_total{route=\"none\",method=\"GET\",status=\"404\"} 1\n"))
    #expect(!site.metrics.text.contains("SECRET"))
  }

  @Test("a file is saved under its name and never shown as a page of the site")
  func file() async throws {
    let reply = await Client(try Sites.site()).get("/file")
    #expect(
      reply.header("Content-Disposition") == "attachment; filename=\"a____X_ y.pdf\"; filename*=UTF-8''a%22%C3%A9%0D%0AX%3A%20y.pdf"
    )
    #expect(reply.header("Content-Security-Policy")?.hasPrefix("sandbox; ") == true)
  }

  @Test("the numbers are for this machine alone, and not for whom a proxy passes on")
  func metrics() async throws {
    let site = try Sites.site()
    #expect(await Client(site).get("/metrics").status == 404)
    #expect(await Client(site, peer: "127.0.0.1").get("/metrics").status == 200)
    #expect(await Client(site, peer: "127.0.0.1").get("/metrics", ["X-Forwarded-For": "192.0.2.9"]).status == 404)
  }
}
