import Foundation
import TestSupport
import Testing
import WebClient

@testable import WebServer

@Suite("Sessions")
struct SessionTests {
  @Test("who is not signed in is sent to sign in, and comes back to where they wanted to go")
  func away() async throws {
    let client = Client(try Sites.site())
    let reply = await client.get("/desk?a=b")
    #expect(reply.status == 303 && reply.header("Location") == "/signin?back=%2Fdesk%3Fa%3Db")
    #expect(await client.ask("GET", "/time").status == 401)
  }

  @Test("what a role may not use does not exist for it")
  func roles() async throws {
    let site = try Sites.site()
    #expect(await Sites.signedIn(site).get("/desk").status == 200)
    #expect(await Sites.signedIn(site, as: "guest").get("/desk").status == 404)
  }

  @Test("a cookie from before the sign-in is replaced, and its session refused")
  func fixation() async throws {
    let client = Client(try Sites.site())
    _ = await client.get("/")
    let before = client.kept
    _ = await client.post("/signin", "who=a")
    let first = client.kept
    #expect(before != first)
    _ = await client.post("/signin", "who=a")
    #expect(await client.get("/desk").status == 200)
    client.kept = first
    #expect(await client.get("/desk").status == 303)
  }

  @Test("after signing out the token is worth nothing")
  func signOut() async throws {
    let client = await Sites.signedIn(try Sites.site())
    let cookie = client.kept
    let reply = await client.post("/signout", "")
    #expect(reply.header("Clear-Site-Data") == "\"cache\", \"storage\"")
    client.kept = cookie
    #expect(await client.get("/desk").status == 303)
  }

  @Test("a session ends after twenty minutes without a request, and after twelve hours whatever is done")
  func ends() async throws {
    let clock = Clock()
    let site = try Sites.site(clock: clock)
    let idle = await Sites.signedIn(site)
    clock.advance(minutes: 20)
    #expect(await idle.get("/desk").status == 303)
    let busy = await Sites.signedIn(site)
    for _ in 0..<37 {
      clock.advance(minutes: 19)
      #expect(await busy.get("/desk").status == 200)
    }
    clock.advance(minutes: 17)
    #expect(await busy.get("/desk").status == 303)
  }

  @Test("asking how much time is left does not put off the end")
  func asking() async throws {
    let clock = Clock()
    let client = await Sites.signedIn(try Sites.site(clock: clock))
    clock.advance(minutes: 15)
    #expect(await client.get("/time").text == "300")
    clock.advance(minutes: 5)
    #expect(await client.get("/desk").status == 303)
  }

  @Test("a sign-in that is not recent is asked for again where it matters")
  func recent() async throws {
    let clock = Clock()
    let client = await Sites.signedIn(try Sites.site(clock: clock))
    #expect(await client.get("/secret").status == 200)
    clock.advance(minutes: 11)
    #expect(await client.get("/secret").header("Location") == "/signin/again?back=%2Fsecret")
  }

  @Test("a sixth session ends the one that was unused longest, and all of them can be ended")
  func many() async throws {
    let clock = Clock()
    let site = try Sites.site(clock: clock)
    var clients: [Client] = []
    for _ in 0..<6 {
      clients.append(await Sites.signedIn(site))
      clock.advance(minutes: 1)
    }
    #expect(await clients[0].get("/desk").status == 303)
    #expect(await clients[1].get("/desk").status == 200)
    try site.sessions.endAll(of: Array("a".utf8))
    #expect(await clients[5].get("/desk").status == 303)
  }

  @Test("sessions outlive the process, their tokens are stored nowhere")
  func stored() async throws {
    let folder = TemporaryFolder()
    let clock = Clock()
    let path = folder.path + "/sessions"
    var client = Client(try Sites.site(clock: clock, store: try LMDBSessionStore(folder: path)))
    _ = await client.post("/signin", "who=a")
    let cookie = try #require(client.kept)
    client = Client(try Sites.site(clock: clock))
    #expect(await client.get("/desk").status == 303)
    client = Client(try Sites.site(clock: clock, store: try LMDBSessionStore(folder: path)))
    client.kept = cookie
    #expect(await client.get("/desk").status == 200)
    let data = try Data(contentsOf: URL(fileURLWithPath: path + "/data.mdb"))
    let token = try #require(Base64URL.bytes(String(cookie.dropFirst("sid=".count))))
    #expect(data.range(of: Data(token)) == nil && data.range(of: Data(cookie.dropFirst(4).utf8)) == nil)
    #expect(data.range(of: Data(Sessions.id(of: token))) != nil)
  }

  @Test("a visitor has a language without a session, and cannot make up the cookie")
  func visitors() async throws {
    let client = Client(try Sites.site())
    #expect(await client.get("/", ["Accept-Language": "fr"]).text.contains("Accueil"))
    #expect(await client.get("/", ["Accept-Language": "en"]).text.contains("Accueil"), "the cookie holds it")
    client.kept = client.kept.map { $0.replacingOccurrences(of: ".fr.", with: ".en.") }
    #expect(await client.get("/", ["Accept-Language": "fr"]).header("Set-Cookie") != nil, "a changed cookie is replaced")
  }
}

@Suite("Forgery")
struct ForgeryTests {
  @Test("every unsafe route refuses a request without the token of its session")
  func token() async throws {
    let site = try Sites.site()
    let client = await Sites.signedIn(site)
    let other = await Sites.signedIn(site, who: "b").get("/token").text
    let unsafe = site.table.routes.filter { !$0.method.isSafe && $0.kind == .page }
    #expect(unsafe.count == 4)
    for route in unsafe {
      let path = route.pattern.description.replacingOccurrences(of: "{number}", with: "7")
      for wrong in ["", other, String(repeating: "A", count: 43)] {
        #expect(await client.post(path, "", token: wrong).status == 403, "\(path)")
      }
    }
  }

  @Test(
    "a request from elsewhere is refused, whatever it carries",
    arguments: [
      ["Origin": "https://evil.example"], ["Origin": "null"], ["Sec-Fetch-Site": "cross-site"],
      ["Origin": "http://test.example.evil"],
    ])
  func origin(_ headers: [String: String]) async throws {
    let client = await Sites.signedIn(try Sites.site())
    #expect(await client.post("/language", "", headers: headers).status == 403)
    #expect(await client.post("/language", "").status == 303)
  }

  @Test("the token differs from page to page")
  func masked() async throws {
    let client = Client(try Sites.site())
    let (first, second) = (await client.get("/token").text, await client.get("/token").text)
    #expect(first != second)
    #expect(await client.post("/language", "", token: first).status == 303)
  }
}
