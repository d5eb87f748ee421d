import EventStore
import Foundation

/// A bank of lockers: a stream for each of them.
struct LockerBank {
  let log: any EventLog

  private func stream(_ number: Int) -> StreamID { StreamID("locker-\(number)") }
  private func tag(_ parcel: Int) -> Tag { Tag("parcel:\(parcel)") }

  /// A locker, and what must still be so when something is appended to it.
  private func load(_ number: Int) throws -> (locker: Locker, unchanged: Expectation) {
    var locker = Locker.empty
    var unchanged = Expectation.noStream
    try log.forEach(EventQuery(.stream(stream(number)))) { event in
      locker = locker.after(try LockerEvent(StoredEvent(event)))
      unchanged = .revision(event.revision)
    }
    return (locker, unchanged)
  }

  private func new(_ events: [LockerEvent], in number: Int, _ origin: Origin) throws -> [NewEvent] {
    try events.map { event in
      NewEvent(
        id: .v7(at: .now()), stream: stream(number), type: event.type, tags: event.parcel.map { [tag($0)] } ?? [],
        origin: origin, payload: try event.payload())
    }
  }
}

extension LockerBank {
  func locker(_ number: Int) throws -> Locker { try load(number).locker }

  @discardableResult
  func perform(_ command: LockerCommand, in number: Int, by actor: Actor) async throws -> AppendReceipt {
    try await append {
      let (locker, unchanged) = try load(number)
      let events = try new(try locker.decide(command), in: number, Origin(command: UUID(), actor: actor))
      return AppendRequest(events, expecting: [stream(number): unchanged])
    }
  }

  /// Both happens, or neither: nobody ever sees the parcel in two lockers, or in none.
  @discardableResult
  func move(_ parcel: Int, from first: Int, to second: Int, by actor: Actor) async throws -> AppendReceipt {
    try await append {
      let origin = Origin(command: UUID(), actor: actor)
      let (source, target) = (try load(first), try load(second))
      let collected = try new(try source.locker.decide(.collect(parcel: parcel)), in: first, origin)
      let stored = try new(try target.locker.decide(.store(parcel: parcel)), in: second, origin)
      return AppendRequest(
        collected + stored, expecting: [stream(first): source.unchanged, stream(second): target.unchanged])
    }
  }

  /// Somebody else may be faster. Then the log says so, nothing was stored, and we decide again.
  private func append(_ decide: () throws -> AppendRequest) async throws -> AppendReceipt {
    while true {
      do {
        return try await log.append(decide())
      } catch EventStoreError.conflict {
        continue
      }
    }
  }
}

extension LockerBank {
  /// Where a parcel has been, oldest first.
  func history(ofParcel parcel: Int) throws -> [(time: Timestamp, locker: StreamID, event: LockerEvent)] {
    try log.events(EventQuery(.tag(tag(parcel)))).map { event in
      (event.logTime, event.stream, try LockerEvent(event))
    }
  }
}
