import Foundation

/// The rules for passwords, version 1 (domain.md 2.3). Events record the version that judged them.
public enum PasswordPolicy {
  public static let version: UInt32 = 1
  /// How many passwords, the present one included, may not be used again.
  public static let remembered = 5
  static let lengths = 8...16

  /// Everything that is wrong with a password, in a fixed order.
  /// - Parameter email: The address whose local part the password must not be.
  public static func faults(of password: String, email: String) -> [RefusalCode] {
    let text = normalized(password)
    var faults: [RefusalCode] = []
    if text.count < lengths.lowerBound { faults.append(.passwordTooShort) }
    if text.count > lengths.upperBound { faults.append(.passwordTooLong) }
    let kinds = Set(text.map(Kind.init))
    if !kinds.contains(.upper) { faults.append(.passwordMissingUpper) }
    if !kinds.contains(.lower) { faults.append(.passwordMissingLower) }
    if !kinds.contains(.digit) { faults.append(.passwordMissingDigit) }
    if !kinds.contains(.special) { faults.append(.passwordMissingSpecial) }
    if kinds.contains(.forbidden) { faults.append(.passwordForbiddenCharacter) }
    let emailName = email.prefix { $0 != "@" }
    if text.lowercased() == normalized(String(emailName)).lowercased() { faults.append(.passwordContainsEmail) }
    return faults
  }

  /// The limits that a fault's text mentions.
  static func reason(_ code: RefusalCode) -> Refusal.Reason {
    switch code {
    case .passwordTooShort: .init(code, ["n": .count(lengths.lowerBound)])
    case .passwordTooLong: .init(code, ["n": .count(lengths.upperBound)])
    default: .init(code)
    }
  }

  /// The form in which passwords are judged, hashed and compared: NFC.
  public static func normalized(_ password: String) -> String { password.precomposedStringWithCanonicalMapping }

  private enum Kind {
    case upper, lower, digit, special, forbidden

    init(_ character: Character) {
      let isInvisible = character.unicodeScalars.allSatisfy { $0.properties.generalCategory == .format }
      let hasControl = character.unicodeScalars.contains { $0.properties.generalCategory == .control }
      self =
        if hasControl || isInvisible || character.isWhitespace { .forbidden } else if character.isUppercase {
          .upper
        } else if character.isLowercase { .lower } else if character.utf8.count == 1 && character.utf8.allSatisfy(\.isASCIIDigit) {
          .digit
        } else { .special }
    }
  }
}
