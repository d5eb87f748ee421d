/// A moment of log time: microseconds since 1970-01-01T00:00:00Z.
///
/// Every rule, deadline and date shown comes from log time, which never goes back (domain.md 0.6).
public struct Instant: Hashable, Comparable, Sendable {
  public let microseconds: Int64

  @inlinable public init(microseconds: Int64) { self.microseconds = microseconds }

  @inlinable public static func < (a: Instant, b: Instant) -> Bool { a.microseconds < b.microseconds }

  /// The beginning of a second since 1970-01-01T00:00:00Z; the nearest moment there is beyond the range of 64 bits.
  init(second: Int64) {
    let (product, overflow) = second.multipliedReportingOverflow(by: 1_000_000)
    microseconds = overflow ? (second < 0 ? .min : .max) : product
  }

  /// The moment `days` times 24 hours later; the nearest moment there is beyond the range of 64 bits.
  public func adding(days: Int64) -> Instant {
    let (length, tooLong) = days.multipliedReportingOverflow(by: 86_400_000_000)
    let (sum, tooFar) = microseconds.addingReportingOverflow(length)
    guard tooLong || tooFar else { return Instant(microseconds: sum) }
    return Instant(microseconds: days < 0 ? .min : .max)
  }
}
