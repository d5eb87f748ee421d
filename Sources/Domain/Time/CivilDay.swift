/// A day of the calendar in America/Toronto, the Ottawa day: a number of days since 1970-01-01 (domain.md 0.3).
public struct CivilDay: Hashable, Comparable, Sendable {
  public let number: Int32

  @inlinable public init(number: Int32) { self.number = number }

  /// The day on which `instant` falls in Ottawa.
  public init(of instant: Instant) {
    let seconds = instant.microseconds.floorDivided(by: 1_000_000)
    let days = (seconds + TorontoTime.offsetSeconds(atUTCSecond: seconds)).floorDivided(by: 86_400)
    number = Int32(clamping: days)
  }

  /// - Returns: `nil` if the calendar has no such day, or its year is not in 1...9999.
  public init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), (1...31).contains(day) else { return nil }
    let candidate = CivilDay(number: Int32(clamping: GregorianCalendar.days(year: year, month: month, day: day)))
    guard candidate.parts == (year, month, day) else { return nil }
    self = candidate
  }

  /// Reads `yyyy-mm-dd`; `nil` for anything else.
  public init?(iso text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
      let year = Int(digits: bytes[0..<4]), let month = Int(digits: bytes[5..<7]), let day = Int(digits: bytes[8..<10])
    else { return nil }
    self.init(year: year, month: month, day: day)
  }

  /// The first moment of the day in Ottawa.
  public var firstInstant: Instant {
    // The clocks change at 2:00; at 5:00 UTC, which is 0:00 or 1:00 in Ottawa, they have not yet changed.
    let standardMidnight = Int64(number) * 86_400 - TorontoTime.standardOffsetSeconds
    let second = Int64(number) * 86_400 - TorontoTime.offsetSeconds(atUTCSecond: standardMidnight)
    return Instant(second: second)
  }

  /// 23:59:59.999999 in Ottawa: a deadline on this day is met up to and with this moment (domain.md 0.6).
  public var lastInstant: Instant {
    let next = adding(days: 1).firstInstant
    return Instant(microseconds: max(next.microseconds, .min + 1) - 1)
  }

  public func adding(days: Int32) -> CivilDay {
    CivilDay(number: Int32(clamping: Int64(number) + Int64(days)))
  }

  /// How many days `other` is later than this one; negative if it is earlier.
  public func days(until other: CivilDay) -> Int { Int(other.number) - Int(number) }

  /// Year, month 1...12 and day 1...31 of the proleptic Gregorian calendar.
  public var parts: (year: Int, month: Int, day: Int) { GregorianCalendar.parts(ofDay: Int64(number)) }

  /// `yyyy-mm-dd`
  public var iso: String {
    let (year, month, day) = parts
    return "\(year.padded(to: 4))-\(month.padded(to: 2))-\(day.padded(to: 2))"
  }

  public static func < (a: CivilDay, b: CivilDay) -> Bool { a.number < b.number }
}
