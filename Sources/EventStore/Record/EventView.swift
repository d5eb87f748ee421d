import Foundation
import LMDB

/// An event as it lies in the log, lent for the duration of a call: nothing is copied until it is asked for.
///
/// A view exists only of a record whose checksums are right. It cannot be stored or returned; ``StoredEvent`` is the
/// copy that can.
public struct EventView: ~Copyable, ~Escapable {
  public let position: Position
  let record: RawSpan
  let types: [RecordType]
  private let part: EventQuery.Part

  /// Lends a record whose header and payload were found whole, or of which only the header is going to be looked at.
  /// - Parameter part: Whether payloads may be asked for.
  @_lifetime(copy record)
  init(checked record: RawSpan, at position: Position, types: [RecordType], part: EventQuery.Part = .everything) {
    self.part = part
    self.position = position
    self.record = record
    self.types = types
  }

  /// The event with its payloads, which are checked now: for an event that was lent without them.
  /// - Throws: `.corrupt` if they are not as they were written.
  @_lifetime(copy self)
  public func whole() throws(EventStoreError) -> EventView {
    if let fault = EventView.payloadFault(in: record, typeDigest: recordType.digest) { throw .corrupt(at: position, reason: fault) }
    return EventView(checked: record, at: position, types: types)
  }

  /// The header checksum, which covers the header checksum of the record before: the log's ``LogHead/prefixHash`` here.
  public var prefixHash: UInt64 { record.load(at: RecordLayout.headerChecksum) }

  /// The number of the event's type in this log: the same for all events of the type, 1 for the first type that was written.
  public var typeNumber: UInt32 { record.load(at: RecordLayout.typeNumber) }

  /// The frozen name of the event's type.
  public var type: EventTypeName { recordType.name }

  public var id: UUID { identifier(at: RecordLayout.eventID) }

  /// The time every rule, deadline and sort uses. It never decreases with the position.
  public var logTime: Timestamp { Timestamp(microseconds: record.load(at: RecordLayout.logTime)) }

  /// What the clock said; it may go back.
  public var wallTime: Timestamp { Timestamp(microseconds: record.load(at: RecordLayout.wallTime)) }

  public var revision: Revision { Revision(record.load(at: RecordLayout.revision)) }

  /// Where the previous event of the same stream stands.
  public var previousInStream: Position? { Position(record.load(UInt64.self, at: RecordLayout.previousInStream)) }

  public var stream: StreamID { StreamID(unchecked: String(ascii: streamBytes)) }

  /// The name of the stream, in ASCII.
  public var streamBytes: RawSpan {
    @_lifetime(copy self) get { record.extracting(namesOffset..<namesOffset + streamLength) }
  }

  public var actor: Actor {
    let start = namesOffset + streamLength
    return Actor(unchecked: String(ascii: record.extracting(start..<start + actorLength)))
  }

  public var commandID: UUID { identifier(at: RecordLayout.commandID) }

  public var commandDigest: UInt64 { record.load(at: RecordLayout.commandDigest) }

  public var correlationID: UUID {
    flags.contains(.correlation) ? identifier(at: RecordLayout.fixedLength) : commandID
  }

  public var causationID: UUID {
    guard flags.contains(.causation) else { return commandID }
    return identifier(at: RecordLayout.fixedLength + (flags.contains(.correlation) ? RecordLayout.identifierLength : 0))
  }

  public var origin: Origin {
    Origin(
      command: commandID, commandDigest: commandDigest, correlation: correlationID, causation: causationID, actor: actor)
  }

  /// The part anyone may read.
  /// - Precondition: The query asked for everything, or this is the ``whole()`` event.
  public var payload: RawSpan {
    @_lifetime(copy self) get {
      precondition(part == .everything, "This query asked for headers: payloads were not checked.")
      return record.extracting(headerLength..<headerLength + clearLength)
    }
  }

  /// The data subject whose key opens ``sealedBytes``; `nil` if nothing is sealed.
  public var sealedSubject: UUID? {
    flags.contains(.sealed) ? identifier(at: namesOffset - RecordLayout.identifierLength) : nil
  }

  /// The ciphertext; empty if nothing is sealed.
  /// - Precondition: The query asked for everything, or this is the ``whole()`` event.
  public var sealedBytes: RawSpan {
    @_lifetime(copy self) get {
      precondition(part == .everything, "This query asked for headers: payloads were not checked.")
      return record.extracting(headerLength + clearLength..<record.byteCount)
    }
  }

  /// How many bytes the record takes.
  public var byteCount: Int { record.byteCount }

  // MARK: Tags

  public var tagCount: Int { Int(record.load(UInt8.self, at: RecordLayout.tagCount)) }

  /// The tags, in the order they were given.
  public var tags: [Tag] {
    var tags: [Tag] = []
    tags.reserveCapacity(tagCount)
    forEachTag { name, _, _ in tags.append(Tag(unchecked: String(ascii: name))) }
    return tags
  }

  /// Lends each tag's name, with the position of the previous event that has it, and the event's 1-based place among them.
  public func forEachTag(_ body: (_ name: RawSpan, _ previous: Position?, _ ordinal: UInt64) -> Void) {
    var offset = namesOffset + streamLength + actorLength
    for _ in 0..<tagCount {
      let length = Int(record.load(UInt8.self, at: offset + 16))
      let name = record.extracting(offset + RecordLayout.tagOverhead..<offset + RecordLayout.tagOverhead + length)
      body(name, Position(record.load(UInt64.self, at: offset)), record.load(at: offset + 8))
      offset += RecordLayout.tagOverhead + length
    }
  }

  /// The first tag that begins with `prefix`, without it: `value(ofTag: "rep:")` of `rep:7` is `7`.
  public func value(ofTag prefix: String) -> String? {
    withFirstTag(beginning: prefix) { String(ascii: $0.extracting(prefix.utf8.count..<$0.byteCount)) }
  }

  /// Lends the name of the first tag that begins with `prefix` and says more than it; `nil` if there is none.
  func withFirstTag<Value>(beginning prefix: String, _ body: (RawSpan) -> Value) -> Value? {
    var value: Value?
    let length = prefix.utf8.count
    forEachTag { name, _, _ in
      guard value == nil, name.byteCount > length, name.starts(with: prefix.utf8) else { return }
      value = body(name)
    }
    return value
  }

  // MARK: Inside

  var recordType: RecordType { types[Int(typeNumber) - 1] }
  var previousChecksum: UInt64 { record.load(at: RecordLayout.previousChecksum) }
  private var flags: RecordLayout.Flags { .init(rawValue: record.load(at: RecordLayout.flags)) }
  var headerLength: Int { Int(record.load(UInt16.self, at: RecordLayout.headerLength)) }
  private var clearLength: Int { Int(record.load(UInt32.self, at: RecordLayout.clearLength)) }
  private var streamLength: Int { Int(record.load(UInt8.self, at: RecordLayout.streamLength)) }
  private var actorLength: Int { Int(record.load(UInt8.self, at: RecordLayout.actorLength)) }
  private var namesOffset: Int {
    RecordLayout.fixedLength + flags.rawValue.nonzeroBitCount * RecordLayout.identifierLength
  }

  private func identifier(at offset: Int) -> UUID {
    UUID(
      high: UInt64(bigEndian: UInt64(littleEndian: record.load(at: offset))),
      low: UInt64(bigEndian: UInt64(littleEndian: record.load(at: offset + 8))))
  }
}
