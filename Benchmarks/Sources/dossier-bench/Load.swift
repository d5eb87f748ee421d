import EventStore
import Foundation

/// Clients that append, each waiting for its answer before its next append.
enum Load {
  struct Result: Sendable {
    var events = 0
    var seconds = 0.0
    var latencies = Latencies()
  }

  static func run(_ requests: [[AppendRequest]], on log: LMDBEventLog) async throws -> Result {
    let clock = ContinuousClock()
    let start = clock.now
    let durations = try await withThrowingTaskGroup(of: [Duration].self) { group in
      for (number, client) in requests.enumerated() { group.addTask { try await append(client, seed: UInt64(number), to: log) } }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    let seconds = (clock.now - start).seconds
    var result = Result(events: requests.joined().reduce(0) { $0 + $1.events.count }, seconds: seconds)
    for duration in durations { result.latencies.record(duration) }
    return result
  }

  @concurrent
  private static func append(_ requests: [AppendRequest], seed: UInt64, to log: LMDBEventLog) async throws -> [Duration] {
    let clock = ContinuousClock()
    var durations: [Duration] = []
    durations.reserveCapacity(requests.count)
    var random = SplitMix(state: seed)
    for request in requests {
      // Requests are made beforehand; their ids are made when they are sent, as a client does.
      var request = request
      let now = Timestamp.now()
      for index in request.events.indices { request.events[index].id = .v7(at: now, using: &random) }
      let start = clock.now
      _ = try await log.append(request)
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
