import Foundation
import Testing
import TestSupport

@testable import Domain

@Suite("Time")
struct TimeTests {
  @Test("The pinned time of Toronto is that of the time-zone table, 1970 to 2037")
  func pinnedTime() throws {
    let toronto = try #require(TimeZone(identifier: "America/Toronto"))
    // A step that is no divisor of a day meets every hour of the day, and 59 minutes around each change of the clocks.
    for second in stride(from: Int64(0), to: 2_145_916_800, by: 3 * 3600 + 7) {
      let date = Date(timeIntervalSince1970: Double(second))
      try #require(Int(TorontoTime.offsetSeconds(atUTCSecond: second)) == toronto.secondsFromGMT(for: date), "\(second)")
    }
  }

  @Test(
    "The clocks change in the second, both ways",
    arguments: [
      (Instant.utc("2024-03-10 06:59:59"), Int64(-5)), (.utc("2024-03-10 07:00:00"), -4),
      (.utc("2024-11-03 05:59:59"), -4), (.utc("2024-11-03 06:00:00"), -5),
      (.utc("2006-04-02 07:00:00"), -4), (.utc("1986-04-27 07:00:00"), -4),
    ])
  func changes(at instant: Instant, hours: Int64) {
    #expect(TorontoTime.offsetSeconds(atUTCSecond: instant.microseconds / 1_000_000) == hours * 3600)
  }

  @Test("A day ends one microsecond before the next, with daylight saving and without")
  func lastInstant() throws {
    let winter = try #require(CivilDay(iso: "2024-01-15"))
    let spring = try #require(CivilDay(iso: "2024-03-15"))
    #expect(winter.lastInstant == .utc("2024-01-16 04:59:59", micros: 999_999))
    #expect(spring.lastInstant == .utc("2024-03-16 03:59:59", micros: 999_999))
    // The days on which the clocks change have 23 and 25 hours.
    for (day, hours) in [("2024-03-10", 23), ("2024-11-03", 25)] {
      let day = try #require(CivilDay(iso: day))
      #expect(day.lastInstant.microseconds - day.firstInstant.microseconds + 1 == Int64(hours) * 3_600_000_000)
    }
  }

  @Test("Every day begins and ends on itself")
  func daysHoldTheirInstants() throws {
    for number in Int32(-100_000)...100_000 {
      let day = CivilDay(number: number)
      let (year, month, date) = day.parts
      let isWhole = CivilDay(of: day.firstInstant) == day && CivilDay(of: day.lastInstant) == day
      try #require(isWhole && CivilDay(year: year, month: month, day: date) == day, "\(day)")
    }
  }

  @Test("60 days after January 15 2024 is March 15 2024; 2024 has a February 29 and 2023 has not")
  func calendar() throws {
    let start = try #require(CivilDay(iso: "2024-01-15"))
    #expect(start.adding(days: 60).iso == "2024-03-15")
    #expect(CivilDay(iso: "2024-02-29") != nil)
    #expect(CivilDay(iso: "2023-02-29") == nil)
  }

  @Test(
    "What is not yyyy-mm-dd is no day",
    arguments: [
      "", "2024-1-15", "2024-13-01", "2024-00-10", "2024-01-32", "0000-01-01", "２０24-01-15", "2024-01-15 ", "+024-01-15",
    ])
  func notADay(text: String) { #expect(CivilDay(iso: text) == nil) }

  @Test("Dates read as in the tables of both languages")
  func dateTexts() throws {
    let may = try #require(CivilDay(iso: "2023-05-04"))
    let august = try #require(CivilDay(iso: "2023-08-01"))
    #expect(may.text(in: .english) == "May 04 2023" && may.text(in: .french) == "04 mai 2023")
    #expect(august.text(in: .english) == "August 01 2023" && august.text(in: .french) == "01 août 2023")
  }

  @Test("No moment and no day of a damaged event traps", arguments: [Int64.min, -1, 0, 1, .max])
  func extremes(value: Int64) {
    let day = CivilDay(of: Instant(microseconds: value))
    _ = (day.firstInstant, day.lastInstant, day.iso, day.text(in: .french))
    let clamped = CivilDay(number: Int32(clamping: value))
    _ = (clamped.firstInstant, clamped.lastInstant, clamped.adding(days: .max), clamped.text(in: .english))
    _ = Instant(microseconds: value).adding(days: value)
  }
}
