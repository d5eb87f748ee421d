import Domain
import EventStore
import Foundation
import StrictJSON

/// The members of an object of a line, taken one after the other. What is left at the end nobody knows.
struct Fields {
  private var members: [String: JSON]
  /// Where the object stands, in messages: empty, or `applicant.`.
  private let path: String

  init(_ object: JSON, path: String = "") throws(LineFault) {
    guard case .object(let members) = object else {
      throw LineFault(path.isEmpty ? "a line must be an object" : "'\(path.dropLast())' must be an object")
    }
    self.members = Dictionary(uniqueKeysWithValues: members.map { ($0.name, $0.value) })
    self.path = path
  }

  /// - Throws: If a field was not taken.
  func finish() throws(LineFault) {
    guard let name = members.keys.min() else { return }
    throw LineFault("unknown field \(path.isEmpty ? "" : "in '\(path.dropLast())': ")\(LineFault.shown(name))")
  }

  // MARK: Required

  mutating func string(_ name: String) throws(LineFault) -> String {
    try need(try optionalString(name), name)
  }

  mutating func integer<Value: FixedWidthInteger>(_ name: String, as type: Value.Type = Value.self) throws(LineFault) -> Value {
    try need(try optionalInteger(name, as: type), name)
  }

  mutating func bool(_ name: String) throws(LineFault) -> Bool {
    try need(try optionalBool(name), name)
  }

  mutating func uuid(_ name: String) throws(LineFault) -> UUID {
    try need(try optionalUUID(name), name)
  }

  mutating func day(_ name: String) throws(LineFault) -> CivilDay {
    try need(try optionalDay(name), name)
  }

  mutating func time(_ name: String) throws(LineFault) -> Instant {
    let text = try string(name)
    guard let time = Timestamp(rfc3339: text) else { throw wrong(name, "a time such as 2023-08-04T15:00:00Z") }
    return Instant(microseconds: time.microseconds)
  }

  /// One of a few words.
  mutating func choice<Value>(_ name: String, _ values: [Value], word: (Value) -> String?) throws(LineFault) -> Value {
    try need(try optionalChoice(name, values, word: word), name)
  }

  mutating func object<Value>(
    _ name: String, _ read: (inout Fields) throws(LineFault) -> Value
  ) throws(LineFault) -> Value {
    try Self.read(try need(take(name), name), path: path + name + ".", read)
  }

  mutating func objects<Value>(
    _ name: String, _ read: (inout Fields) throws(LineFault) -> Value
  ) throws(LineFault) -> [Value] {
    guard case .array(let elements) = try need(take(name), name) else { throw wrong(name, "an array of objects") }
    var values: [Value] = []
    for element in elements { values.append(try Self.read(element, path: path + name + ".", read)) }
    return values
  }

  mutating func uuids(_ name: String) throws(LineFault) -> [UUID] {
    guard case .array(let elements) = try need(take(name), name) else { throw wrong(name, "an array of UUIDs") }
    var values: [UUID] = []
    for element in elements {
      guard case .string(let text) = element, let value = UUID(uuidString: text) else {
        throw wrong(name, "an array of UUIDs")
      }
      values.append(value)
    }
    return values
  }

  // MARK: Optional

  mutating func optionalString(_ name: String) throws(LineFault) -> String? {
    guard let value = take(name) else { return nil }
    guard case .string(let string) = value else { throw wrong(name, "a string") }
    return string
  }

  mutating func optionalInteger<Value: FixedWidthInteger>(
    _ name: String, as type: Value.Type = Value.self
  ) throws(LineFault) -> Value? {
    guard let value = take(name) else { return nil }
    guard case .integer(let integer) = value, let integer = Value(exactly: integer), integer >= 0 else {
      throw wrong(name, "a whole number, 0 or more")
    }
    return integer
  }

  mutating func optionalBool(_ name: String) throws(LineFault) -> Bool? {
    guard let value = take(name) else { return nil }
    guard case .bool(let bool) = value else { throw wrong(name, "true or false") }
    return bool
  }

  mutating func optionalUUID(_ name: String) throws(LineFault) -> UUID? {
    guard let text = try optionalString(name) else { return nil }
    guard let value = UUID(uuidString: text) else { throw wrong(name, "a UUID") }
    return value
  }

  mutating func optionalDay(_ name: String) throws(LineFault) -> CivilDay? {
    guard let text = try optionalString(name) else { return nil }
    guard let day = CivilDay(iso: text) else { throw wrong(name, "a day such as 2023-08-04") }
    return day
  }

  mutating func optionalChoice<Value>(
    _ name: String, _ values: [Value], word: (Value) -> String?
  ) throws(LineFault) -> Value? {
    guard let text = try optionalString(name) else { return nil }
    guard let value = values.first(where: { word($0) == text }) else {
      throw wrong(name, "one of \(values.compactMap(word).joined(separator: ", "))")
    }
    return value
  }

  /// An object of any content, as bytes that are equal when the content is.
  mutating func anyObject(_ name: String) throws(LineFault) -> (names: [String], canonical: Data) {
    let value = try need(take(name), name)
    guard case .object(let members) = value else { throw wrong(name, "an object") }
    return (members.map(\.name), Data(value.sorted.text.utf8))
  }

  mutating func optionalStrings(_ name: String) throws(LineFault) -> [String]? {
    guard let value = take(name) else { return nil }
    guard case .array(let elements) = value else { throw wrong(name, "an array of strings") }
    var strings: [String] = []
    for element in elements {
      guard case .string(let string) = element else { throw wrong(name, "an array of strings") }
      strings.append(string)
    }
    return strings
  }

  // MARK: Inside

  /// A `null` stands for nothing, like a field that is left out.
  private mutating func take(_ name: String) -> JSON? {
    let value = members.removeValue(forKey: name)
    return value == .null ? nil : value
  }

  private func need<Value>(_ value: Value?, _ name: String) throws(LineFault) -> Value {
    guard let value else { throw LineFault("'\(path)\(name)' is missing") }
    return value
  }

  private func wrong(_ name: String, _ wanted: String) -> LineFault { LineFault("'\(path)\(name)' must be \(wanted)") }

  private static func read<Value>(
    _ value: JSON, path: String, _ read: (inout Fields) throws(LineFault) -> Value
  ) throws(LineFault) -> Value {
    var fields = try Fields(value, path: path)
    let result = try read(&fields)
    try fields.finish()
    return result
  }
}
