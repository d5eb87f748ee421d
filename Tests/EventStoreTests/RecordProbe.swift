@testable import EventStore
import Foundation
import LMDB

/// Looks at any bytes as if they were a record, in every way a reader does. It must come to an end for all of them. Built with
/// `UNCHECKED` it does not look at checksums first: the control of `scripts/fuzz`, which must stop the process.
enum RecordProbe {
  static let format = RecordFormat(of: UUID(high: 0x0189_C110_0580_7000, low: 0x8000_0000_0000_0000))
  private static let types = ["probe.A", "probe.B", "probe.C"].map { format.type(EventTypeName($0)) }

  /// - Returns: Whether the bytes pass for a record.
  @discardableResult
  static func probe(_ bytes: [UInt8], at position: Position = .first) -> Bool {
    bytes.withValueBytes { record in
      #if !UNCHECKED
        guard EventView.headerFault(in: record, at: position, format: format, typeCount: types.count) == nil else { return false }
      #endif
      let event = EventView(checked: record, at: position, types: types)
      let isWhole = EventView.payloadFault(in: record, typeDigest: event.recordType.digest) == nil
      _ = StoredEvent(event)
      _ = event.value(ofTag: "rep:")
      _ = event.link(of: ChainName(event.stream))
      for tag in event.tags { _ = event.link(of: ChainName(tag)) }
      var heads = HeadMap()
      heads.fold(event)
      return isWhole
    }
  }

  /// The same bytes with a header checksum that is right, so that what lies behind it is looked at.
  static func probeSigned(_ bytes: [UInt8], at position: Position = .first) -> Bool {
    var bytes = bytes
    guard bytes.count >= RecordLayout.fixedLength else { return probe(bytes, at: position) }
    bytes.withMutableBytes { record in
      let length = min(
        max(Int(record.reading(0..<record.byteCount) { $0.load(UInt16.self, at: RecordLayout.headerLength) }), 8), record.byteCount)
      let checksum = record.reading(8..<length) { Checksum.of($0, seed: position.rawValue) }
      record.store(checksum, at: RecordLayout.headerChecksum)
    }
    return probe(bytes, at: position)
  }
}
