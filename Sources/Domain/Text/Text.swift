import Schema

/// A text of the portal in its two languages, with places such as `{date}` for facts.
///
/// All texts stand in `Domain/Text`, so that a reviewer can change one without touching a rule.
public struct Text: Hashable, Sendable {
  public let english: String
  public let french: String

  public init(_ english: String, _ french: String) {
    self.english = english
    self.french = french
  }

  /// English unless `language` is French.
  public func `in`(_ language: Language) -> String {
    language == .french ? french : english
  }

  /// The text with each place filled by the fact of that name; a place without a fact stays as it is. What a fact says is not
  /// searched for places again.
  public func `in`(_ language: Language, with facts: [String: Fact]) -> String {
    self.in(language).replacing(/{([a-z]+)}/) { place in
      facts[String(place.1)]?.text(in: language) ?? String(place.0)
    }
  }
}

/// A fact that a text mentions. Never personal data: facts stand in refusals, which may be logged.
public enum Fact: Hashable, Sendable {
  case day(CivilDay)
  case count(Int)
  /// A number or name of the portal's own, such as `L100003692`, printed as it is.
  case name(String)
  case label(Text)
  case labels([Text])

  public func text(in language: Language) -> String {
    switch self {
    case .day(let day): day.text(in: language)
    case .count(let count): String(count)
    case .name(let name): name
    case .label(let label): label.in(language)
    case .labels(let labels): labels.map { $0.in(language) }.joined(separator: ", ")
    }
  }
}

extension Language {
  /// `fr` for French, `en` for everything else.
  public var code: String { self == .french ? "fr" : "en" }
}
