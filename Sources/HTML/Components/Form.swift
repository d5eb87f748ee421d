/// A form that is sent by POST, with the hidden fields that every one of them carries.
public struct Form: Sendable {
  public var action: LocalPath
  /// The masked token of the session.
  public var token: String?
  /// The id of the command that this form gives, made when the form is shown.
  public var command: String?
  /// The revision of what the form shows.
  public var revision: String?
  /// Whether the form has a file field.
  public var hasFiles: Bool
  /// Further hidden fields, by name.
  public var hidden: [(String, String)]

  public init(
    action: LocalPath, token: String?, command: String? = nil, revision: String? = nil, hasFiles: Bool = false,
    hidden: [(String, String)] = []
  ) {
    self.action = action
    self.token = token
    self.command = command
    self.revision = revision
    self.hasFiles = hasFiles
    self.hidden = hidden
  }
}

extension Page {
  /// Writes the form around its fields and buttons. The browser checks nothing: the server's words are the ones shown.
  public mutating func form(_ form: Form, content: (inout Page) throws -> Void) rethrows {
    raw("<form method=\"post\" novalidate")
    attribute("action", form.action)
    if form.hasFiles { raw(" enctype=\"multipart/form-data\"") }
    raw(">\n")
    if let token = form.token { hidden("csrf", token) }
    if let command = form.command { hidden("command", command) }
    if let revision = form.revision { hidden("revision", revision) }
    for (name, value) in form.hidden { hidden(name, value) }
    try content(&self)
    raw("</form>\n")
  }

  public mutating func hidden(_ name: String, _ value: String) {
    raw("<input type=\"hidden\"")
    attribute("name", name)
    attribute("value", value)
    raw(">")
  }

  /// A button that sends the form.
  public mutating func button(_ text: String, _ look: ButtonLook = .main, name: String? = nil, value: String? = nil) {
    raw("<button")
    if look != .main { attribute("class", look.rawValue) }
    attribute("name", optional: name)
    attribute("value", optional: value)
    raw(">")
    self.text(text)
    raw("</button>\n")
  }

  /// The language toggle of a page with typed answers: a button of its form, so that nothing typed is lost.
  public mutating func languageButton() {
    raw("<p class=\"language\"><button class=\"link\" name=\"language\"")
    attribute("value", language.other.rawValue)
    attribute("lang", language.other.rawValue)
    raw(">")
    text(language.other.ownName)
    raw("</button></p>\n")
  }
}

/// How a button looks. What it does stands in its words.
public enum ButtonLook: String, Sendable {
  case main
  case plain
  case danger
  case link
}
