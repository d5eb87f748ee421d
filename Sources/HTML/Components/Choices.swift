/// A choice: what is sent and what is read.
public struct Choice: Sendable {
  public var value: String
  public var label: String
  public var hint: String?

  public init(_ value: String, _ label: String, hint: String? = nil) {
    self.value = value
    self.label = label
    self.hint = hint
  }
}

/// A question that is answered by choosing.
public struct Choices: Sendable {
  public var name: String
  public var label: String
  public var choices: [Choice]
  public var chosen: Set<String>
  public var hint: String?
  public var error: String?
  public var isRequired: Bool

  public init(
    _ name: String, label: String, choices: [Choice], chosen: Set<String> = [], hint: String? = nil, error: String? = nil,
    isRequired: Bool = false
  ) {
    self.name = name
    self.label = label
    self.choices = choices
    self.chosen = chosen
    self.hint = hint
    self.error = error
    self.isRequired = isRequired
  }
}

/// A day, asked for in three parts.
public struct DateField: Sendable {
  public enum Part: String, Sendable, CaseIterable { case year, month, day }

  public var name: String
  public var label: String
  public var year: String
  public var month: String
  public var day: String
  public var hint: String?
  public var error: String?
  /// The parts that are wrong; the summary links to the first of them.
  public var wrong: Set<Part>
  public var isRequired: Bool

  public init(
    _ name: String, label: String, year: String = "", month: String = "", day: String = "", hint: String? = nil,
    error: String? = nil, wrong: Set<Part> = [], isRequired: Bool = false
  ) {
    self.name = name
    self.label = label
    self.year = year
    self.month = month
    self.day = day
    self.hint = hint
    self.error = error
    self.wrong = wrong
    self.isRequired = isRequired
  }
}

extension Page {
  /// One of several. The id of the first is the name, so that the summary of errors leads to it.
  public mutating func radios(_ choices: Choices) { group(choices, type: "radio") }

  /// Any of several. A single box that is ticked or not is `checkbox`.
  public mutating func checkboxes(_ choices: Choices) { group(choices, type: "checkbox") }

  /// One box.
  public mutating func checkbox(_ name: String, label: String, isChosen: Bool, error: String? = nil) {
    raw(error == nil ? "<div class=\"field\">\n" : "<div class=\"field has-error\">\n")
    notes(name, hint: nil, error: error)
    box("checkbox", id: name, name: name, Choice("yes", label), isChosen: isChosen, hint: nil, error: error)
    raw("</div>\n")
  }

  public mutating func select(_ choices: Choices) {
    openField(choices.name, label: choices.label, hint: choices.hint, error: choices.error, isRequired: choices.isRequired)
    raw("<select")
    attribute("id", choices.name)
    attribute("name", choices.name)
    describe(choices.name, hint: choices.hint, error: choices.error)
    raw(">")
    for choice in choices.choices {
      raw("<option")
      attribute("value", choice.value)
      if choices.chosen.contains(choice.value) { raw(" selected") }
      raw(">")
      text(choice.label)
      raw("</option>")
    }
    raw("</select></div>\n")
  }

  /// Three fields named `name-year`, `name-month` and `name-day`.
  public mutating func date(_ field: DateField) {
    openGroup(field.name, label: field.label, hint: field.hint, error: field.error, isRequired: field.isRequired)
    raw("<div class=\"date\">")
    for part in DateField.Part.allCases {
      let id = field.name + "-" + part.rawValue
      raw("<div><label")
      attribute("for", id)
      raw(">")
      word(of: part)
      raw("</label><input type=\"text\" inputmode=\"numeric\"")
      attribute("id", id)
      attribute("name", id)
      attribute("class", part.rawValue)
      let value = part == .year ? field.year : part == .month ? field.month : field.day
      if !value.isEmpty { attribute("value", value) }
      if field.wrong.contains(part) { raw(" aria-invalid=\"true\"") }
      raw("></div>")
    }
    raw("</div></fieldset>\n")
  }

  private mutating func word(of part: DateField.Part) {
    switch part {
    case .year: raw("Year", "Année")
    case .month: raw("Month", "Mois")
    case .day: raw("Day", "Jour")
    }
  }

  private mutating func group(_ choices: Choices, type: String) {
    openGroup(choices.name, label: choices.label, hint: choices.hint, error: choices.error, isRequired: choices.isRequired)
    for (index, choice) in choices.choices.enumerated() {
      let id = index == 0 ? choices.name : "\(choices.name)-\(index + 1)"
      box(type, id: id, name: choices.name, choice, isChosen: choices.chosen.contains(choice.value), hint: choice.hint, error: nil)
    }
    raw("</fieldset>\n")
  }

  private mutating func openGroup(_ name: String, label: String, hint: String?, error: String?, isRequired: Bool) {
    raw(error == nil ? "<fieldset class=\"field\"" : "<fieldset class=\"field has-error\"")
    let ids = [hint.map { _ in name + "-hint" }, error.map { _ in name + "-error" }].compactMap(\.self)
    if !ids.isEmpty { attribute("aria-describedby", ids.joined(separator: " ")) }
    raw("><legend>")
    text(label)
    if isRequired { requiredWord() }
    raw("</legend>\n")
    notes(name, hint: hint, error: error)
  }

  private mutating func box(
    _ type: String, id: String, name: String, _ choice: Choice, isChosen: Bool, hint: String?, error: String?
  ) {
    raw("<div class=\"check\"><input")
    attribute("type", type)
    attribute("id", id)
    attribute("name", name)
    attribute("value", choice.value)
    if isChosen { raw(" checked") }
    // The hint of a choice is not the hint of its group, whose id begins the same.
    let noted = hint == nil ? id : id + "-choice"
    if hint != nil || error != nil { describe(noted, hint: hint, error: error) }
    raw("><label")
    attribute("for", id)
    raw(">")
    text(choice.label)
    raw("</label>")
    if let hint { notes(noted, hint: hint, error: nil) }
    raw("</div>\n")
  }
}
