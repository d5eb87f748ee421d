/// The civil time of America/Toronto since 1970, pinned here so that an old deadline never moves when the time-zone data
/// of an operating system change (domain.md 0.6). A test holds it against Foundation's table.
enum TorontoTime {
  static let standardOffsetSeconds: Int64 = -5 * 3600

  /// Seconds east of UTC: -14400 while daylight saving is in force, else -18000.
  static func offsetSeconds(atUTCSecond second: Int64) -> Int64 {
    let day = (second + standardOffsetSeconds).floorDivided(by: 86_400)
    let year = GregorianCalendar.parts(ofDay: day).year
    // Clocks go forward at 2:00 standard time (7:00 UTC) and back at 2:00 daylight time (6:00 UTC).
    let (start, end) = daylightSavingDays(in: year)
    let isDaylight = second >= start * 86_400 + 7 * 3600 && second < end * 86_400 + 6 * 3600
    return isDaylight ? standardOffsetSeconds + 3600 : standardOffsetSeconds
  }

  /// The Sundays on which the clocks change, as days since 1970-01-01.
  private static func daylightSavingDays(in year: Int) -> (start: Int64, end: Int64) {
    switch year {
    case 2007...: (sunday(2, of: 3, in: year), sunday(1, of: 11, in: year))
    case 1987...2006: (sunday(1, of: 4, in: year), lastSunday(of: 10, in: year))
    default: (lastSunday(of: 4, in: year), lastSunday(of: 10, in: year))
    }
  }

  private static func sunday(_ ordinal: Int64, of month: Int, in year: Int) -> Int64 {
    firstSunday(from: GregorianCalendar.days(year: year, month: month, day: 1)) + 7 * (ordinal - 1)
  }

  private static func lastSunday(of month: Int, in year: Int) -> Int64 {
    firstSunday(from: GregorianCalendar.days(year: year, month: month + 1, day: 1)) - 7
  }

  private static func firstSunday(from day: Int64) -> Int64 {
    // 1970-01-04 was a Sunday.
    day + (3 - day).floorRemainder(by: 7)
  }
}

/// The proleptic Gregorian calendar (the era algorithm of Howard Hinnant, "chrono-compatible low-level date algorithms").
enum GregorianCalendar {
  static func days(year: Int, month: Int, day: Int) -> Int64 {
    let shifted = Int64(month <= 2 ? year - 1 : year)
    let era = shifted.floorDivided(by: 400)
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * Int64(month > 2 ? month - 3 : month + 9) + 2) / 5 + Int64(day) - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  static func parts(ofDay number: Int64) -> (year: Int, month: Int, day: Int) {
    let shifted = number + 719_468
    let era = shifted.floorDivided(by: 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = Int(shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9)
    let day = Int(dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    return (Int(yearOfEra + era * 400) + (month <= 2 ? 1 : 0), month, day)
  }
}

extension Int64 {
  func floorRemainder(by divisor: Int64) -> Int64 {
    let remainder = self % divisor
    return remainder < 0 ? remainder + divisor : remainder
  }

  func floorDivided(by divisor: Int64) -> Int64 { self / divisor - (self % divisor < 0 ? 1 : 0) }
}

extension Int {
  /// A number of ASCII digits only; `nil` for anything else.
  init?(digits: some Collection<UInt8>) {
    guard !digits.isEmpty, digits.count <= 18, digits.allSatisfy(\.isASCIIDigit) else { return nil }
    self = digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
  }

  func padded(to width: Int) -> String {
    let digits = String(self)
    return String(repeating: "0", count: Swift.max(0, width - digits.utf8.count)) + digits
  }
}

extension UInt8 {
  var isASCIIDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
  var isASCIIUpper: Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) }
  var isASCIILower: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) }
}
