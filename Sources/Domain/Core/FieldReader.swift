/// Reads the typed fields of a command and collects everything that is wrong with them, so that one answer names all of it
/// (domain.md 2.20).
struct FieldReader {
  private(set) var reasons: [Refusal.Reason] = []

  /// - Returns: The clean text; empty if it is refused.
  mutating func required(
    _ field: Field, _ typed: String?, limit: Int, lines: CleanText.Lines = .one
  ) -> String {
    switch read(typed ?? "", limit: limit, lines: lines) {
    case .success(let text): return text
    case .failure(.empty): add(.required(field))
    case .failure(.tooLong): add(.tooLong(field))
    case .failure(.forbiddenCharacter): add(.wrongFormat(field))
    }
    return ""
  }

  /// - Returns: The clean text; empty if nothing was typed, or if it is refused.
  mutating func optional(
    _ field: Field, _ typed: String?, limit: Int, lines: CleanText.Lines = .one
  ) -> String {
    guard let typed, read(typed, limit: limit, lines: lines) != .failure(.empty) else { return "" }
    return required(field, typed, limit: limit, lines: lines)
  }

  /// A day such as a date of birth: not before 1900, not after `today`. Empty if nothing was typed.
  mutating func optionalPastDay(_ field: Field, _ typed: String?, today: CivilDay) -> String {
    let text = optional(field, typed, limit: 10)
    guard !text.isEmpty else { return "" }
    guard let day = CivilDay(iso: text), day <= today, day.parts.year >= 1900 else {
      add(.wrongFormat(field))
      return ""
    }
    return text
  }

  mutating func check(_ isRight: Bool, _ reason: @autoclosure () -> Refusal.Reason) {
    if !isRight { add(reason()) }
  }

  mutating func add(_ reason: Refusal.Reason) {
    if !reasons.contains(reason) { reasons.append(reason) }
  }

  /// - Throws: All that was wrong, if anything was.
  func finish() throws(Refusal) {
    if let refusal = Refusal(reasons) { throw refusal }
  }

  private func read(_ typed: String, limit: Int, lines: CleanText.Lines) -> Result<String, CleanText.Fault> {
    do { return .success(try CleanText.of(typed, limit: limit, lines: lines)) } catch { return .failure(error) }
  }
}
