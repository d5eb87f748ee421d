/// The look of a banner; what it says stands in its words.
public enum BannerKind: String, Sendable { case ok, info, warning }

/// A page that asks once more before something that cannot be taken back.
public struct Confirmation: Sendable {
  public var heading: String
  public var facts: [SummaryRow]
  public var warning: String
  public var form: Form
  /// Says what happens: "Delete application".
  public var button: String
  /// The safe way out: its words and where it leads.
  public var keep: (String, LocalPath)

  public init(heading: String, facts: [SummaryRow], warning: String, form: Form, button: String, keep: (String, LocalPath)) {
    self.heading = heading
    self.facts = facts
    self.warning = warning
    self.form = form
    self.button = button
    self.keep = keep
  }
}

extension Page {
  /// A word about a thing. Flat, so that nobody takes it for a button.
  public mutating func tag(_ text: String) {
    raw("<span class=\"tag\">")
    self.text(text)
    raw("</span>")
  }

  /// The result of what the person did, or news for everybody. A result is announced and focused by the script.
  public mutating func banner(_ kind: BannerKind, id: String, heading: String, content: (inout Page) throws -> Void) rethrows {
    raw("<div")
    attribute("class", "banner " + kind.rawValue)
    raw(kind == .ok ? " role=\"alert\" tabindex=\"-1\" data-focus" : " role=\"region\"")
    attribute("aria-labelledby", id)
    raw("><h2")
    attribute("id", id)
    raw(">")
    text(heading)
    raw("</h2>")
    try content(&self)
    raw("</div>\n")
  }

  public mutating func paragraph(_ text: String) {
    raw("<p>")
    self.text(text)
    raw("</p>\n")
  }

  /// The heading of the page.
  public mutating func heading(_ text: String) {
    raw("<h1>")
    self.text(text)
    raw("</h1>\n")
  }

  /// A heading of a part.
  public mutating func subheading(_ text: String, id: String? = nil) {
    raw("<h2")
    attribute("id", optional: id)
    raw(">")
    self.text(text)
    raw("</h2>\n")
  }

  public mutating func confirm(_ confirmation: Confirmation) {
    heading(confirmation.heading)
    if !confirmation.facts.isEmpty { summaryList(confirmation.facts) }
    paragraph(confirmation.warning)
    form(confirmation.form) { page in
      page.button(confirmation.button, .danger)
      page.link(confirmation.keep.0, to: confirmation.keep.1)
    }
  }

  /// How far something has come, readable without colour and without script.
  public mutating func progress(percent: Int, label: String, text: String) {
    raw("<progress max=\"100\"")
    attribute("value", String(percent))
    attribute("aria-label", label)
    raw("></progress> <p>")
    self.text(text)
    raw("</p>\n")
  }

  /// A slider over the events 1 … `count` beside the number field `field`, shown by the script alone.
  public mutating func slider(field: String, count: Int, value: Int, label: String, valueText: String) {
    raw("<input type=\"range\" min=\"1\" hidden")
    attribute("max", String(count))
    attribute("value", String(value))
    attribute("data-slides", field)
    attribute("aria-label", label)
    attribute("aria-valuetext", valueText)
    raw(">")
  }
}
