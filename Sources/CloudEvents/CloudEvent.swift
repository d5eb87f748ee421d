import EventStore
import Foundation
import StrictJSON

/// An event of a log as a CloudEvent 1.0: a line of an export, which has everything that a log needs to become the same again.
///
/// Source: https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md. Attributes beyond those of the
/// specification have lower-case names and strings as values, as it asks; `docs/json-formats.md` lists them.
public struct CloudEvent: Sendable, Equatable {
  public let event: StoredEvent
  /// The lineage of the log.
  public let log: UUID
  /// Where the export ends: a file that ends before has lost its end.
  public let head: Position

  public init(_ event: StoredEvent, of log: UUID, head: Position) {
    self.event = event
    self.log = log
    self.head = head
  }

  static let version = "1.0"
  /// What `data_base64` holds: events are protobuf messages.
  static let contentType = "application/protobuf"
  static let sourcePrefix = "urn:uuid:"
}

// MARK: Writing

extension CloudEvent {
  /// One object, its members in alphabetical order: the same event gives the same text.
  public var json: JSON {
    json(
      data: ("data_base64", .base64(event.payload)), ofType: Self.contentType, sealed: event.sealed.map { .base64($0.bytes) },
      personal: nil)
  }

  /// The event for people and programs that read it, and no log: it has `data` instead of what stands in the log.
  /// - Parameters:
  ///   - data: The whole event, its personal data opened as far as they can be.
  ///   - personal: What became of personal data: `open`, `sealed` or `erased`; `nil` if there are none.
  public func opened(_ data: JSON, personal: String?) -> JSON {
    json(data: ("data", data), ofType: "application/json", sealed: nil, personal: personal.map(JSON.string))
  }

  private func json(data: (name: String, value: JSON), ofType contentType: String, sealed: JSON?, personal: JSON?) -> JSON {
    let origin = event.origin
    let members: [(name: String, value: JSON?)] = [
      ("actor", .string(origin.actor.name)), ("causation", .string(origin.causation.text)),
      ("command", .string(origin.command.text)),
      ("commanddigest", .hexadecimal(origin.commandDigest)), ("correlation", .string(origin.correlation.text)), data,
      ("datacontenttype", .string(contentType)), ("head", .string(head.description)), ("id", .string(event.id.text)),
      ("personal", personal), ("position", .string(event.position.description)), ("prefixhash", .hexadecimal(event.prefixHash)),
      ("revision", .string(event.revision.description)), ("sealeddata", sealed),
      ("sealedsubject", (event.sealed?.subject.text).map(JSON.string)), ("source", .string(Self.sourcePrefix + log.text)),
      ("specversion", .string(Self.version)), ("subject", .string(event.stream.name)),
      ("tags", .string(event.tags.map(\.name).joined(separator: " "))), ("time", .string(event.logTime.rfc3339)),
      ("type", .string(event.type.name)), ("walltime", .string(event.wallTime.rfc3339)),
    ]
    return .object(members.compactMap { member in member.value.map { JSON.Member(name: member.name, value: $0) } })
  }
}

extension JSON {
  fileprivate static func base64(_ bytes: [UInt8]) -> JSON { .string(Data(bytes).base64EncodedString()) }
  fileprivate static func hexadecimal(_ number: UInt64) -> JSON { .string(String(number, radix: 16)) }
}

extension UUID {
  fileprivate var text: String { uuidString.lowercased() }
}
