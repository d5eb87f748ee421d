import Foundation
import Schema
import Testing

@testable import Domain

@Suite("Answers to forms")
struct FormAnswerTests {
  private static let days: [FormField] = [
    FormField("birth", .day(.untilToday), Text("Birth", "Naissance")),
    FormField("marriage", .day(.untilToday), Text("Marriage", "Mariage"), required: .never, notBefore: "birth"),
    FormField("expiry", .day(.fromToday), Text("Expiry", "Expiration"), required: .never),
    FormField("other", .day(.any), Text("Other", "Autre"), required: .never),
  ]

  private func judge(_ fields: [FormField], _ answers: [String: String]) throws -> FormJudgement {
    let today = try #require(CivilDay(iso: "2024-03-15"))
    return SectionForm(.visit, version: 1, [FormGroup(Text("A", "A"), fields)]).judge(answers, today: today)
  }

  private func read(_ kind: FormField.Kind, _ typed: String) throws -> String? {
    try judge([FormField("a", kind, Text("A", "A"))], ["a": typed]).answers["a"]
  }

  @Test(
    "A day is a day of the calendar, on the right side of today",
    arguments: [
      ("birth", "2024-03-15", true), ("birth", "2024-03-16", false), ("birth", "1899-12-31", false), ("birth", "1900-01-01", true),
      ("expiry", "2024-03-15", true), ("expiry", "2024-03-14", false), ("expiry", "2200-01-01", false),
      ("other", "2023-02-29", false),
      ("other", "2024-2-9", false), ("other", "09/02/2024", false), ("other", "2199-12-31", true),
    ])
  func day(field: String, typed: String, isRight: Bool) throws {
    #expect(try judge(FormAnswerTests.days, [field: typed]).wrong.map(\.field) == (isRight ? [] : [field]))
  }

  @Test("A day that cannot be before another one names both")
  func order() throws {
    let errors = try judge(FormAnswerTests.days, ["birth": "1990-04-25", "marriage": "1990-04-24"]).errors
    #expect(errors.map { $0.text(in: .english) } == ["“Marriage” cannot be before “Birth”."])
    #expect(errors.map { $0.text(in: .french) } == ["« Mariage » ne peut pas précéder « Naissance »."])
    #expect(try judge(FormAnswerTests.days, ["birth": "1990-04-25", "marriage": "1990-04-25"]).isComplete)
  }

  @Test("Numbers that somebody gave out are stored in one way, whatever way they were typed")
  func codes() throws {
    #expect(try read(.code(.uci), "1234-5678") == "12345678" && read(.code(.uci), "11-2233-4455") == "1122334455")
    #expect(try read(.code(.uci), "1-1223-34455") == nil && read(.code(.uci), "123456789") == nil)
    #expect(try read(.code(.travelDocument), "ab123456") == "AB123456" && read(.code(.travelDocument), "AB 1") == nil)
    #expect(
      try read(.code(.learningInstitution), "O19332746152") != nil && read(.code(.learningInstitution), "019332746152") == nil)
    #expect(try read(.email, "Helen@EXAMPLE.com") == "Helen@example.com")
  }

  @Test(
    "A number is written in digits, within its range",
    arguments: [
      ("0", true), ("40", true), ("41", false), ("-1", false), ("07", false), ("1.5", false), ("٤", false), ("1 000", false),
    ])
  func numbers(typed: String, isRight: Bool) throws {
    #expect(try (read(.number(0...40), typed) != nil) == isRight)
  }

  @Test("A citizenship may be none, a country of residence is one")
  func countries() throws {
    #expect(try read(.citizenship, "stateless") != nil && read(.country, "stateless") == nil)
    #expect(try read(.country, "CA") != nil && read(.country, "ca") == nil && read(.country, "XX") == nil)
  }

  @Test("Several lines are for long texts only, and what shows nothing is dropped")
  func texts() throws {
    #expect(
      try read(.longText(limit: 20), "1 Elgin\r\nOttawa") == "1 Elgin\nOttawa" && read(.text(limit: 20), "1 Elgin\nOttawa") == nil)
    #expect(try read(.text(limit: 20), " \u{FEFF}Helen ") == "Helen")
  }

  @Test("Details are required after yes, left out after no, and kept while nothing is said")
  func details() throws {
    let fields = [
      FormField("refused", .yesNo, Text("Refused?", "Refusé?")),
      FormField.details(of: "refused", Text("Details", "Précisions")),
    ]
    #expect(try judge(fields, ["refused": "yes"]).missing.map(\.field) == ["refusedDetails"])
    #expect(try judge(fields, ["refused": "no", "refusedDetails": "x"]).answers == ["refused": "no"])
    #expect(try judge(fields, ["refused": "no", "refusedDetails": "x"]).isComplete)
    let open = try judge(fields, ["refusedDetails": "x"])
    #expect(open.answers == ["refusedDetails": "x"] && open.missing.map(\.field) == ["refused"])
  }

  @Test("What hangs on a question that is not asked is not asked either")
  func chain() throws {
    let fields = [
      FormField("a", .yesNo, Text("A", "A")), FormField("b", .yesNo, Text("B", "B"), required: .when("a", is: "yes")),
      FormField("c", .text(limit: 5), Text("C", "C"), required: .when("b", is: "yes")),
    ]
    #expect(try judge(fields, ["a": "no", "b": "yes", "c": "x"]).answers == ["a": "no"])
    #expect(try judge(fields, ["a": "yes", "b": "yes"]).missing.map(\.field) == ["c"])
  }

  @Test("An unknown field is named if it could be one, and never stored")
  func unknown() throws {
    let judgement = try judge([], ["nameOfSomething": "x", "имя": "y", "A B": "z"])
    #expect(judgement.errors.map(\.field) == ["", "nameOfSomething"] && judgement.wrong.allSatisfy { $0.code == .unknown })
    #expect(judgement.answers.isEmpty && !judgement.isComplete)
  }

  @Test("There are 249 countries, each with a code and two names of its own")
  func countryList() {
    #expect(Country.all.count == 249 && Set(Country.all.map(\.code)).count == 249)
    #expect(Country.all.allSatisfy { Formats.matches($0.code, "AA") })
    #expect(Set(Country.all.map(\.name.english)).count == 249 && Set(Country.all.map(\.name.french)).count == 249)
  }

  @Test("Countries are listed by name in either language, blind to accents")
  func countryOrder() throws {
    let french = Country.sorted(in: .french).map(\.name.french)
    #expect(Country.sorted(in: .english).map(\.name.english).prefix(3) == ["Afghanistan", "Åland Islands", "Albania"])
    #expect(try #require(french.firstIndex(of: "Égypte")) + 1 == french.firstIndex(of: "El Salvador"))
  }

  @Test("What is told of a claim, of health, of crimes and of passports is sensitive")
  func sensitivity() {
    let fields = FormSection.allCases.flatMap { SectionForm.of($0).fields }
    for name in ["narrative", "hasDisorder", "hasCriminalRecordDetails", "passportNumber", "servedInForces"] {
      #expect(fields.filter { $0.name == name }.allSatisfy { $0.sensitivity == .sensitive }, "\(name)")
    }
  }
}
