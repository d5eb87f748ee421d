import HTML

/// Reads the fields of a form one after the other and collects what is wrong, so that everything is said at once.
///
/// A value that is wrong is read as empty or zero; nothing is done with it, because `finish` throws.
public struct FormReader {
  private let form: FormData
  private let language: Language
  public private(set) var errors: [FieldError] = []

  public init(_ form: FormData, language: Language) {
    self.form = form
    self.language = language
  }

  /// What was typed, without blanks at both ends.
  public func typed(_ name: String) -> String {
    var text = Substring(form[name] ?? "").unicodeScalars
    while text.first?.properties.isWhitespace == true { text.removeFirst() }
    while text.last?.properties.isWhitespace == true { text.removeLast() }
    return String(text)
  }

  /// A text. `missing` says what to enter when nothing was typed; `nil` where nothing is an answer.
  ///
  /// - Parameter limit: the largest number of characters, as Unicode scalars.
  public mutating func text(_ name: String, limit: Int, missing: String?) -> String {
    let value = typed(name)
    if value.isEmpty, let missing { refuse(name, missing) }
    let count = value.unicodeScalars.count
    guard count > limit else { return value }
    refuse(
      name,
      language == .english
        ? "Shorten this to \(limit) characters; it has \(count)" : "Réduisez ce texte à \(limit) caractères; il en compte \(count)")
    return ""
  }

  /// A secret: exactly as typed, neither trimmed nor cut.
  public mutating func secret(_ name: String, missing: String) -> String {
    let value = form[name] ?? ""
    if value.isEmpty { refuse(name, missing) }
    return value
  }

  /// A whole number in a range.
  public mutating func number(_ name: String, in range: ClosedRange<Int>, wrong: String) -> Int {
    if let value = Int(typed(name)), range.contains(value) { return value }
    refuse(name, wrong)
    return range.lowerBound
  }

  /// One of the values that the form offered.
  public mutating func choice(_ name: String, of values: [String], missing: String) -> String {
    let value = form[name] ?? ""
    if values.contains(value) { return value }
    refuse(name, missing)
    return ""
  }

  public func isChosen(_ name: String) -> Bool { form[name] == "yes" }

  /// Notes that a field is wrong; the first words for a field are the ones shown.
  public mutating func refuse(_ name: String, _ text: String) {
    if !errors.contains(where: { $0.field == name }) { errors.append(FieldError(name, text)) }
  }

  /// - Throws: `FormErrors` when anything is wrong.
  public func finish() throws(FormErrors) {
    guard errors.isEmpty else { throw FormErrors(errors: errors) }
  }

  public func error(of name: String) -> String? { errors.first { $0.field == name }?.text }
}

/// What is wrong with a form: the page shows the form again, with status 422.
public struct FormErrors: Error, Equatable, Sendable {
  public let errors: [FieldError]
  public init(errors: [FieldError]) { self.errors = errors }
}
