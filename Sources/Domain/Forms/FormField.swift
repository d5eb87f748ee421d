/// A question of a section: how it is asked, and what an answer to it may be.
public struct FormField: Hashable, Sendable {
  /// ASCII letters and digits, beginning with a small letter, unique within the section. It stands in events, so it never changes.
  public let name: String
  public let kind: Kind
  public let label: Text
  /// What helps to answer: where the answer is printed, how it is written.
  public let hint: Text?
  public let required: Requirement
  /// When the question is asked at all; `nil` for always. An answer to a question that is not asked does not count.
  public let shown: Condition?
  public let sensitivity: Sensitivity
  /// The token of HTML's `autocomplete` for this kind of data, if it has one. A page on which somebody fills in the form of
  /// another person writes `off`: the browser would offer the wrong person's data.
  public let autocomplete: String?
  /// The name of an earlier field with a day: this one is not before it.
  public let notBefore: String?

  public init(
    _ name: String, _ kind: Kind, _ label: Text, hint: Text? = nil, required: Requirement = .always,
    shown: Condition? = nil, sensitivity: Sensitivity = .personal, autocomplete: String? = nil, notBefore: String? = nil
  ) {
    self.name = name
    self.kind = kind
    self.label = label
    self.hint = hint
    self.required = required
    self.shown = shown ?? required.condition
    self.sensitivity = sensitivity
    self.autocomplete = autocomplete
    self.notBefore = notBefore
  }
}

extension FormField {
  /// What an answer is: always a text, written so.
  public enum Kind: Hashable, Sendable {
    /// One line of at most so many Characters.
    case text(limit: Int)
    /// Several lines of at most so many Characters together.
    case longText(limit: Int)
    /// `yyyy-mm-dd`
    case day(Span)
    /// The value of one of the options.
    case choice([Option])
    /// `yes` or `no`
    case yesNo
    /// Two letters of ISO 3166-1.
    case country
    /// A country, or `stateless`.
    case citizenship
    /// A whole number without leading zeros.
    case number(ClosedRange<Int>)
    case email
    /// 10 digits, or `+`, a country code, a space and 4 to 15 digits.
    case telephone
    /// A number that somebody gave out, in its format.
    case code(Code)
  }

  /// Which days make sense; none is before 1900 or after 2199.
  public enum Span: Hashable, Sendable {
    case untilToday, fromToday, any
  }

  public struct Option: Hashable, Sendable {
    /// ASCII. It stands in the answers, so it never changes.
    public let value: String
    public let label: Text

    public init(_ value: String, _ label: Text) {
      self.value = value
      self.label = label
    }
  }

  public enum Code: Hashable, Sendable {
    /// Unique client identifier: 8 or 10 digits, typed with or without hyphens.
    case uci
    /// 1 to 20 letters and digits, stored in capitals.
    case travelDocument
    /// Designated learning institution: `O` and 11 or 12 digits.
    case learningInstitution
  }

  public enum Requirement: Hashable, Sendable {
    case always, never
    case when(Condition)

    /// Required if that earlier question is answered so.
    public static func when(_ field: String, is values: String...) -> Requirement {
      .when(Condition(field: field, values: values))
    }

    var condition: Condition? { if case .when(let condition) = self { condition } else { nil } }
  }

  /// An earlier question of the section, and the answers that fulfil the condition: any answer, if none is named.
  public struct Condition: Hashable, Sendable {
    public let field: String
    public let values: [String]

    public static func answer(_ field: String, is values: String...) -> Condition { Condition(field: field, values: values) }

    init(field: String, values: [String]) {
      self.field = field
      self.values = values
    }
  }

  /// How sensitive personal data is (domain.md 0.5).
  public enum Sensitivity: Int, Hashable, Sendable {
    case identifier = 1
    case personal = 2
    /// The story of a claim, health, criminality, passport numbers.
    case sensitive = 3
  }
}
