import EventStore
import Foundation
import StrictJSON

/// Why a line is no event that was exported. It names attributes, never what stands in them.
public struct CloudEventFault: Error, Equatable, CustomStringConvertible {
  public let description: String

  init(_ description: String) { self.description = description }
}

extension CloudEvent {
  /// What a line may take: payloads of the greatest size in base64, the longest names with every character escaped, and room.
  public static let lineLimitBytes = 2 * AppendLimits.bytesPerEvent

  /// Reads a line of an export. Every attribute must be there, and no other.
  public init(line: [UInt8]) throws(CloudEventFault) {
    let json: JSON
    do throws(JSONParser.Failure) { json = try JSONParser.parse(line) } catch {
      throw CloudEventFault("not JSON: \(error.reason) (column \(error.column))")
    }
    var attributes = try Attributes(json)
    try attributes.expect("specversion", Self.version)
    try attributes.expect("datacontenttype", Self.contentType)
    log = try attributes.source()
    head = try attributes.position("head")
    event = try StoredEvent(&attributes)
    try attributes.finish()
  }
}

extension StoredEvent {
  fileprivate init(_ attributes: inout Attributes) throws(CloudEventFault) {
    let event = NewEvent(
      id: try attributes.uuid("id"), stream: try attributes.name("subject"), type: try attributes.name("type"),
      tags: try attributes.tags(), origin: try attributes.origin(), payload: try attributes.bytes("data_base64"),
      sealed: try attributes.sealed())
    self.init(
      event, position: try attributes.position("position"), revision: Revision(try attributes.number("revision")),
      logTime: try attributes.time("time"), wallTime: try attributes.time("walltime"),
      prefixHash: try attributes.number("prefixhash", radix: 16))
  }
}

/// The attributes of a line, taken one after the other. What is left at the end nobody knows.
private struct Attributes {
  private var values: [String: String]

  init(_ json: JSON) throws(CloudEventFault) {
    guard case .object(let members) = json else { throw CloudEventFault("a line must be an object") }
    values = Dictionary(minimumCapacity: members.count)
    for member in members {
      if member.name == "data" {
        throw CloudEventFault(
          "this export was opened for reading: 'data' is not what stood in the log. Import one that was made without --open")
      }
      guard case .string(let value) = member.value else { throw CloudEventFault("\(Self.shown(member.name)) must be a string") }
      values[member.name] = value
    }
  }

  func finish() throws(CloudEventFault) {
    if let name = values.keys.min() { throw CloudEventFault("unknown attribute \(Self.shown(name))") }
  }

  /// A name as it may be repeated in a message: only what can be the name of an attribute.
  private static func shown(_ name: String) -> String {
    let isName =
      (1...20).contains(name.utf8.count)
      && name.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F }
    return isName ? "'\(name)'" : "with an unusual name"
  }

  private func wrong(_ name: String, _ wanted: String) -> CloudEventFault { CloudEventFault("'\(name)' must be \(wanted)") }

  private mutating func text(_ name: String) throws(CloudEventFault) -> String {
    guard let value = values.removeValue(forKey: name) else { throw CloudEventFault("'\(name)' is missing") }
    return value
  }

  mutating func expect(_ name: String, _ value: String) throws(CloudEventFault) {
    guard try text(name) == value else { throw wrong(name, value) }
  }

  mutating func source() throws(CloudEventFault) -> UUID {
    let text = try text("source")
    guard text.hasPrefix(CloudEvent.sourcePrefix), let id = UUID(text: text.dropFirst(CloudEvent.sourcePrefix.count)), id.isV7
    else { throw wrong("source", "\(CloudEvent.sourcePrefix) and the lineage of a log") }
    return id
  }

  mutating func uuid(_ name: String) throws(CloudEventFault) -> UUID {
    guard let id = UUID(text: try text(name)[...]) else { throw wrong(name, "a UUID") }
    return id
  }

  /// Digits and nothing else: no sign, no space.
  mutating func number(_ name: String, radix: Int = 10) throws(CloudEventFault) -> UInt64 {
    let text = try text(name)
    guard !text.hasPrefix("+"), !text.hasPrefix("-"), let number = UInt64(text, radix: radix) else {
      throw wrong(name, radix == 10 ? "a whole number, 0 or more" : "a hexadecimal number")
    }
    return number
  }

  mutating func position(_ name: String) throws(CloudEventFault) -> Position {
    guard let position = Position(try number(name)) else { throw wrong(name, "1 or more") }
    return position
  }

  mutating func time(_ name: String) throws(CloudEventFault) -> Timestamp {
    guard let time = Timestamp(rfc3339: try text(name)) else { throw wrong(name, "a time such as 2023-08-04T15:00:00.000000Z") }
    return time
  }

  mutating func bytes(_ name: String) throws(CloudEventFault) -> [UInt8] {
    guard let data = Data(base64Encoded: try text(name)) else { throw wrong(name, "base64") }
    return [UInt8](data)
  }

  mutating func name<Name: LogName>(_ name: String) throws(CloudEventFault) -> Name { try Self.name(try text(name)) }

  private static func name<Name: LogName>(_ text: String) throws(CloudEventFault) -> Name {
    do throws(InvalidName) { return try Name(validating: text) } catch { throw CloudEventFault(error.description) }
  }

  mutating func tags() throws(CloudEventFault) -> [Tag] {
    let text = try text("tags")
    var tags: [Tag] = []
    if !text.isEmpty {
      for tag in Array(text.utf8).split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false) {
        tags.append(try Self.name(String(decoding: tag, as: UTF8.self)))
      }
    }
    return tags
  }

  mutating func origin() throws(CloudEventFault) -> Origin {
    Origin(
      command: try uuid("command"), commandDigest: try number("commanddigest", radix: 16), correlation: try uuid("correlation"),
      causation: try uuid("causation"), actor: try name("actor"))
  }

  /// Both parts, or none.
  mutating func sealed() throws(CloudEventFault) -> SealedPayload? {
    guard values["sealedsubject"] != nil || values["sealeddata"] != nil else { return nil }
    return SealedPayload(subject: try uuid("sealedsubject"), bytes: try bytes("sealeddata"))
  }
}

extension UUID {
  /// Reads 32 hexadecimal digits in groups of 8, 4, 4, 4 and 12. A line has half a dozen of them, and Foundation takes its time.
  fileprivate init?(text: Substring) {
    var (high, low, count) = (UInt64(0), UInt64(0), 0)
    for (index, byte) in text.utf8.enumerated() {
      switch (index, byte) {
      case (8, UInt8(ascii: "-")), (13, UInt8(ascii: "-")), (18, UInt8(ascii: "-")), (23, UInt8(ascii: "-")): continue
      case (_, 0x30...0x39), (_, 0x61...0x66), (_, 0x41...0x46):
        high = high << 4 | low >> 60
        low = low << 4 | UInt64(byte < 0x40 ? byte - 0x30 : (byte | 0x20) - 0x57)
        count += 1
      default: return nil
      }
    }
    guard count == 32, text.utf8.count == 36 else { return nil }
    self.init(high: high, low: low)
  }
}
