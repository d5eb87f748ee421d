import Schema

/// What is to be said of the answers to a section.
public struct FormJudgement: Hashable, Sendable {
  /// The answers as they are stored: clean, without empty ones. A wrong answer stands in ``errors`` instead.
  public let answers: [String: String]
  /// In the order of the form; unknown fields come last.
  public let errors: [AnswerError]

  /// Every question that has to be answered is, and no answer is wrong.
  public var isComplete: Bool { errors.isEmpty }
  /// What is still to be answered. A section that lacks answers may be saved.
  public var missing: [AnswerError] { errors.filter { $0.code == .required } }
  /// What cannot be stored as it was typed.
  public var wrong: [AnswerError] { errors.filter { $0.code != .required } }
}

/// A field with something wrong, and what. The typed answer itself is never told.
public struct AnswerError: Hashable, Sendable {
  public enum Code: String, Hashable, Sendable, CaseIterable {
    case required, tooLong, invalidFormat, unknown
  }

  /// The field's name; empty for an unknown field whose name could not be one.
  public let field: String
  public let code: Code
  /// `field`, the label, and what the code's text mentions besides: `n`, `other`.
  public let facts: [String: Fact]
  /// What to do about it, with places for the facts.
  public let text: Text

  public func text(in language: Language) -> String { text.in(language, with: facts) }
}

extension SectionForm {
  /// - Parameters:
  ///   - answers: What was typed, by the names of the fields. Empty texts are no answers.
  ///   - today: The day in Ottawa, against which days of birth, expiry … are held.
  public func judge(_ answers: [String: String], today: CivilDay) -> FormJudgement {
    var reader = AnswerReader(answers: answers, today: today)
    let fields = self.fields
    for field in fields { reader.read(field) }
    let names = Set(fields.map(\.name))
    let unknown = Set(answers.keys).subtracting(names).map { FormField.isName($0) ? $0 : "" }
    reader.refuse(unknown: Set(unknown).sorted())
    return FormJudgement(answers: reader.clean, errors: reader.errors)
  }
}

extension FormField {
  /// A small letter, then ASCII letters and digits, at most 60 together.
  static func isName(_ text: String) -> Bool {
    (1...60).contains(text.utf8.count) && text.utf8.first?.isASCIILower == true
      && text.utf8.allSatisfy { $0.isASCIILower || $0.isASCIIUpper || $0.isASCIIDigit }
  }
}
