import Foundation
import LMDB

/// A record, complete but for its place: made by whoever appends, so that the writer has only to copy it and to fill in
/// positions, links and times.
struct RecordImage: Sendable {
  private let header: [UInt8]
  /// Clear and sealed payload, one after the other.
  private let payload: [UInt8]
  /// Where the first tag begins.
  private let tagsOffset: Int

  var byteCount: Int { header.count + payload.count }

  init(_ event: NewEvent) {
    let payload = event.sealed.map { event.payload + $0.bytes } ?? event.payload
    let origin = event.origin
    var flags: RecordLayout.Flags = []
    if event.sealed != nil { flags.insert(.sealed) }
    if origin.correlation != origin.command { flags.insert(.correlation) }
    if origin.causation != origin.command { flags.insert(.causation) }
    let namesOffset = RecordLayout.fixedLength + flags.rawValue.nonzeroBitCount * RecordLayout.identifierLength
    let tagsOffset = namesOffset + event.stream.name.utf8.count + origin.actor.name.utf8.count
    let headerLength = event.tags.reduce(tagsOffset) { $0 + RecordLayout.tagOverhead + $1.name.utf8.count }

    var header = [UInt8](repeating: 0, count: headerLength)
    header.withMutableBytes { record in
      record.store(RecordLayout.format, at: RecordLayout.formatNumber)
      record.store(flags.rawValue, at: RecordLayout.flags)
      record.store(UInt16(headerLength), at: RecordLayout.headerLength)
      record.store(Checksum.of(payload.span.raw, seed: 0), at: RecordLayout.payloadChecksum)
      record.store(event.id, at: RecordLayout.eventID)
      record.store(origin.command, at: RecordLayout.commandID)
      record.store(origin.commandDigest, at: RecordLayout.commandDigest)
      record.store(UInt32(event.payload.count), at: RecordLayout.clearLength)
      record.store(UInt8(event.stream.name.utf8.count), at: RecordLayout.streamLength)
      record.store(UInt8(origin.actor.name.utf8.count), at: RecordLayout.actorLength)
      record.store(UInt8(event.tags.count), at: RecordLayout.tagCount)
      var offset = RecordLayout.fixedLength
      if flags.contains(.correlation) { offset = record.store(origin.correlation, at: offset) }
      if flags.contains(.causation) { offset = record.store(origin.causation, at: offset) }
      if let sealed = event.sealed { offset = record.store(sealed.subject, at: offset) }
      offset = record.copy(event.stream.name, at: offset)
      offset = record.copy(origin.actor.name, at: offset)
      for tag in event.tags {
        record.store(UInt8(tag.name.utf8.count), at: offset + 16)
        offset = record.copy(tag.name, at: offset + RecordLayout.tagOverhead)
      }
    }
    self.header = header
    self.payload = payload
    self.tagsOffset = tagsOffset
  }

  /// Writes the record into `record`, which has as many bytes.
  /// - Parameter links: For the stream, then for each tag in order: its head before this event.
  /// - Returns: The header checksum, which the next record carries.
  func write(into record: inout MutableRawSpan, at place: Place, links: some Sequence<Head?>) -> UInt64 {
    record.copy(payload.span.raw, at: record.copy(header.span.raw, at: 0))
    record.store(place.typeNumber, at: RecordLayout.typeNumber)
    record.store(place.previousChecksum, at: RecordLayout.previousChecksum)
    record.store(place.logTime.microseconds, at: RecordLayout.logTime)
    record.store(place.wallTime.microseconds, at: RecordLayout.wallTime)
    var offset = tagsOffset
    var isStream = true
    for head in links {
      let (previous, count) = (head?.position.rawValue ?? 0, head?.count ?? 0)
      if isStream {
        record.store(count, at: RecordLayout.revision)
        record.store(previous, at: RecordLayout.previousInStream)
        isStream = false
      } else {
        record.store(previous, at: offset)
        record.store(count + 1, at: offset + 8)
        offset += RecordLayout.tagOverhead + Int(header[offset + 16])
      }
    }
    let checksum = record.reading(8..<header.count) { Checksum.of($0, seed: place.position.rawValue) }
    record.store(checksum, at: RecordLayout.headerChecksum)
    return checksum
  }

  /// What the log decides about a record.
  struct Place {
    let position: Position
    let typeNumber: UInt32
    /// The header checksum of the record before.
    let previousChecksum: UInt64
    let logTime: Timestamp
    let wallTime: Timestamp
  }
}

extension MutableRawSpan {
  /// Writes the sixteen bytes of `id`. - Returns: Where they end.
  @discardableResult @_lifetime(self: copy self)
  fileprivate mutating func store(_ id: UUID, at offset: Int) -> Int {
    store(id.high.bigEndian, at: offset)
    store(id.low.bigEndian, at: offset + 8)
    return offset + RecordLayout.identifierLength
  }
}

extension NewEvent {
  /// Clear and sealed payload together.
  var payloadByteCount: Int { payload.count + (sealed?.bytes.count ?? 0) }
}
