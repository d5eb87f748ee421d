import EventStore
import Foundation
import TestSupport

/// The appends of a run, the same for the same `SEED:LANES:REQUESTS[:KIB]`. A lane is a client that appends one request after the
/// other; lanes append at the same time. `KIB` is how large the payload of every event is; without it they are of many sizes.
struct Workload: Sendable {
  let lanes: [[AppendRequest]]

  /// The moment of every request's ids; the log's clock is set later than any of them.
  private static let start: Int64 = 1_690_000_000_000_000
  static let clock: @Sendable () -> Timestamp = { Timestamp(microseconds: start + 3_600_000_000) }

  init?(_ text: String) {
    let numbers = text.split(separator: ":").compactMap { UInt64($0) }
    guard (3...4).contains(numbers.count) else { return nil }
    let size = numbers.count == 4 ? Int(numbers[3]) << 10 : nil
    lanes = (0..<numbers[1]).map { Workload.lane($0, seed: numbers[0], requests: Int(numbers[2]), size: size) }
  }

  private static func lane(_ lane: UInt64, seed: UInt64, requests: Int, size: Int?) -> [AppendRequest] {
    var random = SeededGenerator(seed: seed &* 1_000 &+ lane)
    var lengths: [StreamID: UInt64] = [:]
    return (0..<requests).map { number in
      var expectations: [StreamID: Expectation] = [:]
      let events = (0..<Int.random(in: 1...3, using: &random)).map { _ in
        let stream = StreamID("lane-\(lane)-\(Int.random(in: 0..<4, using: &random))")
        if expectations[stream] == nil { expectations[stream] = lengths[stream].map { .revision(Revision($0 - 1)) } ?? .noStream }
        lengths[stream, default: 0] += 1
        var event = event(stream, lane: lane, number: number, &random)
        if let size { event.payload = [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: size) }
        return event
      }
      return AppendRequest(events, expecting: expectations)
    }
  }

  private static func event(_ stream: StreamID, lane: UInt64, number: Int, _ random: inout SeededGenerator) -> NewEvent {
    let time = Timestamp(microseconds: start + Int64(number) * 1_000)
    let size = [0...200, 0...200, 100...900, 900...3_000, 4_000...9_000].randomElement(using: &random) ?? 0...0
    let seals = Bool.random(using: &random)
    return NewEvent(
      id: .v7(at: time, using: &random), stream: stream, type: EventTypeName("fault.Type\(number / 8)"),
      tags: [Tag("lane:\(lane)"), Tag("number:\(number % 3)")],
      origin: Origin(command: .v7(at: time, using: &random), commandDigest: random.next(), actor: "test/fault"),
      payload: bytes(.random(in: size, using: &random), &random),
      sealed: seals ? SealedPayload(subject: .v7(at: time, using: &random), bytes: bytes(64, &random)) : nil)
  }

  private static func bytes(_ count: Int, _ random: inout SeededGenerator) -> [UInt8] {
    (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) }
  }
}

/// What a log holds of a workload.
struct WorkloadState {
  /// How many requests of each lane are there.
  var counts: [Int]
  /// The first thing that is not as it must be.
  var fault: String?

  /// Whole requests, each once, those of a lane in their order, every event as it was given: or a fault.
  init(of log: LMDBEventLog, _ workload: Workload) throws {
    counts = workload.lanes.map { _ in 0 }
    let events = try log.events(EventQuery(.all))
    var index = 0
    while index < events.count {
      guard let lane = workload.lanes.indices.first(where: { events[index].tags.contains(Tag("lane:\($0)")) }),
        counts[lane] < workload.lanes[lane].count
      else { fault = "position \(index + 1) holds an event of no request"; return }
      for expected in workload.lanes[lane][counts[lane]].events {
        guard index < events.count, events[index].isSame(as: expected) else {
          fault = "position \(index + 1) is not what request \(counts[lane]) of lane \(lane) holds there"
          return
        }
        index += 1
      }
      counts[lane] += 1
    }
    var finding: LogVerification.Finding?
    let summary = try LogVerification(log).run { if finding == nil { finding = $0 } }
    if let finding { fault = "verification: \(finding)" }
    if summary.events != UInt64(events.count) { fault = "verification saw \(summary.events) of \(events.count) events" }
  }
}

extension StoredEvent {
  fileprivate func isSame(as event: NewEvent) -> Bool {
    id == event.id && stream == event.stream && type == event.type && tags == event.tags && origin == event.origin
      && payload == event.payload && sealed == event.sealed
  }
}

extension EventStoreError {
  /// One word for the answer of an append.
  var word: String {
    switch self {
    case .inDoubt: "inDoubt"
    case .poisoned: "poisoned"
    case .readOnly(.diskFull): "diskFull"
    default: "other: \(self)"
    }
  }
}
