import Domain
import Foundation
import StrictJSON

/// Reads one object, and remembers which fields were asked for: what is left nobody knows.
final class ObjectReader {
  private let members: [String: JSON]
  private let order: [String]
  /// Where the object stands: empty, or `applicant.`
  let path: String
  private(set) var asked: [String] = []
  private(set) var secrets: Set<String> = []

  init(_ members: [JSON.Member], path: String) {
    self.members = Dictionary(members.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    order = members.map(\.name)
    self.path = path
  }

  /// Decodes the whole object.
  func decode<T: Decodable>(_ type: T.Type) throws(FieldFault) -> T {
    let value: T
    do {
      value = try T(from: ObjectDecoder(object: self))
    } catch let fault as FieldFault {
      throw fault
    } catch {
      throw FieldFault(String(path.dropLast()), "cannot be read")
    }
    try finish()
    return value
  }

  /// - Throws: If a field was not asked for. It is named by its place: a value that slipped into the place of a name is not shown.
  private func finish() throws(FieldFault) {
    guard let place = order.firstIndex(where: { !asked.contains($0) }) else { return }
    let whole = path.isEmpty ? "" : " in '\(path.dropLast())'"
    throw FieldFault("", "field \(place + 1)\(whole) is unknown; the fields are \(asked.joined(separator: ", "))")
  }

  /// The value of a field; `nil` if it is absent or `null`.
  func value(_ name: String) -> JSON? {
    if !asked.contains(name) { asked.append(name) }
    let value = members[name]
    return value == .null ? nil : value
  }

  func need(_ name: String) throws(FieldFault) -> JSON {
    if let value = value(name) { return value }
    throw FieldFault(path + name, "is missing")
  }

  func read<T: Decodable>(_ type: T.Type, _ name: String) throws(FieldFault) -> T {
    if type is Secret.Type { secrets.insert(name) }
    return try ValueReader(try need(name), path: path + name).read(type)
  }
}

/// Reads one value.
struct ValueReader {
  let value: JSON
  let path: String

  init(_ value: JSON, path: String) {
    self.value = value
    self.path = path
  }

  func read<T: Decodable>(_ type: T.Type) throws(FieldFault) -> T {
    if let special = try special(type) as? T { return special }
    if let list = type as? any ListField.Type { return try self.list(list, as: type) }
    guard case .object(let members) = value else { throw wrong("an object") }
    return try ObjectReader(members, path: path + ".").decode(type)
  }

  /// The kinds of values that are not objects or lists of them.
  private func special(_ type: any Any.Type) throws(FieldFault) -> Any? {
    switch type {
    case is String.Type: return try string()
    case is Bool.Type:
      guard case .bool(let bool) = value else { throw wrong("true or false") }
      return bool
    case is UUID.Type:
      guard let id = UUID(uuidString: try string()) else { throw wrong("a UUID") }
      return id
    case is Secret.Type: return Secret(try string())
    case is FormAnswers.Type:
      guard case .object(let members) = value else { throw wrong("an object") }
      return FormAnswers(names: members.map(\.name), canonical: Data(value.sorted.text.utf8))
    case let word as any CommandValue.Type:
      let text = try string()
      guard let value = word.init(field: text) else { throw wrong(word.expectation) }
      return value
    case let number as any (FixedWidthInteger & Decodable).Type: return try integer(number)
    default: return nil
    }
  }

  private func string() throws(FieldFault) -> String {
    guard case .string(let string) = value else { throw wrong("a string") }
    return string
  }

  private func integer<Value: FixedWidthInteger>(_ type: Value.Type) throws(FieldFault) -> Value {
    guard case .integer(let integer) = value, let integer = Value(exactly: integer), integer >= 0 else {
      throw wrong("a whole number, 0 or more")
    }
    return integer
  }

  private func list<T: Decodable>(_ list: any ListField.Type, as type: T.Type) throws(FieldFault) -> T {
    guard case .array(let elements) = value else { throw wrong("an array of \(list.elementNoun)") }
    do {
      return try T(from: ListDecoder(elements: elements, path: path, noun: list.elementNoun))
    } catch let fault as FieldFault {
      throw fault
    } catch {
      throw wrong("an array of \(list.elementNoun)")
    }
  }

  private func wrong(_ wanted: String) -> FieldFault { FieldFault(path, "must be \(wanted)") }
}

/// A field that holds several values.
protocol ListField {
  static var elementNoun: String { get }
}

extension Array: ListField where Element: Decodable {
  static var elementNoun: String {
    switch Element.self {
    case is UUID.Type: "UUIDs"
    case is String.Type: "strings"
    default: "objects"
    }
  }
}
