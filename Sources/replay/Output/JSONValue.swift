import Domain
import Foundation
import Schema
import SwiftProtobuf

/// Any JSON, for a message inside a report.
enum JSONValue: Codable, Equatable {
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])

  init(from decoder: any Swift.Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .string(value)
    } else if let value = try? container.decode([JSONValue].self) {
      self = .array(value)
    } else {
      self = .object(try container.decode([String: JSONValue].self))
    }
  }

  func encode(to encoder: any Swift.Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .bool(let value): try container.encode(value)
    case .number(let value): try container.encode(value)
    case .string(let value): try container.encode(value)
    case .array(let value): try container.encode(value)
    case .object(let value): try container.encode(value)
    }
  }
}

extension JSONValue {
  /// A message in its JSON mapping, made readable: identifiers as UUIDs, sealed data as `[sealed]`.
  init(_ message: some SwiftProtobuf.Message) throws {
    self = try JSONDecoder().decode(JSONValue.self, from: try message.jsonUTF8Data()).readable
  }

  /// - Parameter json: A row as the read models print it.
  init(row json: String) throws {
    self = try JSONDecoder().decode(JSONValue.self, from: Data(json.utf8)).readable
  }

  /// In one line, keys in alphabetical order.
  var text: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  private var readable: JSONValue {
    guard case .object(let fields) = self else { return self }
    if fields["ciphertext"] != nil { return .string(Labels.sealed.english) }
    return .object(Dictionary(uniqueKeysWithValues: fields.map { ($0, JSONValue.readable($0, $1)) }))
  }

  private static func readable(_ name: String, _ value: JSONValue) -> JSONValue {
    switch value {
    case .string(let text) where name.hasSuffix("Id") || name.hasSuffix("Ids"):
      Data(base64Encoded: text).flatMap { UUID($0) }.map { .string($0.streamText) } ?? value
    case .array(let values): .array(values.map { readable(name, $0) })
    case .object: value.readable
    default: value
    }
  }
}
