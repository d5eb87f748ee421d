import EventStore
import Foundation
import TestSupport
import Testing

@Suite("Times as text")
struct TimestampTests {
  @Test("times are read and printed to the microsecond", arguments: [
    ("2023-08-04T15:00:00Z", "2023-08-04T15:00:00.000000Z"), ("2023-08-04T15:00:00.5-04:00", "2023-08-04T19:00:00.500000Z"),
    ("1969-12-31T23:59:59.999999Z", "1969-12-31T23:59:59.999999Z"), ("2024-02-29T00:00:00+05:30", "2024-02-28T18:30:00.000000Z"),
    ("9999-12-31t23:59:59.000001z", "9999-12-31T23:59:59.000001Z"), ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000000Z"),
  ])
  func times(text: String, printed: String) { #expect(Timestamp(rfc3339: text)?.rfc3339 == printed) }

  @Test("what is no time is not read", arguments: [
    "", "Z", "2023-08-04", "2023-08-04T15:00Z", "2023-08-04T24:00:00Z", "2023-08-04T15:00:60Z", "2023-13-04T15:00:00Z", "2023-02-30T15:00:00Z",
    "2023-08-04T15:00:00", "2023-08-04T15:00:00.Z", "2023-08-04T15:00:00.1234567Z", "2023-08-04 15:00:00Z", "x", "2023-08-04T15:00:00Zx",
    "2023-08-04T15:00:00+24:00", "2023-08-04T15:00:00+1:00", "10000-01-01T00:00:00Z", "2023-08-04T15:00:00٫5Z", "２023-08-04T15:00:00Z",
  ])
  func noTimes(text: String) { #expect(Timestamp(rfc3339: text) == nil) }

  @Test("every moment from year 1 to year 9999 is read as it was printed")
  func random() {
    var random = SeededGenerator(seed: Depth.seed)
    for _ in 0..<2_000 {
      let time = Timestamp(microseconds: .random(in: -62_000_000_000_000_000...253_402_300_799_999_999, using: &random))
      #expect(Timestamp(rfc3339: time.rfc3339) == time, "\(time.microseconds)")
    }
  }
}
