import LMDB

/// Where a log ended when it was upgraded, as the format that it had then has it.
struct FormerEnd: Sendable, Equatable {
  let format: UInt8
  let position: Position
  let prefixHash: UInt64
}

extension LogReader {
  /// See ``EventLog/formerPrefixHash(at:)``.
  func formerPrefixHash(at position: Position) throws(EventStoreError) -> UInt64? {
    guard let former = try storage({ () throws(LMDBError) in try file.former() }), position <= former.position else { return nil }
    var chain = FormatChain(RecordFormat(former.format, of: file.lineage))
    _ = try read(EventQuery(.all, upTo: position, part: .header)) { event in
      chain.advance(event)
      return .next
    }
    return chain.prefixHash
  }
}

/// Records of a log as another format has them: the same bytes, but for the number of the format and the checksums.
///
/// Each record follows from the one before it, so a chain begins with the first record of a log.
struct FormatChain: Sendable {
  let format: RecordFormat
  /// The newest record that was looked at.
  private(set) var position: Position?
  private(set) var prefixHash: UInt64
  /// The last header, to be used again.
  private var header: [UInt8] = []

  init(_ format: RecordFormat) {
    self.format = format
    prefixHash = format.origin
  }

  /// Goes on to `event`, the next one. - Returns: Its header in the chain's format.
  @discardableResult
  mutating func advance(_ event: borrowing EventView) -> [UInt8] {
    let bytes = event.record.extracting(0..<event.headerLength)
    let type = event.recordType
    let payloads: UInt64 = bytes.load(at: RecordLayout.payloadChecksum)
    header.removeAll(keepingCapacity: true)
    header.append(bytes)
    let (format, previous, place) = (format, prefixHash, event.position)
    var checksum: UInt64 = 0
    header.withMutableBytes { header in
      header.store(format.number, at: RecordLayout.formatNumber)
      header.store(payloads ^ type.digest ^ format.digest(of: type.name), at: RecordLayout.payloadChecksum)
      header.store(previous, at: RecordLayout.previousChecksum)
      checksum = header.reading(8..<header.byteCount) { Checksum.of($0, seed: place.rawValue) }
      header.store(checksum, at: RecordLayout.headerChecksum)
    }
    prefixHash = checksum
    position = place
    return header
  }
}
