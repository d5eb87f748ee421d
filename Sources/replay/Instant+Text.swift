import Domain
import Foundation

extension Instant {
  /// The operating system's clock, read now.
  static func now() -> Instant { Instant(microseconds: Int64(Date().timeIntervalSince1970 * 1_000_000)) }

  /// Reads RFC 3339 with up to six digits after the second; `nil` for anything else.
  init?(rfc3339 text: String) {
    guard let match = text.wholeMatch(of: /(\d{4}-\d\d-\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))?([Zz]|[+-]\d\d:\d\d)/),
      let day = CivilDay(iso: String(match.1)), let hour = Int64(match.2), let minute = Int64(match.3),
      let second = Int64(match.4), hour < 24, minute < 60, second < 60
    else { return nil }
    let digits = String(match.5 ?? "").padding(toLength: 6, withPad: "0", startingAt: 0)
    guard let fraction = Int64(digits), let offset = Instant.offsetSeconds(match.6) else { return nil }
    let seconds = Int64(day.number) * 86_400 + hour * 3_600 + minute * 60 + second - offset
    self.init(microseconds: seconds * 1_000_000 + fraction)
  }

  private static func offsetSeconds(_ text: Substring) -> Int64? {
    guard text.lowercased() != "z" else { return 0 }
    let parts = text.dropFirst().split(separator: ":")
    guard let hours = Int64(parts[0]), let minutes = Int64(parts[1]), hours < 24, minutes < 60 else { return nil }
    return (hours * 3_600 + minutes * 60) * (text.hasPrefix("-") ? -1 : 1)
  }

  /// `2023-08-04T15:00:00.000000Z`
  var rfc3339: String {
    let days = microseconds.floorQuotient(86_400_000_000)
    return "\(CivilDay(number: Int32(clamping: days)).iso)T\(Instant.time(microseconds - days * 86_400_000_000, withFraction: true))Z"
  }

  /// The date and time on a clock in Ottawa: `2023-08-04 11:00:00`.
  var ottawaText: String {
    let day = CivilDay(of: self)
    let elapsed = microseconds - day.firstInstant.microseconds
    let length = day.adding(days: 1).firstInstant.microseconds - day.firstInstant.microseconds
    // The clock jumps at two in the morning: forwards on the day of 23 hours, backwards on that of 25.
    let hour: Int64 = 3_600_000_000
    let jump = elapsed >= 2 * hour ? 24 * hour - length : 0
    return "\(day.iso) \(Instant.time(elapsed + jump, withFraction: false))"
  }

  private static func time(_ microseconds: Int64, withFraction: Bool) -> String {
    let seconds = microseconds / 1_000_000
    let time = [seconds / 3_600, seconds / 60 % 60, seconds % 60].map { two($0) }.joined(separator: ":")
    guard withFraction else { return time }
    let fraction = String(microseconds % 1_000_000)
    return time + "." + String(repeating: "0", count: 6 - fraction.count) + fraction
  }

  private static func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
}

extension Int64 {
  fileprivate func floorQuotient(_ divisor: Int64) -> Int64 { self / divisor - (self % divisor < 0 ? 1 : 0) }
}
