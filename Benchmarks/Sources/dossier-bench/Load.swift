import EventStore
import Foundation
import Synchronization

/// Clients that append, each waiting for its answer before its next append.
enum Load {
  struct Result: Sendable {
    let events: Int
    let seconds: Double
    var latencies = Latencies()
  }

  /// What one client is going to send. It owns its requests alone, so that giving them their ids copies nothing.
  private final class Outbox: Sendable {
    private let requests: Mutex<[AppendRequest]>

    init(_ requests: [AppendRequest]) { self.requests = Mutex(requests) }

    func take() -> [AppendRequest] {
      requests.withLock { requests in
        defer { requests = [] }
        return requests
      }
    }
  }

  /// - Parameter requests: Of each client, one after the other; held by nobody else.
  static func run(_ requests: consuming [[AppendRequest]], on log: LMDBEventLog) async throws -> Result {
    var (events, outboxes): (Int, [Outbox]) = (0, [])
    while let client = requests.popLast() {
      events += client.reduce(0) { $0 + $1.events.count }
      outboxes.append(Outbox(client))
    }
    let clock = ContinuousClock()
    let start = clock.now
    let durations = try await withThrowingTaskGroup(of: [Duration].self) { group in
      for (number, outbox) in outboxes.enumerated() { group.addTask { try await send(outbox, seed: UInt64(number), to: log) } }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    var result = Result(events: events, seconds: (clock.now - start).seconds)
    for duration in durations { result.latencies.record(duration) }
    return result
  }

  @concurrent
  private static func send(_ outbox: Outbox, seed: UInt64, to log: LMDBEventLog) async throws -> [Duration] {
    let clock = ContinuousClock()
    var requests = outbox.take()
    var durations: [Duration] = []
    durations.reserveCapacity(requests.count)
    var random = SplitMix(state: seed)
    for number in requests.indices {
      // Requests are made beforehand; their ids are made when they are sent, as a client does.
      let now = Timestamp.now()
      for index in requests[number].events.indices { requests[number].events[index].id = .v7(at: now, using: &random) }
      let start = clock.now
      _ = try await log.append(requests[number])
      durations.append(clock.now - start)
    }
    return durations
  }
}

extension LMDBEventLog {
  /// How many bytes each record has, in order.
  func recordSizes() throws -> [UInt32] {
    var sizes: [UInt32] = []
    try read(EventQuery(.all)) { event in
      sizes.append(UInt32(event.byteCount))
      return .next
    }
    return sizes
  }

  var bytesOnDisk: Int {
    (try? FileManager.default.attributesOfItem(atPath: directory.log + "/data.mdb")[.size] as? Int) ?? 0
  }
}
