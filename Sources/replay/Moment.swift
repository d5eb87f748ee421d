import ArgumentParser
import Domain
import EventStore
import Foundation
import Schema

/// A moment of the log as it is typed: a position, a civil day, or a timestamp.
enum Moment: Equatable {
  case position(Position)
  case day(CivilDay)
  case instant(Instant)
}

extension Moment: ExpressibleByArgument {
  /// - Parameter argument: `31`, `2023-08-02`, or RFC 3339 such as `2023-08-04T15:00:00Z`.
  init?(argument: String) {
    if let number = UInt64(argument), argument.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
      guard let position = Position(number) else { return nil }
      self = .position(position)
    } else if let day = CivilDay(iso: argument) {
      self = .day(day)
    } else if let instant = Instant(rfc3339: argument) {
      self = .instant(instant)
    } else {
      return nil
    }
  }
}

extension Moment {
  /// The newest event at the moment, or at the end of the day; `nil` if the log begins later.
  func last(in log: any EventLog) throws -> Position? {
    switch self {
    case .position(let position):
      guard let head = try log.head().position, position <= head else {
        throw ReplayError.beyondTheEnd(position, head: try log.head().position)
      }
      return position
    case .day(let day): return try log.last(at: day.lastInstant)
    case .instant(let instant): return try log.last(at: instant)
    }
  }

  /// Where reading begins: at the moment, or with the day's first event.
  var start: EventQuery.Start {
    switch self {
    case .position(let position): .position(position)
    case .day(let day): .time(Timestamp(microseconds: day.firstInstant.microseconds))
    case .instant(let instant): .time(Timestamp(microseconds: instant.microseconds))
    }
  }

  /// The civil day on which people would have looked.
  func day(in log: any EventLog) throws -> CivilDay {
    switch self {
    case .day(let day): day
    case .instant(let instant): CivilDay(of: instant)
    case .position(let position): CivilDay(of: try log.time(at: position))
    }
  }
}

extension EventLog {
  /// The newest event at `instant` or before; `nil` if the log begins later.
  func last(at instant: Instant) throws(EventStoreError) -> Position? {
    let query = EventQuery(
      .all, from: .time(Timestamp(microseconds: instant.microseconds)), direction: .backwards, limit: 1)
    return try events(query).first?.position
  }

  /// The log time of the event at `position`.
  func time(at position: Position) throws -> Instant {
    guard let event = try events(EventQuery(.all, from: .position(position), limit: 1)).first else {
      throw ReplayError.beyondTheEnd(position, head: try head().position)
    }
    return Instant(microseconds: event.logTime.microseconds)
  }
}
