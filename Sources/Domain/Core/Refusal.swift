import Schema

/// Why a command was not carried out: one state error, or all errors of its fields together (domain.md 2.20).
public struct Refusal: Error, Hashable, Sendable {
  /// Never empty.
  public let reasons: [Reason]

  public struct Reason: Hashable, Sendable {
    public let code: RefusalCode
    /// What the text mentions, by the name of its place: `date`, `number`, `field`, `list`, `n`.
    public let facts: [String: Fact]

    public init(_ code: RefusalCode, _ facts: [String: Fact] = [:]) {
      self.code = code
      self.facts = facts
    }

    public func text(in language: Language) -> String { code.text.in(language, with: facts) }
  }

  public init(_ code: RefusalCode, _ facts: [String: Fact] = [:]) {
    reasons = [Reason(code, facts)]
  }

  public init(because reason: Reason) { reasons = [reason] }

  /// - Returns: `nil` if there is no reason to refuse.
  public init?(_ reasons: [Reason]) {
    guard !reasons.isEmpty else { return nil }
    self.reasons = reasons
  }

  /// The code of the first reason.
  public var code: RefusalCode { reasons[0].code }

  /// The sentences of all reasons, in their order.
  public func text(in language: Language) -> String {
    reasons.map { $0.text(in: language) }.joined(separator: " ")
  }
}

extension Refusal.Reason {
  static func required(_ field: Field) -> Self { .init(.fieldRequired, ["field": .label(field.label)]) }
  static func tooLong(_ field: Field) -> Self { .init(.fieldTooLong, ["field": .label(field.label)]) }
  static func wrongFormat(_ field: Field) -> Self { .init(.fieldInvalidFormat, ["field": .label(field.label)]) }
}
