import Foundation

/// The rule `s(n)` for every text that a person types (domain.md 0.3): NFC, trimmed, 1 to n Characters in at most 4 n bytes,
/// something to be seen, no control characters, no unpaired bidi controls. Marks that show nothing and mean nothing are dropped.
enum CleanText {
  enum Fault: Error, Hashable {
    case empty, tooLong, forbiddenCharacter
  }

  enum Lines {
    case one
    /// Line feeds are allowed, for letters and addresses; other line ends become line feeds.
    case several
  }

  /// A Character may have any number of marks; this many bytes for each are enough for every script.
  static let bytesPerCharacter = 4

  static func of(_ typed: String, limit: Int, lines: Lines = .one) throws(Fault) -> String {
    let unified = lines == .one ? typed : withLineFeeds(typed)
    // Marks go first: one between a letter and its accent would keep the two from being composed.
    let composed = string(unified.unicodeScalars.filter { !isMeaningless($0) }).precomposedStringWithCanonicalMapping
    let scalars = trimmed(Array(composed.unicodeScalars))
    guard scalars.contains(where: { !isInvisible($0) }) else { throw .empty }
    let isAllowed = { (scalar: Unicode.Scalar) in
      !isControl(scalar) || (lines == .several && scalar == "\n")
    }
    guard scalars.allSatisfy(isAllowed), hasPairedBidiControls(scalars) else { throw .forbiddenCharacter }
    let text = string(scalars)
    guard text.utf8.count <= limit * bytesPerCharacter, text.count <= limit else { throw .tooLong }
    return text
  }

  private static func withLineFeeds(_ typed: String) -> String {
    ["\r\n", "\r", "\u{2028}", "\u{2029}"].reduce(typed) { text, end in text.replacing(end, with: "\n") }
  }

  private static func string(_ scalars: some Sequence<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }

  private static func trimmed(_ scalars: [Unicode.Scalar]) -> ArraySlice<Unicode.Scalar> {
    guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
      let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
    else { return [] }
    return scalars[first...last]
  }

  /// LEFT-TO-RIGHT MARK, RIGHT-TO-LEFT MARK, ARABIC LETTER MARK; SOFT HYPHEN, ZERO WIDTH SPACE, WORD JOINER, BYTE ORDER MARK.
  private static func isMeaningless(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "\u{200E}", "\u{200F}", "\u{061C}", "\u{AD}", "\u{200B}", "\u{2060}", "\u{FEFF}": true
    default: false
    }
  }

  /// What prints nothing where it stands alone. Control characters are not meant: they are refused, not overlooked.
  private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    let properties = scalar.properties
    return properties.isDefaultIgnorableCodePoint || properties.isWhitespace || properties.generalCategory == .format
      || scalar == "\u{2800}"
  }

  /// The control characters, and the separators of lines and paragraphs.
  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }

  /// Every embedding and override is closed by U+202C and every isolate by U+2069, properly nested.
  private static func hasPairedBidiControls(_ scalars: some Sequence<Unicode.Scalar>) -> Bool {
    var awaited: [Unicode.Scalar] = []
    for scalar in scalars {
      switch scalar {
      case "\u{202A}", "\u{202B}", "\u{202D}", "\u{202E}": awaited.append("\u{202C}")
      case "\u{2066}", "\u{2067}", "\u{2068}": awaited.append("\u{2069}")
      case "\u{202C}", "\u{2069}": guard awaited.popLast() == scalar else { return false }
      default: break
      }
    }
    return awaited.isEmpty
  }
}
