import Foundation
import LMDB

/// What the checksums of a log's records cover: decided by the format of the log, and the same for all of its records.
///
/// In format 1 the name of an event's type, and which log it is, are outside every checksum. Since format 2 the payload checksum
/// covers the name, and the first record follows a hash of the lineage, so the prefix hash stands for both.
struct RecordFormat: Sendable, Equatable {
  /// The newest, which new logs have.
  static let newest: UInt8 = 2

  let number: UInt8
  /// The header checksum that the first record carries as that of the record before it.
  let origin: UInt64

  init(_ number: UInt8 = newest, of lineage: UUID) {
    self.number = number
    origin = number == 1 ? 0 : Checksum.of(Words.bytes([lineage.high, lineage.low]).span.raw, seed: 0)
  }

  /// What the payload checksum of an event of that type is combined with.
  func digest(of type: EventTypeName) -> UInt64 { number == 1 ? 0 : Checksum.of(type.name, seed: 0) }

  /// What the records of a log say of that type.
  func type(_ name: EventTypeName) -> RecordType { RecordType(name: name, digest: digest(of: name)) }

  /// The payload checksum of an event.
  @inline(__always)
  static func checksum(ofPayloads payloads: RawSpan, typeDigest: UInt64) -> UInt64 { Checksum.of(payloads, seed: 0) ^ typeDigest }
}

/// An event type of a log, with what is looked up for every record.
struct RecordType: Sendable, Equatable {
  let name: EventTypeName
  let digest: UInt64
}

extension LogHead {
  /// The header checksum that the next record carries as that of the record before it.
  func link(in format: RecordFormat) -> UInt64 { position == nil ? format.origin : prefixHash }
}
