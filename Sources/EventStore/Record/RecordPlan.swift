import Foundation
import LMDB

/// A record that is about to be written: an event with the place it was given.
struct RecordPlan {
  struct TagLink {
    let tag: Tag
    let previous: Position?
    let ordinal: UInt64
  }

  let event: NewEvent
  let position: Position
  let typeNumber: UInt32
  /// The header checksum of the record before.
  let previousChecksum: UInt64
  let logTime: Timestamp
  let wallTime: Timestamp
  let revision: Revision
  let previousInStream: Position?
  let tags: [TagLink]

  var byteCount: Int { headerLength + event.payloadByteCount }

  private var flags: RecordLayout.Flags {
    var flags: RecordLayout.Flags = []
    if event.sealed != nil { flags.insert(.sealed) }
    if event.origin.correlation != event.origin.command { flags.insert(.correlation) }
    if event.origin.causation != event.origin.command { flags.insert(.causation) }
    return flags
  }

  private var headerLength: Int {
    RecordLayout.fixedLength
      + flags.rawValue.nonzeroBitCount * RecordLayout.identifierLength
      + event.stream.name.utf8.count + event.origin.actor.name.utf8.count
      + tags.reduce(0) { $0 + RecordLayout.tagOverhead + $1.tag.name.utf8.count }
  }

  /// Writes every byte of `record`, which has ``byteCount`` bytes.
  /// - Returns: The header checksum, which the next record carries.
  func write(into record: inout MutableRawSpan) -> UInt64 {
    let flags = flags
    let headerLength = headerLength
    let origin = event.origin
    record.store(RecordLayout.format, at: RecordLayout.formatNumber)
    record.store(flags.rawValue, at: RecordLayout.flags)
    record.store(UInt16(headerLength), at: RecordLayout.headerLength)
    record.store(typeNumber, at: RecordLayout.typeNumber)
    record.store(previousChecksum, at: RecordLayout.previousChecksum)
    record.store(logTime.microseconds, at: RecordLayout.logTime)
    record.store(wallTime.microseconds, at: RecordLayout.wallTime)
    store(event.id, at: RecordLayout.eventID, in: &record)
    record.store(revision.rawValue, at: RecordLayout.revision)
    record.store(previousInStream?.rawValue ?? 0, at: RecordLayout.previousInStream)
    store(origin.command, at: RecordLayout.commandID, in: &record)
    record.store(origin.commandDigest, at: RecordLayout.commandDigest)
    record.store(UInt32(event.payload.count), at: RecordLayout.clearLength)
    record.store(UInt8(event.stream.name.utf8.count), at: RecordLayout.streamLength)
    record.store(UInt8(origin.actor.name.utf8.count), at: RecordLayout.actorLength)
    record.store(UInt8(tags.count), at: RecordLayout.tagCount)
    record.store(UInt8(0), at: RecordLayout.reserved)

    var offset = RecordLayout.fixedLength
    for (flag, id) in [(RecordLayout.Flags.correlation, origin.correlation), (.causation, origin.causation)]
    where flags.contains(flag) {
      offset = store(id, at: offset, in: &record)
    }
    if let sealed = event.sealed { offset = store(sealed.subject, at: offset, in: &record) }
    offset = record.copy(event.stream.name, at: offset)
    offset = record.copy(origin.actor.name, at: offset)
    for link in tags {
      record.store(link.previous?.rawValue ?? 0, at: offset)
      record.store(link.ordinal, at: offset + 8)
      record.store(UInt8(link.tag.name.utf8.count), at: offset + 16)
      offset = record.copy(link.tag.name, at: offset + RecordLayout.tagOverhead)
    }
    offset = event.payload.withValueBytes { record.copy($0, at: offset) }
    if let sealed = event.sealed { sealed.bytes.withValueBytes { _ = record.copy($0, at: offset) } }
    return checksum(&record, headerLength: headerLength)
  }

  private func checksum(_ record: inout MutableRawSpan, headerLength: Int) -> UInt64 {
    let seed = position.rawValue
    let payload = record.reading(headerLength..<record.byteCount) { Checksum.of($0, seed: seed) }
    record.store(payload, at: RecordLayout.payloadChecksum)
    let header = record.reading(8..<headerLength) { Checksum.of($0, seed: seed) }
    record.store(header, at: RecordLayout.headerChecksum)
    return header
  }

  @discardableResult
  private func store(_ id: UUID, at offset: Int, in record: inout MutableRawSpan) -> Int {
    record.store(id.high.bigEndian, at: offset)
    record.store(id.low.bigEndian, at: offset + 8)
    return offset + RecordLayout.identifierLength
  }
}

extension NewEvent {
  /// Clear and sealed payload together.
  var payloadByteCount: Int { payload.count + (sealed?.bytes.count ?? 0) }
}
