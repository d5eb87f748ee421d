/// What is wrong with one field, in words that say how to mend it.
public struct FieldError: Equatable, Sendable {
  /// The id of the input to go to.
  public var field: String
  public var text: String

  public init(_ field: String, _ text: String) {
    self.field = field
    self.text = text
  }
}

extension Page {
  /// The summary at the top of `<main>`: every error once, with the words that stand beside its field. Nothing is written
  /// when there are none.
  public mutating func errorSummary(_ errors: [FieldError]) {
    guard !errors.isEmpty else { return }
    raw("<div class=\"errors\" tabindex=\"-1\" id=\"errors\"><div role=\"alert\">\n<h2>")
    raw("There is a problem", "Il y a un problème")
    raw("</h2>\n<ul>")
    for error in errors {
      raw("<li><a")
      attribute("href", LocalPath.here(error.field))
      raw(">")
      text(error.text)
      raw("</a></li>")
    }
    raw("</ul></div></div>\n")
  }
}
