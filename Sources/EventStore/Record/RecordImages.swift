import Foundation
import LMDB

/// The records of an append, complete but for their places: made by whoever appends, so that the writer has only to copy them
/// and to fill in positions, links and times.
struct RecordImages: Sendable {
  private struct Header: Sendable {
    let range: Range<Int>
    /// Where the first tag begins, from the start of the record.
    let tagsOffset: Int
  }

  /// All headers, one after the other: an array for each would be most of the work.
  private var bytes: [UInt8] = []
  private var headers: [Header] = []
  /// Clear and sealed payload of each, one after the other.
  private var payloads: [[UInt8]] = []

  /// How many bytes the record with that index has.
  func byteCount(of number: Int) -> Int { headers[number].range.count + payloads[number].count }

  /// - Parameter format: That of the log.
  init(_ events: [NewEvent], _ format: RecordFormat) {
    bytes.reserveCapacity(events.count * RecordImages.usualHeaderLength)
    headers.reserveCapacity(events.count)
    payloads.reserveCapacity(events.count)
    for event in events {
      let header = Header(range: bytes.count..<bytes.count + event.headerLength, tagsOffset: event.tagsOffset)
      let payload = event.sealed.map { event.payload + $0.bytes } ?? event.payload
      bytes.append(contentsOf: RecordImages.zeros[..<header.range.count])
      let checksum = RecordFormat.checksum(ofPayloads: payload.span.raw, typeDigest: format.digest(of: event.type))
      bytes.withMutableBytes(in: header.range) { event.encodeHeader(into: &$0, format.number, payloadChecksum: checksum) }
      headers.append(header)
      payloads.append(payload)
    }
  }

  private static let usualHeaderLength = 320
  /// As many as a header can have.
  private static let zeros = [UInt8](repeating: 0, count: RecordLayout.maximumLength - AppendLimits.bytesPerEvent)

  /// What the log decides about a record.
  struct Place {
    let position: Position
    let typeNumber: UInt32
    /// The header checksum of the record before.
    let previousChecksum: UInt64
    let logTime: Timestamp
    let wallTime: Timestamp
  }

  /// Writes the record with that index into `record`, which has as many bytes.
  /// - Parameter links: Where in `heads` the heads of its stream and its tags stand, in this order, as they were before it.
  /// - Returns: The header checksum, which the next record carries.
  func write(_ number: Int, into record: inout MutableRawSpan, at place: Place, links: ArraySlice<Int>, heads: [Head?]) -> UInt64 {
    let payload = payloads[number]
    let length = record.copy(bytes.span.raw.extracting(headers[number].range), at: 0)
    record.copy(payload.span.raw, at: length)
    record.store(place.typeNumber, at: RecordLayout.typeNumber)
    record.store(place.previousChecksum, at: RecordLayout.previousChecksum)
    record.store(place.logTime.microseconds, at: RecordLayout.logTime)
    record.store(place.wallTime.microseconds, at: RecordLayout.wallTime)
    var offset = headers[number].tagsOffset
    for index in links.indices {
      let head = heads[links[index]]
      let (previous, count) = (head?.position.rawValue ?? 0, head?.count ?? 0)
      if index == links.startIndex {
        record.store(count, at: RecordLayout.revision)
        record.store(previous, at: RecordLayout.previousInStream)
      } else {
        record.store(previous, at: offset)
        record.store(count + 1, at: offset + 8)
        offset += RecordLayout.tagOverhead + Int(bytes[headers[number].range.lowerBound + offset + 16])
      }
    }
    let checksum = record.reading(8..<length) { Checksum.of($0, seed: place.position.rawValue) }
    record.store(checksum, at: RecordLayout.headerChecksum)
    return checksum
  }
}

extension NewEvent {
  /// Clear and sealed payload together.
  var payloadByteCount: Int { payload.count + (sealed?.bytes.count ?? 0) }

  fileprivate var flags: RecordLayout.Flags {
    var flags: RecordLayout.Flags = []
    if sealed != nil { flags.insert(.sealed) }
    if origin.correlation != origin.command { flags.insert(.correlation) }
    if origin.causation != origin.command { flags.insert(.causation) }
    return flags
  }

  fileprivate var tagsOffset: Int {
    RecordLayout.fixedLength + flags.rawValue.nonzeroBitCount * RecordLayout.identifierLength
      + stream.name.utf8.count + origin.actor.name.utf8.count
  }

  fileprivate var headerLength: Int {
    tags.reduce(tagsOffset) { $0 + RecordLayout.tagOverhead + $1.name.utf8.count }
  }

  /// Writes the header into `record`, which has as many bytes, all of them zeros.
  fileprivate func encodeHeader(into record: inout MutableRawSpan, _ format: UInt8, payloadChecksum: UInt64) {
    let flags = flags
    record.store(format, at: RecordLayout.formatNumber)
    record.store(flags.rawValue, at: RecordLayout.flags)
    record.store(UInt16(record.byteCount), at: RecordLayout.headerLength)
    record.store(payloadChecksum, at: RecordLayout.payloadChecksum)
    record.store(id, at: RecordLayout.eventID)
    record.store(origin.command, at: RecordLayout.commandID)
    record.store(origin.commandDigest, at: RecordLayout.commandDigest)
    record.store(UInt32(payload.count), at: RecordLayout.clearLength)
    record.store(UInt8(stream.name.utf8.count), at: RecordLayout.streamLength)
    record.store(UInt8(origin.actor.name.utf8.count), at: RecordLayout.actorLength)
    record.store(UInt8(tags.count), at: RecordLayout.tagCount)
    var offset = RecordLayout.fixedLength
    if flags.contains(.correlation) { offset = record.store(origin.correlation, at: offset) }
    if flags.contains(.causation) { offset = record.store(origin.causation, at: offset) }
    if let sealed { offset = record.store(sealed.subject, at: offset) }
    offset = record.copy(stream.name, at: offset)
    offset = record.copy(origin.actor.name, at: offset)
    for tag in tags {
      record.store(UInt8(tag.name.utf8.count), at: offset + 16)
      offset = record.copy(tag.name, at: offset + RecordLayout.tagOverhead)
    }
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
