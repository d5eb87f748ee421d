/// Where the fields of a record stand. Numbers are little-endian, identifiers 16 bytes as written in RFC 9562.
///
///     0    u64  checksum of the header: XXH3-64 of bytes 8 ..< header length, seeded with the position
///     8    u8   format, 1 or 2
///     9    u8   flags
///     10   u16  header length: where the clear payload begins
///     12   u32  event type number
///     16   u64  checksum of the payloads: XXH3-64 of bytes header length ..< end, seeded with 0; since format 2 xor that of the type's name
///     24   u64  header checksum of the record before this one; at position 1 that of the lineage, in format 1 0
///     32   i64  log time
///     40   i64  wall time
///     48   id   event
///     64   u64  revision
///     72   u64  position of the previous event of the stream; 0 for none
///     80   id   command
///     96   u64  command digest
///     104  u32  length of the clear payload; the sealed payload is the rest
///     108  u8   length of the stream name
///     109  u8   length of the actor
///     110  u8   number of tags
///     111  u8   0
///     112       [id correlation] [id causation] [id subject] stream actor tags
///
/// A tag is: u64 position of the previous event with it (0 for none), u64 ordinal (1-based), u8 length, name.
/// The same text stands in `docs/data-format.md`.
enum RecordLayout {
  static let headerChecksum = 0
  static let formatNumber = 8
  static let flags = 9
  static let headerLength = 10
  static let typeNumber = 12
  static let payloadChecksum = 16
  static let previousChecksum = 24
  static let logTime = 32
  static let wallTime = 40
  static let eventID = 48
  static let revision = 64
  static let previousInStream = 72
  static let commandID = 80
  static let commandDigest = 96
  static let clearLength = 104
  static let streamLength = 108
  static let actorLength = 109
  static let tagCount = 110
  static let reserved = 111
  static let fixedLength = 112

  static let identifierLength = 16
  /// What a tag takes beside its name.
  static let tagOverhead = 17

  /// More than any record has.
  static let maximumLength =
    fixedLength + 3 * identifierLength + 2 * NameRule.maximumBytes
    + AppendLimits.tagsPerEvent * (tagOverhead + NameRule.maximumBytes) + AppendLimits.bytesPerEvent

  struct Flags: OptionSet {
    let rawValue: UInt8
    static let sealed = Flags(rawValue: 1)
    /// Absent: the correlation is the command.
    static let correlation = Flags(rawValue: 2)
    /// Absent: the causation is the command.
    static let causation = Flags(rawValue: 4)

    static let known: Flags = [.sealed, .correlation, .causation]
  }
}
