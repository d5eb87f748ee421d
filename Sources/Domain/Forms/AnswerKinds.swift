extension FormField.Kind {
  /// - Returns: The answer as it is stored.
  func read(_ typed: String, today: CivilDay) throws(AnswerFault) -> String {
    let text = try cleaned(typed)
    switch self {
    case .text, .longText: return text
    case .day(let span): try span.check(text, today: today)
    case .choice(let options): try require(options.contains { $0.value == text }, .noOption)
    case .yesNo: try require(["yes", "no"].contains(text), .notYesNo)
    case .country: try require(Country.named(text) != nil, .noCountry)
    case .citizenship: try require(text == FormField.stateless || Country.named(text) != nil, .noCountry)
    case .number(let range): try require(Int(answer: text).map(range.contains) ?? false, .noNumber(range))
    case .telephone: try require(Formats.isTelephone(text), .noTelephone)
    case .email:
      guard let email = Formats.email(text) else { throw .noEmail }
      return email
    case .code(let code):
      guard let number = code.read(text) else { throw .noCode(code) }
      return number
    }
    return text
  }

  /// The most Characters that an answer can have.
  public var limit: Int {
    switch self {
    case .text(let limit), .longText(let limit): limit
    case .day: 10
    case .choice(let options): options.map(\.value.count).max() ?? 0
    case .yesNo: 3
    case .country: 2
    case .citizenship: FormField.stateless.count
    case .number(let range): String(range.upperBound).count
    case .email: 254
    case .telephone, .code: 20
    }
  }

  private func cleaned(_ typed: String) throws(AnswerFault) -> String {
    switch self {
    case .text(let limit): try AnswerFault.cleaning(typed, limit: limit, lines: .one)
    case .longText(let limit): try AnswerFault.cleaning(typed, limit: limit, lines: .several)
    // A limit of their own says nothing about these: whatever is too long is in the wrong format.
    default: try AnswerFault.cleaning(typed, limit: .max / CleanText.bytesPerCharacter, lines: .one)
    }
  }

  private func require(_ isRight: Bool, _ fault: AnswerFault) throws(AnswerFault) {
    if !isRight { throw fault }
  }
}

extension AnswerFault {
  fileprivate static func cleaning(_ typed: String, limit: Int, lines: CleanText.Lines) throws(AnswerFault) -> String {
    do { return try CleanText.of(typed, limit: limit, lines: lines) } catch .empty { throw .empty } catch .tooLong {
      throw .tooLong(limit: limit)
    } catch { throw .forbiddenCharacter }
  }
}

extension FormField.Span {
  fileprivate func check(_ text: String, today: CivilDay) throws(AnswerFault) {
    guard let day = CivilDay(iso: text) else { throw .notADay }
    guard (1900...2199).contains(day.parts.year) else { throw .beyondCalendar }
    switch self {
    case .untilToday: if day > today { throw .notYet }
    case .fromToday: if day < today { throw .past }
    case .any: break
    }
  }
}

extension FormField.Code {
  /// - Returns: The number as it is stored; `nil` if it has another format.
  fileprivate func read(_ text: String) -> String? {
    switch self {
    case .uci: uci(text)
    case .travelDocument:
      (1...20).contains(text.utf8.count) && text.utf8.allSatisfy { $0.isASCIIDigit || $0.isASCIIUpper || $0.isASCIILower }
        ? text.uppercased() : nil
    case .learningInstitution:
      [11, 12].contains(text.utf8.count - 1) && text.utf8.first == UInt8(ascii: "O")
        && text.utf8.dropFirst().allSatisfy(\.isASCIIDigit)
        ? text : nil
    }
  }

  private func uci(_ text: String) -> String? {
    let patterns = ["########", "##########", "####-####", "##-####-####"]
    return patterns.contains { Formats.matches(text, $0) } ? text.filter { $0 != "-" } : nil
  }
}

extension FormField {
  /// The citizenship of somebody without one.
  public static let stateless = "stateless"
}

extension Int {
  /// Digits without a leading zero.
  fileprivate init?(answer text: String) {
    guard let number = Int(digits: Array(text.utf8)), String(number) == text else { return nil }
    self = number
  }
}
