/// Compresses the few files that are compiled in, once at the start: RFC 1952 around one block of RFC 1951 with the fixed
/// codes. No page goes through it: an answer with a secret in it must not be compressed beside what an attacker chose.
enum Gzip {
  static func compressed(_ bytes: [UInt8]) -> [UInt8] {
    var output = Bits()
    output.bytes = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 2, 255]
    // The last block, with fixed codes.
    output.add(1, 1)
    output.add(1, 2)
    write(bytes, to: &output)
    output.addCode(0, 7)
    output.align()
    for value in [crc(bytes), UInt32(truncatingIfNeeded: bytes.count)] {
      output.bytes += (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * UInt32($0))) }
    }
    return output.bytes
  }

  private struct Bits {
    var bytes: [UInt8] = []
    private var buffer: UInt32 = 0
    private var count: UInt32 = 0

    /// Lowest bit first.
    mutating func add(_ value: UInt32, _ width: UInt32) {
      buffer |= value << count
      count += width
      while count >= 8 {
        bytes.append(UInt8(truncatingIfNeeded: buffer))
        buffer >>= 8
        count -= 8
      }
    }

    /// Highest bit first, as codes are written.
    mutating func addCode(_ code: UInt32, _ width: UInt32) {
      for bit in (0..<width).reversed() { add(code >> bit & 1, 1) }
    }

    mutating func align() { if count > 0 { add(0, 8 - count) } }
  }

  /// Repeats of three bytes or more become a length and a distance, found by the last place of the same three bytes.
  private static func write(_ bytes: [UInt8], to output: inout Bits) {
    var last: [UInt32: Int] = [:]
    var index = 0
    while index < bytes.count {
      let length = index + 3 <= bytes.count ? match(bytes, at: index, last[key(bytes, index)]) : 0
      let step = max(1, length)
      if length >= 3, let place = last[key(bytes, index)] {
        writeRepeat(length: length, distance: index - place, to: &output)
      } else {
        writeLiteral(UInt32(bytes[index]), to: &output)
      }
      for place in index..<max(index, min(index + step, bytes.count - 2)) { last[key(bytes, place)] = place }
      index += step
    }
  }

  private static func key(_ bytes: [UInt8], _ index: Int) -> UInt32 {
    UInt32(bytes[index]) << 16 | UInt32(bytes[index + 1]) << 8 | UInt32(bytes[index + 2])
  }

  private static func match(_ bytes: [UInt8], at index: Int, _ place: Int?) -> Int {
    guard let place, index - place <= 32_768 else { return 0 }
    var length = 0
    while length < 258, index + length < bytes.count, bytes[place + length] == bytes[index + length] { length += 1 }
    return length
  }

  private static func writeLiteral(_ value: UInt32, to output: inout Bits) {
    switch value {
    case ..<144: output.addCode(0x30 + value, 8)
    case ..<256: output.addCode(0x190 + value - 144, 9)
    case ..<280: output.addCode(value - 256, 7)
    default: output.addCode(0xC0 + value - 280, 8)
    }
  }

  private static func writeRepeat(length: Int, distance: Int, to output: inout Bits) {
    let (lengthCode, lengthBits, lengthRest) = length == 258 ? (28, 0, 0) : code(length - 3, direct: 8, half: 4)
    writeLiteral(UInt32(257 + lengthCode), to: &output)
    output.add(UInt32(lengthRest), UInt32(lengthBits))
    let (distanceCode, distanceBits, distanceRest) = code(distance - 1, direct: 4, half: 2)
    output.addCode(UInt32(distanceCode), 5)
    output.add(UInt32(distanceRest), UInt32(distanceBits))
  }

  /// The tables of RFC 1951, 3.2.5, as a rule: the first `direct` values have codes of their own, then each code stands for
  /// twice as many values after every `half` codes.
  private static func code(_ value: Int, direct: Int, half: Int) -> (code: Int, bits: Int, rest: Int) {
    guard value >= direct else { return (value, 0, 0) }
    var bits = 1
    var base = direct
    var code = direct
    while value >= base + half << bits {
      base += half << bits
      code += half
      bits += 1
    }
    return (code + (value - base) >> bits, bits, (value - base) & ((1 << bits) - 1))
  }

  private static func crc(_ bytes: [UInt8]) -> UInt32 {
    var crc = UInt32.max
    for byte in bytes {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
    }
    return ~crc
  }
}
