import Domain
import EventStore
import Schema
import Synchronization

/// Folds streams into the states that rules need, and remembers what it folded: the next time only newer events are read.
final class StreamLoader: Sendable {
  /// A state, and the revision it stands at; `nil` for a stream without events.
  struct Loaded<State: Sendable>: Sendable {
    var state: State
    var revision: Revision?
  }

  private struct Remembered {
    let position: Position
    let revision: Revision
    let state: any Sendable
  }

  private static let limit = 20_000
  private let log: any EventLog
  private let remembered = Mutex<[StreamID: Remembered]>([:])

  init(log: any EventLog) { self.log = log }

  func load<F: EventStream>(_ fold: F.Type, _ name: String) throws(EngineError) -> Loaded<F.State> {
    let stream = StreamID(name)
    guard let head = try engine({ () throws(EventStoreError) in try log.head(of: stream) }) else {
      return Loaded(state: F.initialState, revision: nil)
    }
    let known = remembered.withLock { $0[stream] }
    if let known, known.revision == head.revision, let state = known.state as? F.State {
      return Loaded(state: state, revision: head.revision)
    }
    let state = try self.fold(stream, upTo: head, from: known, as: F.self)
    remembered.withLock { remembered in
      if remembered.count >= Self.limit { remembered.removeAll() }
      remembered[stream] = Remembered(position: head.position, revision: head.revision, state: state)
    }
    return Loaded(state: state, revision: head.revision)
  }

  private func fold<F: EventStream>(
    _ stream: StreamID, upTo head: Head, from known: Remembered?, as fold: F.Type
  ) throws(EngineError) -> F.State {
    var state = F.initialState
    var query = EventQuery(.stream(stream), upTo: head.position)
    if F.isWholeInLastEvent {
      query.direction = .backwards
      query.limit = 1
    } else if let known, known.revision < head.revision, let earlier = known.state as? F.State {
      state = earlier
      query.start = .position(known.position.next)
    }
    for stored in try engine({ () throws(EventStoreError) in try log.events(query) }) {
      guard let event = F.Event(try stored.decoded()) else { continue }
      state = F.evolve(state, with: event, at: Instant(stored.logTime))
    }
    return state
  }
}

extension StoredEvent {
  /// The event without its personal data.
  func decoded() throws(EngineError) -> DomainEvent {
    do throws(WireError) {
      return try EventCodec().decode(type: type.name, payload: payload)
    } catch {
      throw .unreadable(position, error)
    }
  }
}

extension Instant {
  init(_ time: Timestamp) { self.init(microseconds: time.microseconds) }
}

extension Timestamp {
  init(_ instant: Instant) { self.init(microseconds: instant.microseconds) }
}
