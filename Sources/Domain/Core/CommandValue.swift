import Foundation
import Schema

/// A field that a caller writes as one text: an identifier, a day, one of a few words.
public protocol CommandValue: Decodable, Sendable {
  /// What the field takes, to follow "must be": `a UUID`.
  static var expectation: String { get }
  /// `nil` if the text is not such a value.
  init?(field text: String)
}

extension CommandValue {
  public init(from decoder: any Decoder) throws { self = try Self.read(from: decoder) }

  fileprivate static func read(from decoder: any Decoder) throws -> Self {
    let container = try decoder.singleValueContainer()
    guard let value = Self(field: try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "must be \(expectation)")
    }
    return value
  }
}

// The word counts, not the raw value.

extension CommandValue where Self: RawRepresentable<Int> {
  public init(from decoder: any Decoder) throws { self = try Self.read(from: decoder) }
}

extension CommandValue where Self: RawRepresentable<String> {
  public init(from decoder: any Decoder) throws { self = try Self.read(from: decoder) }
}

/// A field with one of a few words.
public protocol CommandWord: CommandValue {
  static var choices: [Self] { get }
  /// Frozen: callers send it.
  var word: String { get }
}

extension CommandWord {
  public static var expectation: String { "one of \(choices.map(\.word).joined(separator: ", "))" }

  public init?(field text: String) {
    guard let choice = Self.choices.first(where: { $0.word == text }) else { return nil }
    self = choice
  }
}

extension CommandWord where Self: CaseIterable & RawRepresentable<Int> {
  /// All but the unspecified one.
  public static var choices: [Self] { allCases.filter { $0.rawValue != 0 } }
  /// The name of the case.
  public var word: String { String(describing: self) }
}

extension CommandWord where Self: CaseIterable & RawRepresentable<String> {
  public static var choices: [Self] { Array(allCases) }
  public var word: String { rawValue }
}

extension Standing: CommandWord {}
extension StandingChanged.Source: CommandWord {}
extension MembershipResult: CommandWord {}
extension EnrolmentRequestRefused.Reason: CommandWord {}
extension AccountClosed.Cause: CommandWord {}
extension ApplicationCreated.Mode: CommandWord {}
extension ApplicationMessageSent.Audience: CommandWord {}
extension Relation: CommandWord {}
extension DocumentSlot: CommandWord {}
extension MessageTemplate: CommandWord {}
extension SequenceName: CommandWord {}
extension CommandActor.Role: CommandWord {}

extension Language: CommandWord {
  public static var choices: [Language] { [.english, .french] }
  public var word: String { code }
}

extension ApplicationType: CommandWord {
  public static var choices: [ApplicationType] { offered }
  public var word: String { code ?? "" }
}

extension GoverningBody: CommandWord {
  public static var choices: [GoverningBody] { catalogue }
  public var word: String { code ?? "" }
}

extension CivilDay: CommandValue {
  public static var expectation: String { "a day such as 2023-08-04" }
  public init?(field text: String) { self.init(iso: text) }
}

extension Instant: CommandValue {
  public static var expectation: String { "a time such as 2023-08-04T15:00:00Z" }

  public init?(field text: String) {
    guard let match = text.uppercased().wholeMatch(of: Self.form), let day = CivilDay(iso: String(match.day)),
      let hour = Int64(match.hour), let minute = Int64(match.minute), let second = Int64(match.second),
      hour < 24, minute < 60, second < 60
    else { return nil }
    let fraction = Int64((match.fraction ?? "").padding(toLength: 6, withPad: "0", startingAt: 0)) ?? 0
    var offset: Int64 = 0
    if let sign = match.sign {
      guard let hours = Int64(match.hours ?? ""), let minutes = Int64(match.minutes ?? ""), hours < 24, minutes < 60 else {
        return nil
      }
      offset = (hours * 60 + minutes) * 60 * (sign == "-" ? -1 : 1)
    }
    let seconds = Int64(day.number) * 86_400 + (hour * 60 + minute) * 60 + second - offset
    self.init(microseconds: seconds * 1_000_000 + fraction)
  }

  /// RFC 3339 with up to six digits after the second.
  private static var form:
    Regex<
      (
        Substring, day: Substring, hour: Substring, minute: Substring, second: Substring, fraction: Substring?, sign: Substring?,
        hours: Substring?, minutes: Substring?
      )
    >
  {
    /(?<day>[0-9]{4}-[0-9]{2}-[0-9]{2})T(?<hour>[0-9]{2}):(?<minute>[0-9]{2}):(?<second>[0-9]{2})(?:\.(?<fraction>[0-9]{1,6}))?(?:Z|(?<sign>[+-])(?<hours>[0-9]{2}):(?<minutes>[0-9]{2}))/
  }
}

extension AccountReference: CommandValue {
  public static var expectation: String { "a UUID, or P and 12 digits" }

  public init?(field text: String) {
    if let id = UUID(uuidString: text) {
      self = .id(id)
    } else if Formats.matches(text, "P############") {
      self = .representativeID(text)
    } else {
      return nil
    }
  }
}

/// A password or code as typed. It reaches the check of it and nothing else: no digest, no message, no log.
public struct Secret: Decodable, Sendable {
  public let text: String

  public init(_ text: String) { self.text = text }

  public init(from decoder: any Decoder) throws { text = try decoder.singleValueContainer().decode(String.self) }
}

/// The answers of a section: an object of any content.
public struct FormAnswers: Sendable, Equatable {
  /// The names of the fields, in the order of the input.
  public let names: [String]
  /// Canonical JSON: equal answers are equal bytes.
  public let canonical: Data

  public init(names: [String], canonical: Data) {
    self.names = names
    self.canonical = canonical
  }
}

extension FormAnswers: Decodable {
  /// A decoder of commands makes the value itself: a general one does not keep what equal bytes need.
  public init(from decoder: any Decoder) throws {
    throw DecodingError.dataCorrupted(
      .init(codingPath: decoder.codingPath, debugDescription: "must be decoded by the decoder of commands"))
  }
}
