import Foundation

/// The rule `s(n)` for every text that a person types (domain.md 0.3): NFC, trimmed, 1 to n Characters, no control
/// characters, no unpaired bidi controls. Single bidi marks, which show nothing, are dropped (domain.md S12).
enum CleanText {
  enum Fault: Error, Hashable {
    case empty, tooLong, forbiddenCharacter
  }

  enum Lines {
    case one
    /// Line feeds are allowed, for letters and addresses; other line ends become line feeds.
    case several
  }

  static func of(_ typed: String, limit: Int, lines: Lines = .one) throws(Fault) -> String {
    let unified = lines == .one ? typed : typed.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
    // Marks go first: one between a letter and its accent would keep the two from being composed.
    let composed = string(unified.unicodeScalars.filter { !isBidiMark($0) }).precomposedStringWithCanonicalMapping
    let scalars = trimmed(Array(composed.unicodeScalars))
    guard !scalars.isEmpty else { throw .empty }
    let isAllowed = { (scalar: Unicode.Scalar) in
      scalar.properties.generalCategory != .control || (lines == .several && scalar == "\n")
    }
    guard scalars.allSatisfy(isAllowed), hasPairedBidiControls(scalars) else { throw .forbiddenCharacter }
    let text = string(scalars)
    guard text.count <= limit else { throw .tooLong }
    return text
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

  /// LEFT-TO-RIGHT MARK, RIGHT-TO-LEFT MARK, ARABIC LETTER MARK.
  private static func isBidiMark(_ scalar: Unicode.Scalar) -> Bool {
    ["\u{200E}", "\u{200F}", "\u{061C}"].contains(scalar)
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
