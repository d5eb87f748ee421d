import Foundation
import Schema

/// Search by beginnings of words, blind to case, accents and kinds of apostrophe and hyphen (domain.md 3.0, 3.2).
///
/// Every typed word must be the beginning of some word of the text, in any order: `incred hel` finds Helen Incredible.
public struct WordSearch: Sendable {
  private let words: [String]

  /// A search for nothing finds everything.
  public init(_ typed: String) { words = TextFolding.words(of: typed) }

  public var isEmpty: Bool { words.isEmpty }

  /// - Parameter index: What ``index(of:)`` made of a text.
  public func matches(_ index: [String]) -> Bool {
    words.allSatisfy { word in index.contains { $0.utf8.starts(with: word.utf8) } }
  }

  /// The words under which a text is found. A word with an apostrophe is found with it, without it, and by what follows it:
  /// `o'brien`, `obrien`, `brien`.
  public static func index(of text: String) -> [String] {
    TextFolding.words(of: text).flatMap { word in
      let parts = word.split(separator: "'")
      return parts.count > 1 ? [word, parts.joined()] + parts.dropFirst().map(String.init) : [word]
    }
  }
}

/// The order of names: folded family name, folded given names, then the original bytes (domain.md 3.0).
public struct NameSortKey: Hashable, Comparable, Sendable {
  private let keys: [[UInt8]]

  public init(_ name: PersonalName) {
    keys = [
      Array(TextFolding.fold(name.familyName).utf8), Array(TextFolding.fold(name.givenNames).utf8),
      Array(name.familyName.utf8), Array(name.givenNames.utf8),
    ]
  }

  public static func < (a: NameSortKey, b: NameSortKey) -> Bool {
    for (x, y) in zip(a.keys, b.keys) where x != y { return x.lexicographicallyPrecedes(y) }
    return false
  }
}

extension PersonalName {
  /// `Helen Incredible`; the one name of a person with one name; empty if there is none.
  public var displayName: String {
    [givenNames, familyName].filter { !$0.isEmpty }.joined(separator: " ")
  }
}

/// The comparison form of a text (domain.md 3.0). It is never stored or shown.
public enum TextFolding {
  public static func fold(_ text: String) -> String { words(of: text).joined(separator: " ") }

  /// The folded text, split at spaces and hyphens.
  static func words(of text: String) -> [String] {
    text.utf8.allSatisfy { $0 < 0x80 } ? words(ofASCII: text) : words(ofAny: text)
  }

  /// The same, quicker: most names are ASCII, and a search folds all names of a representative.
  private static func words(ofASCII text: String) -> [String] {
    text.utf8
      .split { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: " ") || (0x09...0x0D).contains($0) }
      .map { word in
        String(decoding: word.map { $0.isASCIIUpper ? $0 | 0x20 : $0 == UInt8(ascii: "`") ? UInt8(ascii: "'") : $0 }, as: UTF8.self)
      }
  }

  static func words(ofAny text: String) -> [String] {
    var unified = String.UnicodeScalarView()
    unified.append(contentsOf: text.unicodeScalars.lazy.filter { !isDropped($0) }.map(unify))
    let lower = String(unified).decomposedStringWithCompatibilityMapping.lowercased()
    var folded = ""
    for scalar in lower.unicodeScalars where !isMark(scalar) {
      folded.append(replacements[scalar] ?? String(scalar))
    }
    return folded.unicodeScalars
      .split { $0.properties.isWhitespace || $0 == "-" }
      .map { String(Substring($0)) }
  }

  /// Before decomposition, which would turn ´ into a space and an accent.
  private static func unify(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar {
    case "’", "ʼ", "‘", "`", "´": "'"
    case "‐", "\u{2011}", "–", "—": "-"
    default: scalar
    }
  }

  /// What shows nothing: bidi controls, zero-width spaces and joiners, soft hyphens, byte order marks; and the Arabic tatweel.
  private static func isDropped(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isDefaultIgnorableCodePoint || scalar == "\u{0640}"
  }

  private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark: true
    default: false
    }
  }

  /// Letters that do not decompose.
  private static let replacements: [Unicode.Scalar: String] = [
    "đ": "d", "ł": "l", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ς": "σ",
  ]
}
