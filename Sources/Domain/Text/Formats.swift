import Foundation

/// E-mail addresses as names to sign in with.
public enum EmailAddress {
  /// Equal for addresses that differ only in case and surrounding space.
  public static func key(_ typed: String) -> String {
    typed.trimmingCharacters(in: .whitespacesAndNewlines).precomposedStringWithCanonicalMapping.lowercased()
  }
}

/// The formats of domain.md 0.3. All of them are ASCII, so they are checked byte by byte.
enum Formats {
  /// The address with its domain in lower case; `nil` if it is none: `local@domain`, at most 254 bytes.
  static func email(_ typed: String) -> String? {
    let parts = typed.split(separator: "@", omittingEmptySubsequences: false)
    guard typed.utf8.count <= 254, parts.count == 2, let local = parts.first, let domain = parts.last,
      (1...64).contains(local.utf8.count),
      local.unicodeScalars.allSatisfy({ !$0.properties.isWhitespace && $0.properties.generalCategory != .control })
    else { return nil }
    let labels = domain.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard labels.count >= 2, labels.allSatisfy(isDomainLabel) else { return nil }
    return "\(local)@\(domain.lowercased())"
  }

  /// 10 digits within North America, else `+` country code of 1-3 digits, a space, 4-15 digits.
  static func isTelephone(_ typed: String) -> Bool {
    let bytes = Array(typed.utf8)
    if bytes.first != UInt8(ascii: "+") { return bytes.count == 10 && bytes.allSatisfy(\.isASCIIDigit) }
    let parts = bytes.dropFirst().split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
    return parts.count == 2 && (1...3).contains(parts[0].count) && (4...15).contains(parts[1].count)
      && parts.allSatisfy { $0.allSatisfy(\.isASCIIDigit) }
  }

  /// `(###) ###-####`
  static func isFax(_ typed: String) -> Bool { matches(typed, "(###) ###-####") }

  /// One letter and 9 digits, as on the CBSA letter.
  static func isApplicationNumber(_ typed: String) -> Bool { matches(typed, "A#########") }

  /// - Parameter pattern: `#` stands for a digit, `A` for an upper-case letter, anything else for itself.
  static func matches(_ text: String, _ pattern: String) -> Bool {
    text.utf8.count == pattern.utf8.count
      && zip(text.utf8, pattern.utf8).allSatisfy { byte, sign in
        switch sign {
        case UInt8(ascii: "#"): byte.isASCIIDigit
        case UInt8(ascii: "A"): byte.isASCIIUpper
        default: byte == sign
        }
      }
  }

  /// Letters, digits and inner hyphens, at most 63.
  private static func isDomainLabel(_ label: Substring.UTF8View.SubSequence) -> Bool {
    let hyphen = UInt8(ascii: "-")
    return (1...63).contains(label.count) && label.first != hyphen && label.last != hyphen
      && label.allSatisfy { $0.isASCIIDigit || $0.isASCIILower || $0.isASCIIUpper || $0 == hyphen }
  }
}
