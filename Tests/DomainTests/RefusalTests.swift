import Foundation
import Schema
import Testing

@testable import Domain

@Suite("Refusals")
struct RefusalTests {
  @Test("A refusal tells its facts in both languages")
  func facts() throws {
    let day = try #require(CivilDay(iso: "2024-03-15"))
    let refusal = Refusal(.applicationExpired, ["date": .day(day)])
    #expect(refusal.text(in: .english) == "The time to submit ended on March 15 2024.")
    #expect(refusal.text(in: .french) == "Le délai de soumission a pris fin le 15 mars 2024.")
  }

  @Test("Field errors come together, each in its own sentence")
  func together() {
    let refusal = Refusal([.required(.surname), .tooLong(.note)])
    #expect(refusal?.text(in: .english) == "Surname/last name is required. Note is too long.")
    #expect(refusal?.text(in: .french) == "Nom de famille est obligatoire. Note est trop long.")
    #expect(Refusal([]) == nil)
  }

  @Test("What a fact says is not searched for places again")
  func noSecondFilling() {
    let text = Text("{reason} {date} {x}", "")
    let facts: [String: Fact] = ["reason": .name("{date}"), "date": .count(1)]
    #expect(text.in(.english, with: facts) == "{date} 1 {x}")
  }

  @Test("Both texts of a code have the same places for facts", arguments: RefusalCode.allCases)
  func places(code: RefusalCode) {
    func places(_ text: String) -> Set<Substring> { Set(text.matches(of: /\{[a-z]+\}/).map(\.output)) }
    #expect(places(code.text.english) == places(code.text.french))
    #expect(!code.text.english.isEmpty && !code.text.french.isEmpty)
    #expect(code.rawValue.contains("."))
  }
}
