import Domain

extension Instant {
  /// Reads `2023-08-04T15:00:00Z`, with up to six digits after a period, and `Z` or an offset such as `-04:00`.
  init?(iso text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count >= 20, bytes[10] == UInt8(ascii: "T"), bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
      let day = CivilDay(iso: String(decoding: bytes[..<10], as: UTF8.self)),
      let hour = Self.number(bytes[11..<13], below: 24), let minute = Self.number(bytes[14..<16], below: 60),
      let second = Self.number(bytes[17..<19], below: 60)
    else { return nil }
    var rest = bytes[19...]
    var microseconds: Int64 = 0
    if rest.first == UInt8(ascii: ".") {
      let digits = rest.dropFirst().prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      guard (1...6).contains(digits.count), let fraction = Self.number(digits, below: 1_000_000) else { return nil }
      microseconds = (digits.count..<6).reduce(fraction) { value, _ in value * 10 }
      rest = rest[digits.endIndex...]
    }
    guard let offset = Self.offsetMinutes(Array(rest)) else { return nil }
    // A civil day counts days since 1970-01-01, whatever the time zone.
    let minutes = (Int64(day.number) * 24 + hour) * 60 + minute - offset
    self.init(microseconds: (minutes * 60 + second) * 1_000_000 + microseconds)
  }

  /// `2023-08-04T15:00:00.000000Z`
  var iso: String {
    let (second, fraction) = Self.divided(microseconds, by: 1_000_000)
    let (day, inDay) = Self.divided(second, by: 86_400)
    let time = [inDay / 3600, inDay / 60 % 60, inDay % 60].map { Self.padded($0, 2) }.joined(separator: ":")
    return "\(CivilDay(number: Int32(clamping: day)).iso)T\(time).\(Self.padded(fraction, 6))Z"
  }

  private static func offsetMinutes(_ bytes: [UInt8]) -> Int64? {
    if bytes == [UInt8(ascii: "Z")] { return 0 }
    guard bytes.count == 6, bytes[3] == UInt8(ascii: ":"), let hours = number(bytes[1..<3], below: 24),
      let minutes = number(bytes[4..<6], below: 60)
    else { return nil }
    switch bytes[0] {
    case UInt8(ascii: "+"): return hours * 60 + minutes
    case UInt8(ascii: "-"): return -(hours * 60 + minutes)
    default: return nil
    }
  }

  private static func number(_ digits: some Collection<UInt8>, below limit: Int64) -> Int64? {
    guard digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else { return nil }
    let number = digits.reduce(0) { $0 * 10 + Int64($1 - UInt8(ascii: "0")) }
    return number < limit ? number : nil
  }

  /// Quotient and remainder, the remainder never negative.
  private static func divided(_ number: Int64, by divisor: Int64) -> (Int64, Int64) {
    let remainder = (number % divisor + divisor) % divisor
    return ((number - remainder) / divisor, remainder)
  }

  private static func padded(_ number: Int64, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}
