import Domain
import EventStore
import Foundation

extension Instant {
  /// The operating system's clock, read now.
  static func now() -> Instant { Instant(microseconds: Int64(Date().timeIntervalSince1970 * 1_000_000)) }

  /// Reads RFC 3339 with up to six digits after the second; `nil` for anything else.
  init?(rfc3339 text: String) {
    guard let time = Timestamp(rfc3339: text) else { return nil }
    self.init(microseconds: time.microseconds)
  }

  /// `2023-08-04T15:00:00.000000Z`
  var rfc3339: String { Timestamp(microseconds: microseconds).rfc3339 }

  /// The date and time on a clock in Ottawa: `2023-08-04 11:00:00`.
  var ottawaText: String {
    let day = CivilDay(of: self)
    let elapsed = microseconds - day.firstInstant.microseconds
    let length = day.adding(days: 1).firstInstant.microseconds - day.firstInstant.microseconds
    // The clock jumps at two in the morning: forwards on the day of 23 hours, backwards on that of 25.
    let hour: Int64 = 3_600_000_000
    let jump = elapsed >= 2 * hour ? 24 * hour - length : 0
    return "\(day.iso) \(Instant.time(elapsed + jump))"
  }

  private static func time(_ microseconds: Int64) -> String {
    let seconds = microseconds / 1_000_000
    return [seconds / 3_600, seconds / 60 % 60, seconds % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
  }
}
