import LMDB

extension EventView {
  /// What is wrong with the payloads of a record whose header is whole, in words; `nil` if nothing is.
  /// - Parameter typeDigest: That of the record's type.
  static func payloadFault(in record: RawSpan, typeDigest: UInt64) -> String? {
    let headerLength = Int(record.load(UInt16.self, at: RecordLayout.headerLength))
    let payloads = record.extracting(headerLength..<record.byteCount)
    guard RecordFormat.checksum(ofPayloads: payloads, typeDigest: typeDigest) == record.load(at: RecordLayout.payloadChecksum)
    else {
      return "the checksum of its payload is wrong"
    }
    return nil
  }

  /// What is wrong with a record's header, in words; `nil` if it is whole. Total: any bytes at all are safe to look at.
  ///
  /// A read looks at ``RecordLayout/typeNumber``, or follows a link, only after this found nothing: a flipped bit can never
  /// make it pass over an event in silence.
  /// - Parameter format: That of the log.
  static func headerFault(in record: RawSpan, at position: Position, format: RecordFormat, typeCount: Int) -> String? {
    guard record.byteCount >= RecordLayout.fixedLength else { return "it has only \(record.byteCount) bytes" }
    let number: UInt8 = record.load(at: RecordLayout.formatNumber)
    let length = Int(record.load(UInt16.self, at: RecordLayout.headerLength))
    guard length >= RecordLayout.fixedLength, length <= record.byteCount else { return "its header length is wrong" }
    let covered = record.extracting(8..<length)
    guard Checksum.of(covered, seed: position.rawValue) == record.load(at: RecordLayout.headerChecksum) else {
      return "the checksum of its header is wrong"
    }
    // The bytes are those that were written: what follows can only fail for a record of a newer format, or a defect.
    guard number == format.number else {
      return number > RecordFormat.newest
        ? "its record format \(number) is newer than this build" : "its record format \(number) is not the log's"
    }
    let flags = RecordLayout.Flags(rawValue: record.load(at: RecordLayout.flags))
    guard RecordLayout.Flags.known.isSuperset(of: flags) else { return "it has flags this build does not know" }
    guard namesEnd(in: record, flags: flags, limit: length) == length else { return "its names do not fill its header" }
    guard Int(record.load(UInt32.self, at: RecordLayout.clearLength)) <= record.byteCount - length else {
      return "its payload is longer than the record"
    }
    let type: UInt32 = record.load(at: RecordLayout.typeNumber)
    guard type >= 1, type <= typeCount else { return "its event type number \(type) is not in the table of types" }
    return nil
  }

  /// Where the last name ends; `nil` if one would end beyond `limit`.
  private static func namesEnd(in record: RawSpan, flags: RecordLayout.Flags, limit: Int) -> Int? {
    var end = RecordLayout.fixedLength + flags.rawValue.nonzeroBitCount * RecordLayout.identifierLength
    end += Int(record.load(UInt8.self, at: RecordLayout.streamLength))
    end += Int(record.load(UInt8.self, at: RecordLayout.actorLength))
    for _ in 0..<record.load(UInt8.self, at: RecordLayout.tagCount) {
      guard end + RecordLayout.tagOverhead <= limit else { return nil }
      end += RecordLayout.tagOverhead + Int(record.load(UInt8.self, at: end + 16))
    }
    return end <= limit ? end : nil
  }
}
