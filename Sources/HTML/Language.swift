/// The language a page is written in. `rawValue` is what stands in `lang`.
public enum Language: String, CaseIterable, Sendable {
  case english = "en"
  case french = "fr"

  /// The other one: where the toggle leads.
  public var other: Language { self == .english ? .french : .english }

  /// The name of the language in the language itself.
  public var ownName: String { self == .english ? "English" : "Français" }

  /// One of two words of this module.
  func choose(_ english: Markup, _ french: Markup) -> Markup { self == .english ? english : french }
}
