/// A field of one line, with its label, its hint and what is wrong with it.
public struct Field: Sendable {
  public enum Kind: String, Sendable {
    case text, email, password, number, tel
    case dateAndTime = "datetime-local"
  }

  /// The name and the id.
  public var name: String
  public var label: String
  public var kind: Kind
  /// As it was typed. A password is never shown again, whatever stands here.
  public var value: String
  public var hint: String?
  public var error: String?
  public var isRequired: Bool
  /// A token of the HTML standard, such as `username`, `current-password` or `one-time-code`.
  public var autocomplete: String?
  /// `numeric` for codes: digits on a phone, without the arrows of a number field.
  public var inputMode: String?

  public init(
    _ name: String, label: String, kind: Kind = .text, value: String = "", hint: String? = nil, error: String? = nil,
    isRequired: Bool = false, autocomplete: String? = nil, inputMode: String? = nil
  ) {
    self.name = name
    self.label = label
    self.kind = kind
    self.value = value
    self.hint = hint
    self.error = error
    self.isRequired = isRequired
    self.autocomplete = autocomplete
    self.inputMode = inputMode
  }
}

/// A field of several lines.
public struct TextArea: Sendable {
  public var name: String
  public var label: String
  public var value: String
  public var rows: Int
  public var hint: String?
  public var error: String?
  public var isRequired: Bool

  public init(
    _ name: String, label: String, value: String = "", rows: Int = 6, hint: String? = nil, error: String? = nil,
    isRequired: Bool = false
  ) {
    self.name = name
    self.label = label
    self.value = value
    self.rows = rows
    self.hint = hint
    self.error = error
    self.isRequired = isRequired
  }
}

/// A field for one file. Its form has `hasFiles`.
public struct FileField: Sendable {
  public var name: String
  public var label: String
  /// What is taken, as kinds and endings: `application/pdf,.pdf`.
  public var accept: String
  /// The largest file, which the script compares before anything is sent.
  public var maximumBytes: Int
  public var hint: String?
  public var error: String?
  public var isRequired: Bool

  public init(
    _ name: String, label: String, accept: String, maximumBytes: Int, hint: String? = nil, error: String? = nil,
    isRequired: Bool = false
  ) {
    self.name = name
    self.label = label
    self.accept = accept
    self.maximumBytes = maximumBytes
    self.hint = hint
    self.error = error
    self.isRequired = isRequired
  }
}

extension Page {
  public mutating func field(_ field: Field) {
    openField(field.name, label: field.label, hint: field.hint, error: field.error, isRequired: field.isRequired)
    raw("<input")
    attribute("id", field.name)
    attribute("name", field.name)
    attribute("type", field.kind.rawValue)
    if field.kind != .password, !field.value.isEmpty { attribute("value", field.value) }
    if field.kind == .dateAndTime { raw(" step=\"1\"") }
    attribute("autocomplete", optional: field.autocomplete)
    attribute("inputmode", optional: field.inputMode)
    if field.kind == .email || field.kind == .password { raw(" spellcheck=\"false\" autocapitalize=\"none\"") }
    describe(field.name, hint: field.hint, error: field.error)
    raw(">")
    if field.kind == .password { reveal(field.name) }
    raw("</div>\n")
  }

  public mutating func textArea(_ area: TextArea) {
    openField(area.name, label: area.label, hint: area.hint, error: area.error, isRequired: area.isRequired)
    raw("<textarea")
    attribute("id", area.name)
    attribute("name", area.name)
    attribute("rows", String(area.rows))
    describe(area.name, hint: area.hint, error: area.error)
    // A parser drops the first line feed after the tag: this one, and not the first of the text.
    raw(">\n")
    attributeText(area.value)
    raw("</textarea></div>\n")
  }

  public mutating func fileField(_ field: FileField) {
    openField(field.name, label: field.label, hint: field.hint, error: field.error, isRequired: field.isRequired)
    raw("<input type=\"file\"")
    attribute("id", field.name)
    attribute("name", field.name)
    attribute("accept", field.accept)
    attribute("data-bytes", String(field.maximumBytes))
    describe(field.name, hint: field.hint, error: field.error)
    raw("></div>\n")
  }

  mutating func openField(_ name: String, label: String, hint: String?, error: String?, isRequired: Bool) {
    raw(error == nil ? "<div class=\"field\">\n<label" : "<div class=\"field has-error\">\n<label")
    attribute("for", name)
    raw(">")
    text(label)
    if isRequired { requiredWord() }
    raw("</label>\n")
    notes(name, hint: hint, error: error)
  }

  mutating func requiredWord() {
    raw(" <span class=\"required\">")
    raw("(required)", "(obligatoire)")
    raw("</span>")
  }

  /// The hint and the error, each with an id that `describe` refers to.
  mutating func notes(_ name: String, hint: String?, error: String?) {
    if let hint {
      raw("<p class=\"hint\"")
      attribute("id", name + "-hint")
      raw(">")
      text(hint)
      raw("</p>\n")
    }
    if let error {
      raw("<p class=\"error\"")
      attribute("id", name + "-error")
      raw("><span class=\"sr\">")
      raw("Error:", "Erreur :")
      raw("</span> ")
      text(error)
      raw("</p>\n")
    }
  }

  mutating func describe(_ name: String, hint: String?, error: String?) {
    if error != nil { raw(" aria-invalid=\"true\"") }
    let ids = [hint.map { _ in name + "-hint" }, error.map { _ in name + "-error" }].compactMap(\.self)
    if !ids.isEmpty { attribute("aria-describedby", ids.joined(separator: " ")) }
  }

  private mutating func reveal(_ name: String) {
    raw("\n<button type=\"button\" class=\"plain\" hidden")
    attribute("data-reveals", name)
    attribute("aria-controls", name)
    raw(" data-hide=\"")
    raw("Hide password", "Masquer le mot de passe")
    raw("\">")
    raw("Show password", "Afficher le mot de passe")
    raw("</button>")
  }
}
