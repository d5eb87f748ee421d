import Foundation

extension Timestamp {
  /// RFC 3339 in UTC, to the microsecond: `2023-08-04T15:00:00.000000Z`.
  public var rfc3339: String {
    let (second, fraction) = microseconds.dividedDown(by: 1_000_000)
    let text = Date(timeIntervalSince1970: Double(second)).formatted(.iso8601)
    return text.dropLast() + "." + String(1_000_000 + fraction).dropFirst() + "Z"
  }

  /// Reads RFC 3339 with up to six digits after the second, in UTC or with an offset such as `-04:00`; `nil` for anything else, and
  /// for years beyond 9999.
  public init?(rfc3339 text: String) {
    let text = text.uppercased()
    let moment = String(text.prefix(19)) + "Z"
    // Foundation takes 30 February for 2 March: what it reads must be what stands there.
    guard let date = try? Date(moment, strategy: .iso8601), date.formatted(.iso8601) == moment else { return nil }
    var rest = text.utf8.dropFirst(19)
    var fraction: Int64 = 0
    if rest.first == UInt8(ascii: ".") {
      let digits = rest.dropFirst().prefix { (0x30...0x39).contains($0) }
      guard (1...6).contains(digits.count), let number = Int64(digits, below: 1_000_000) else { return nil }
      fraction = (digits.count..<6).reduce(number) { number, _ in number * 10 }
      rest = rest[digits.endIndex...]
    }
    guard let offset = Timestamp.offsetSeconds(rest) else { return nil }
    self.init(microseconds: (Int64(date.timeIntervalSince1970) - offset) * 1_000_000 + fraction)
  }

  private static func offsetSeconds(_ text: String.UTF8View.SubSequence) -> Int64? {
    let bytes = Array(text)
    if bytes == [UInt8(ascii: "Z")] { return 0 }
    guard bytes.count == 6, bytes[0] == UInt8(ascii: "+") || bytes[0] == UInt8(ascii: "-"), bytes[3] == UInt8(ascii: ":"),
      let hours = Int64(bytes[1..<3], below: 24), let minutes = Int64(bytes[4..<6], below: 60)
    else { return nil }
    let seconds = (hours * 60 + minutes) * 60
    return bytes[0] == UInt8(ascii: "-") ? -seconds : seconds
  }
}

extension Int64 {
  /// Quotient and remainder, the remainder never negative.
  fileprivate func dividedDown(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
    let remainder = (self % divisor + divisor) % divisor
    return (self / divisor - (self % divisor < 0 ? 1 : 0), remainder)
  }

  /// The number that decimal digits stand for; `nil` for anything else, and for one that is not below `limit`.
  fileprivate init?(_ digits: some Collection<UInt8>, below limit: Int64) {
    guard digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    self = digits.reduce(0) { $0 * 10 + Int64($1 - 0x30) }
    guard self < limit else { return nil }
  }
}
