import HTML
import StrictJSON

/// A refusal, as RFC 9457 has it for programs and as a page for people. Handlers throw it.
///
/// It holds no personal data and nothing that was typed.
public struct Problem: Error, Equatable, Sendable {
  public struct Words: Equatable, Sendable {
    public let english: String
    public let french: String

    public init(_ english: String, _ french: String) {
      self.english = english
      self.french = french
    }

    public func text(in language: Language) -> String { language == .english ? english : french }
  }

  public struct Field: Equatable, Sendable {
    public let name: String
    public let words: Words

    public init(_ name: String, _ words: Words) {
      self.name = name
      self.words = words
    }
  }

  public var status: Int
  /// Stable, such as `application.already_submitted`.
  public var code: String
  public var words: Words
  public var fields: [Field]
  /// Further members of the object.
  public var details: [JSON.Member]
  /// Seconds after which the same request may do better.
  public var retryAfter: Int?

  public init(
    _ status: Int, _ code: String, _ words: Words, fields: [Field] = [], details: [JSON.Member] = [], retryAfter: Int? = nil
  ) {
    self.status = status
    self.code = code
    self.words = words
    self.fields = fields
    self.details = details
    self.retryAfter = retryAfter
  }

  /// The object that programs read.
  public func json(request: String, language: Language) -> JSON {
    func both(_ words: Words) -> JSON {
      .object([.init(name: "en", value: .string(words.english)), .init(name: "fr", value: .string(words.french))])
    }
    let fields = fields.map { field in
      JSON.object([.init(name: "name", value: .string(field.name)), .init(name: "messages", value: both(field.words))])
    }
    return .object(
      [
        .init(name: "type", value: .string("/problems/" + code)), .init(name: "title", value: .string(words.text(in: language))),
        .init(name: "status", value: .integer(Int64(status))), .init(name: "code", value: .string(code)),
        .init(name: "messages", value: both(words)), .init(name: "fields", value: .array(fields)),
      ] + details + [.init(name: "request", value: .string(request))])
  }
}
