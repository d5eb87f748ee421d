import Foundation
import Testing

@Suite("A representative at the portal")
struct WalkTests {
  @Test("a wrong password is told nothing but that; the right one opens the account home")
  func signIn() async throws {
    let desk = try await Desk()
    #expect(await desk.get("/").header("Location") == "/signin?back=%2F")
    for (password, email) in [("maple", "John.Doe@cicc.com"), (Desk.password, "nobody@cicc.com")] {
      let reply = try await desk.signIn(password: password, email: email)
      #expect(reply.status == 422)
      #expect(reply.text.contains("There is a problem") && reply.text.contains("value=\"\(email)\""))
      #expect(!reply.text.contains(Desk.password))
    }
    let reply = try await desk.signIn()
    #expect(reply.status == 303 && reply.header("Location") == "/")
    let home = await desk.get("/")
    #expect(home.status == 200)
    #expect(home.text.contains("Signed in as <strong>John Doe</strong>"))
    let out = try await desk.send([:], from: "/", to: "/signout")
    #expect(out.status == 303)
    #expect(await desk.get("/").status == 303)
  }

  @Test("the search for refugee claims with unread messages finds the sample's three rows in its order, with its labels")
  func search() async throws {
    let desk = try await Desk()
    _ = try await desk.signIn()
    let found = try await desk.send(["type": "refugeeClaim", "unread": "yes"], from: "/", to: "/search")
    let page = await desk.get(String(try #require(found.header("Location")).split(separator: "#")[0])).text
    for text in ["John Incredible", "Helen Incredible", "Alice Incredible", "L100003692", "August 04 2023", "1 to 3 of 3"] {
      #expect(page.contains(text), "\(text)")
    }
    let numbers = page.matches(of: /<strong>(L\d{9})<\/strong>/).map { String($0.1) }
    #expect(numbers == ["L100003692", "L100003694", "L100003696"])
    #expect(!(found.header("Location") ?? "").contains("refugee"))
  }

  @Test("an application goes from its start over its sections to its receipt, and then stands among the submitted ones")
  func application() async throws {
    let desk = try await Desk()
    _ = try await desk.signIn()
    let started = try await desk.send(
      [
        "type": "visitorVisa", "mode": "individual", "familyName": "Núñez", "givenNames": "Ana", "dateOfBirth-year": "1990",
        "dateOfBirth-month": "2", "dateOfBirth-day": "3", "acknowledged": "yes",
      ], from: "/applications/new?kind=visa")
    let package = try #require(started.header("Location"))
    #expect(started.status == 303 && package.hasPrefix("/packages/"))
    #expect(await desk.get("/").text.contains("Ana Núñez"))
    let early = try await desk.send([:], from: package + "/submit")
    #expect(early.status == 422, "sections are missing")
    for section in ["applicant", "passport", "visit", "background"] {
      let saved = try await desk.fill(package + "/1/" + section)
      #expect(saved.status == 303, "\(section): \(saved.text)")
    }
    #expect(await desk.get(package).text.contains("You have completed 4 of 4 sections."))
    let submitted = try await desk.send([:], from: package + "/submit")
    #expect(submitted.header("Location") == package + "/receipt")
    let receipt = await desk.get(package + "/receipt").text
    let number = try #require(receipt.firstMatch(of: /\/applications\/([A-Z]\d{9})/)?.1)
    #expect(await !desk.get("/").text.contains("Ana Núñez"), "submitted applications leave the table")
    let page = await desk.get("/applications/\(number)")
    #expect(page.status == 200 && page.text.contains("Ana Núñez"))
  }

  @Test("what is refused stands beside its field, and what was typed is still there")
  func refusals() async throws {
    let desk = try await Desk()
    _ = try await desk.signIn()
    let reply = try await desk.send(
      ["type": "studyPermit", "givenNames": "Kept <b>", "dateOfBirth-year": "2990"], from: "/applications/new?kind=visa")
    #expect(reply.status == 422)
    #expect(reply.text.contains("href=\"#acknowledged\"") && reply.text.contains("href=\"#dateOfBirth-year\""))
    #expect(reply.text.contains("Kept &lt;b&gt;") && reply.text.contains("Error: Start an application"))
    #expect(await desk.get("/packages/1").status == 404)
    #expect(await desk.get("/applications/L999999999").status == 404)
  }

  @Test("a deleted application is gone from the table and from its address")
  func delete() async throws {
    let desk = try await Desk()
    _ = try await desk.signIn()
    let started = try await desk.send(
      ["type": "refugeeClaim", "mode": "group", "familyName": "Gone", "acknowledged": "yes"], from: "/applications/new?kind=claim")
    let package = try #require(started.header("Location"))
    let added = try await desk.send(["familyName": "Second", "relation": "child"], from: package + "/members")
    #expect(added.status == 303)
    #expect(await desk.get(package).text.contains("Second – Child"))
    _ = try await desk.send([:], from: package + "/delete")
    #expect(await !desk.get("/").text.contains("Gone"))
    #expect(await desk.get(package).status == 404)
  }

  @Test("opening a message is reading it; answering a request closes its item")
  func messages() async throws {
    let desk = try await Desk()
    _ = try await desk.signIn()
    let page = await desk.get("/applications/L100003694").text
    let message = try #require(page.firstMatch(of: /<strong><a href="([^"]*messages[^"]*)"/)?.1)
    let count = page.matches(of: /\(unread\)/).count
    #expect(await desk.get(String(message)).text.contains("<div class=\"message\" lang=\"en\">"))
    #expect(await desk.get("/applications/L100003694").text.matches(of: /\(unread\)/).count == count - 1)
    let item = try #require(page.firstMatch(of: /href="([^"]*\/requests\/[^"]*)"/)?.1)
    #expect(try await desk.send(["explanation": ""], from: String(item)).status == 422)
    #expect(try await desk.send(["explanation": "Sent by mail."], from: String(item)).status == 303)
    #expect(await desk.get("/applications/L100003694").text.contains("Completed"))
    let inbox = await desk.get("/inbox").text
    let first = try #require(inbox.firstMatch(of: /href="(\/inbox\/[^"?#]*)"/)?.1)
    #expect(await desk.get(String(first)).status == 200)
  }

  @Test("the pages speak French when asked to")
  func french() async throws {
    let desk = try await Desk()
    _ = try await desk.signIn()
    #expect(await desk.get("/language/fr?back=%2F").status == 303)
    let home = await desk.get("/").text
    #expect(home.contains("lang=\"fr\"") && home.contains("Demandes de mes clients"))
    #expect(await desk.get("/profile").text.contains("Numéro de représentant d’IRCC"))
  }

  @Test("a new password is taken with the old one alone")
  func password() async throws {
    let desk = try await Desk()
    _ = try await desk.signIn()
    let wrong = ["oldPassword": "River!88aa", "newPassword": "Stone$44bb", "confirmation": "Stone$44bb"]
    #expect(try await desk.send(wrong, from: "/password").text.contains("href=\"#oldPassword\""))
    let right = ["oldPassword": Desk.password, "newPassword": "Stone$44bb", "confirmation": "Stone$44bb"]
    #expect(try await desk.send(right, from: "/password").status == 303)
  }
}
