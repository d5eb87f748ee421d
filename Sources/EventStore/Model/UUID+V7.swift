import Foundation

extension UUID {
  /// A UUIDv7 (RFC 9562, section 5.7): 48 bits of milliseconds since 1970, then 74 bits from `random`.
  public static func v7(at time: Timestamp, using random: inout some RandomNumberGenerator) -> UUID {
    v7(at: time, random.next(), random.next())
  }

  /// A UUIDv7 with the operating system's random numbers.
  public static func v7(at time: Timestamp) -> UUID {
    v7(at: time, .random(in: 0...(.max)), .random(in: 0...(.max)))
  }

  private static func v7(at time: Timestamp, _ first: UInt64, _ second: UInt64) -> UUID {
    let milliseconds = UInt64(max(0, time.microseconds) / 1_000)
    return UUID(high: milliseconds << 16 | 0x7000 | first & 0xFFF, low: 0b10 << 62 | second & ((1 << 62) - 1))
  }

  /// Whether the version and variant bits are those of a UUIDv7.
  public var isV7: Bool { high >> 12 & 0xF == 7 && low >> 62 == 0b10 }

  /// The moment in a UUIDv7, to the millisecond.
  public var v7Time: Timestamp { Timestamp(microseconds: Int64(high >> 16) * 1_000) }

  /// The first eight bytes, as a big-endian number.
  @inlinable public var high: UInt64 {
    let b = uuid
    return UInt64(b.0) << 56 | UInt64(b.1) << 48 | UInt64(b.2) << 40 | UInt64(b.3) << 32
      | UInt64(b.4) << 24 | UInt64(b.5) << 16 | UInt64(b.6) << 8 | UInt64(b.7)
  }

  /// The last eight bytes, as a big-endian number.
  @inlinable public var low: UInt64 {
    let b = uuid
    return UInt64(b.8) << 56 | UInt64(b.9) << 48 | UInt64(b.10) << 40 | UInt64(b.11) << 32
      | UInt64(b.12) << 24 | UInt64(b.13) << 16 | UInt64(b.14) << 8 | UInt64(b.15)
  }

  /// The UUID whose sixteen bytes are two big-endian numbers.
  @inlinable public init(high: UInt64, low: UInt64) {
    func byte(_ word: UInt64, _ shift: UInt64) -> UInt8 { UInt8(truncatingIfNeeded: word >> shift) }
    self.init(
      uuid: (
        byte(high, 56), byte(high, 48), byte(high, 40), byte(high, 32),
        byte(high, 24), byte(high, 16), byte(high, 8), byte(high, 0),
        byte(low, 56), byte(low, 48), byte(low, 40), byte(low, 32),
        byte(low, 24), byte(low, 16), byte(low, 8), byte(low, 0)
      ))
  }
}
