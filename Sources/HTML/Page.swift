/// A page while it is written: bytes with room reserved once, and the language of the words that components bring along.
///
/// What is not a literal is escaped on its way in, byte by byte: a `Character` is not what a parser sees (a quotation mark
/// with a combining accent is one `Character`, but two code points, the first of which ends an attribute).
public struct Page: ~Copyable {
  /// What was written so far, in UTF-8.
  public private(set) var bytes: [UInt8] = []
  public let language: Language

  /// - Parameter capacity: bytes to reserve; a larger page grows beyond it.
  public init(_ language: Language, capacity: Int = 32 * 1_024) {
    self.language = language
    bytes.reserveCapacity(capacity)
  }

  /// Writes markup as it stands.
  public mutating func raw(_ markup: Markup) { bytes.append(contentsOf: markup.text.utf8) }

  /// Writes one of two pieces of markup, by the language of the page.
  public mutating func raw(_ english: Markup, _ french: Markup) { raw(language.choose(english, french)) }

  /// Writes a text between tags. A text with letters written from right to left is isolated (U+2068 … U+2069), so that it
  /// cannot reorder what stands beside it; signs that change the direction become U+FFFD.
  public mutating func text(_ value: String) {
    let kinds = Escape.survey(value)
    guard !kinds.isEmpty else {
      bytes.append(contentsOf: value.utf8)
      return
    }
    let isolated = kinds.contains(.rightToLeft)
    if isolated { bytes.append(contentsOf: [0xE2, 0x81, 0xA8]) }
    Escape.append(value, to: &bytes, keepingDirection: false)
    if isolated { bytes.append(contentsOf: [0xE2, 0x81, 0xA9]) }
  }

  /// Writes ` name="value"`, the value always in double quotes.
  public mutating func attribute(_ name: Markup, _ value: String) {
    bytes.append(0x20)
    raw(name)
    raw("=\"")
    attributeText(value)
    bytes.append(0x22)
  }

  /// Writes the attribute, or nothing when there is no value.
  public mutating func attribute(_ name: Markup, optional value: String?) {
    if let value { attribute(name, value) }
  }

  /// Writes ` href="…"` or the like, with a path of this site.
  public mutating func attribute(_ name: Markup, _ path: LocalPath) { attribute(name, path.text) }

  /// Writes a whole number.
  public mutating func number(_ value: some BinaryInteger) { bytes.append(contentsOf: String(value).utf8) }

  /// Writes a link.
  public mutating func link(_ text: String, to path: LocalPath) {
    raw("<a")
    attribute("href", path)
    raw(">")
    self.text(text)
    raw("</a>")
  }

  /// Copies what another page wrote.
  public mutating func append(_ other: borrowing Page) { bytes.append(contentsOf: other.bytes) }

  /// Writes a part of an attribute's value; the quotes around it are the caller's.
  mutating func attributeText(_ value: String) {
    guard !Escape.survey(value).isDisjoint(with: [.sign, .control]) else {
      bytes.append(contentsOf: value.utf8)
      return
    }
    Escape.append(value, to: &bytes, keepingDirection: true)
  }
}
