import Foundation
import Schema
import Testing

@testable import Domain

@Suite("Forms")
struct FormTests {
  private static let today = CivilDay(number: 20_000)

  /// Answers to everything that is asked when every question is answered with `yesOrNo`, but for those on which `field` depends:
  /// these are answered so that it is asked.
  private static func sample(_ form: SectionForm, _ yesOrNo: String = "yes", reaching field: FormField? = nil) -> [String: String] {
    var typed = Dictionary(uniqueKeysWithValues: form.fields.map { ($0.name, answer(to: $0.kind, yesOrNo)) })
    var condition = field?.shown
    while let needed = condition {
      if let answer = needed.values.first { typed[needed.field] = answer }
      condition = form.fields.first { $0.name == needed.field }?.shown
    }
    return form.judge(typed, today: today).answers
  }

  private static func answer(to kind: FormField.Kind, _ yesOrNo: String) -> String {
    switch kind {
    case .text, .longText: "Ottawa"
    case .day: today.iso
    case .choice(let options): options[0].value
    case .yesNo: yesOrNo
    case .country, .citizenship: "CA"
    case .number(let range): String(range.lowerBound)
    case .email: "helen@example.com"
    case .telephone: "6135550123"
    case .code(.uci): "11223344"
    case .code(.travelDocument): "AB123456"
    case .code(.learningInstitution): "O19332746152"
    }
  }

  private func judge(_ section: FormSection, _ answers: [String: String]) -> FormJudgement {
    SectionForm.of(section).judge(answers, today: FormTests.today)
  }

  @Test("A section has its own form, whose fields have names of their own", arguments: FormSection.allCases)
  func names(section: FormSection) {
    let form = SectionForm.of(section)
    #expect(form.section == section && form.version >= 1)
    #expect(Set(form.fields.map(\.name)).count == form.fields.count)
    for field in form.fields { #expect(FormField.isName(field.name), "\(field.name)") }
  }

  @Test("Every group, field, hint and option speaks both languages", arguments: FormSection.allCases)
  func texts(section: FormSection) {
    let form = SectionForm.of(section)
    var texts = form.groups.map(\.label) + form.fields.map(\.label) + form.fields.compactMap(\.hint)
    for case .choice(let options) in form.fields.map(\.kind) {
      #expect(options.count > 1 && Set(options.map(\.value)).count == options.count)
      texts += options.map(\.label)
    }
    for text in texts { #expect(!text.english.isEmpty && !text.french.isEmpty && !text.english.contains("{")) }
  }

  @Test("A condition names an earlier question and answers that it can have", arguments: FormSection.allCases)
  func conditions(section: FormSection) {
    var earlier: [String: FormField] = [:]
    for field in SectionForm.of(section).fields {
      var conditions = [field.shown].compactMap(\.self)
      if case .when(let condition) = field.required { conditions.append(condition) }
      for condition in conditions {
        let possible: [String]? =
          switch earlier[condition.field]?.kind {
          case .yesNo: ["yes", "no"]
          case .choice(let options): options.map(\.value)
          case nil: nil
          default: []
          }
        #expect(possible.map(Set.init)?.isSuperset(of: condition.values) == true, "\(field.name)")
      }
      if let other = field.notBefore {
        guard case .day = earlier[other]?.kind, case .day = field.kind else {
          Issue.record("\(field.name)")
          continue
        }
      }
      earlier[field.name] = field
    }
  }

  @Test(
    "Every question can be asked, and a form of which everything asked is answered is complete", arguments: FormSection.allCases)
  func complete(section: FormSection) {
    let form = SectionForm.of(section)
    for field in form.fields {
      for answers in ["yes", "no"].map({ FormTests.sample(form, $0, reaching: field) }) {
        let judgement = judge(section, answers)
        #expect(judgement.isComplete && judgement.answers == answers, "\(judgement.errors.map(\.field))")
        #expect(answers[field.name] != nil, "\(field.name)")
      }
    }
  }

  @Test("Without an answer, a required question is named and nothing else is", arguments: FormSection.allCases)
  func missing(section: FormSection) {
    for field in SectionForm.of(section).fields {
      let answers = FormTests.sample(SectionForm.of(section), reaching: field)
      let judgement = judge(section, answers.with(field.name, " \u{200B}"))
      #expect(judgement.errors.map(\.field) == (field.required == .never ? [] : [field.name]))
      #expect(judgement.wrong.isEmpty && judgement.answers[field.name] == nil)
    }
  }

  @Test("An empty form is incomplete, and not wrong", arguments: FormSection.allCases)
  func empty(section: FormSection) {
    let judgement = judge(section, [:])
    let always = SectionForm.of(section).fields.filter { $0.required == .always }.map(\.name)
    #expect(judgement.errors.map(\.field) == always && !always.isEmpty && judgement.wrong.isEmpty)
  }

  @Test("A text beyond its limit is refused with its field, one at the limit is taken", arguments: FormSection.allCases)
  func tooLong(section: FormSection) {
    for field in SectionForm.of(section).fields {
      switch field.kind {
      case .text(let limit), .longText(let limit):
        let answers = FormTests.sample(SectionForm.of(section), reaching: field)
        #expect(judge(section, answers.with(field.name, String(repeating: "é", count: limit))).isComplete)
        let wrong = judge(section, answers.with(field.name, String(repeating: "é", count: limit + 1))).wrong
        #expect(wrong.map(\.field) == [field.name] && wrong.map(\.code) == [.tooLong])
        #expect(wrong.first?.text(in: .french).contains("\(limit)") == true)
        let marks = judge(section, answers.with(field.name, "e" + String(repeating: "\u{330}", count: 2 * limit)))
        #expect(marks.wrong.map(\.code) == [.tooLong])
      default: break
      }
    }
  }

  @Test(
    "An answer in the wrong format is refused with its field, in sentences that do not tell it", arguments: FormSection.allCases)
  func wrong(section: FormSection) {
    for field in SectionForm.of(section).fields {
      let answers = FormTests.sample(SectionForm.of(section), reaching: field)
      let typed = "¡zq\u{202E}"
      let judgement = judge(section, answers.with(field.name, typed))
      #expect(judgement.wrong.map(\.field) == [field.name] && judgement.wrong.map(\.code) == [.invalidFormat])
      for language in [Language.english, .french] {
        for text in judgement.errors.map({ $0.text(in: language) }) {
          #expect(text.contains(field.label.in(language)) && !text.contains("{") && !text.contains("¡zq"))
        }
      }
      let plain = judge(section, answers.with(field.name, "?")).wrong.map(\.field)
      #expect(plain == (field.kind.isText ? [] : [field.name]))
    }
  }

  @Test("A form filled to its limits in a script of two bytes fits into a section", arguments: FormSection.allCases)
  func size(section: FormSection) {
    let bytes = SectionForm.of(section).fields.map { $0.name.utf8.count + 6 + 2 * $0.kind.limit }.reduce(2, +)
    #expect(bytes <= FormLimits.answersBytes)
  }
}

extension FormField.Kind {
  fileprivate var isText: Bool {
    switch self {
    case .text, .longText: true
    default: false
    }
  }
}

extension [String: String] {
  func with(_ field: String, _ answer: String) -> [String: String] { merging([field: answer]) { $1 } }
}
