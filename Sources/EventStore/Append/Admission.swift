import Foundation

/// Where an event stands, as far as a repeated append has to know it.
struct EventPlace {
  let id: UUID
  let logTime: Timestamp
  let stream: StreamID
  let revision: Revision
  let previousInStream: Position?

  init(_ event: borrowing EventView) {
    id = event.id
    logTime = event.logTime
    stream = event.stream
    revision = event.revision
    previousInStream = event.previousInStream
  }
}

/// The rules of an append, the same for every log.
enum Admission {
  case write(time: Timestamp)
  case repeated(Placement)

  /// How a log lends what the rules look at: its own events, and those of the batch that is being written.
  typealias EventLookup = (Position) throws(EventStoreError) -> EventPlace?

  /// - Parameters:
  ///   - heads: Those of the request's ``PreparedAppend/chains``, as they are.
  ///   - mayBeStored: `false` for an id that no event has. The log need not know it of all.
  /// - Throws: `.conflict`, `.tooLate`, `.eventIDReused`, `.invalid(.idFromTheFuture)`
  init(
    _ request: PreparedAppend, heads: [Head?], wallTime: Timestamp, lastTime: Timestamp, mayBeStored: (UUID) -> Bool,
    eventAt: EventLookup
  ) throws(EventStoreError) {
    let suspects = request.events.indices.filter { request.events[$0].id.v7Time <= lastTime && mayBeStored(request.events[$0].id) }
    if !suspects.isEmpty, let placement = try Admission.earlier(request, suspects, heads: heads, eventAt: eventAt) {
      self = .repeated(placement)
      return
    }
    let time = max(wallTime, lastTime)
    if let limit = request.notAfter, time > limit { throw .tooLate(limit: limit, logTime: time) }
    if request.latestID.time > time { throw .invalid(.idFromTheFuture(index: request.latestID.index)) }
    for (chain, stream, expectation) in request.expectations {
      let actual = heads[chain]?.revision
      guard expectation.accepts(actual) else {
        throw .conflict(stream: stream, expected: expectation, actual: actual)
      }
    }
    self = .write(time: time)
  }

  /// Where an earlier append stored these events already; `nil` if they are new.
  ///
  /// No index of ids is needed: an event is never stored before its id was made, so it can only be among the events of
  /// its stream whose log time is not before the time in its id.
  /// - Parameter suspects: The indices of the events that may be stored.
  /// - Throws: `.eventIDReused` if one of them, but not the first, is in its stream.
  private static func earlier(
    _ request: PreparedAppend, _ suspects: [Int], heads: [Head?], eventAt: EventLookup
  ) throws(EventStoreError) -> Placement? {
    var stored: [Int: Position] = [:]
    for (stream, numbers) in Dictionary(grouping: suspects, by: { request.stream(of: $0) }) {
      let ids = Dictionary(uniqueKeysWithValues: numbers.map { (request.events[$0].id, $0) })
      let made = ids.keys.map(\.v7Time).min()
      var position = heads[stream]?.position
      while let candidate = position, let made, let place = try eventAt(candidate), place.logTime >= made {
        if let number = ids[place.id] { stored[number] = candidate }
        position = place.previousInStream
      }
    }
    if let first = stored[0] { return try earlier(request, storedAt: first, eventAt: eventAt) }
    if let (number, position) = stored.min(by: { $0.key < $1.key }) { throw .eventIDReused(request.events[number].id, at: position) }
    return nil
  }

  private static func earlier(
    _ request: PreparedAppend, storedAt first: Position, eventAt: EventLookup
  ) throws(EventStoreError) -> Placement {
    var heads = [Head?](repeating: nil, count: request.writtenCount)
    var position = first
    var time = Timestamp(microseconds: 0)
    let id = request.events[0].id
    for number in request.events.indices {
      if number > 0 { position = position.next }
      let stream = request.stream(of: number)
      guard let place = try eventAt(position), place.id == request.events[number].id, place.stream.name == request.chains[stream].name
      else { throw .eventIDReused(id, at: first) }
      heads[stream] = Head(position: position, count: place.revision.rawValue + 1)
      time = place.logTime
    }
    return Placement(first: first, last: position, time: time, heads: heads, isRepeat: true)
  }
}

/// Where the events of an append came to stand.
struct Placement: Sendable {
  let first: Position
  let last: Position
  let time: Timestamp
  /// Of the append's ``PreparedAppend/chains``, its streams at least: the heads after it.
  let heads: [Head?]
  let isRepeat: Bool
}

extension AppendReceipt {
  init(_ placement: Placement, of append: PreparedAppend) {
    var revisions: [StreamRevision] = []
    for (chain, head) in zip(append.chains[..<append.writtenCount], placement.heads) where chain.kind == .stream {
      if let head { revisions.append(StreamRevision(StreamID(unchecked: chain.name), head.revision)) }
    }
    self.init(
      first: placement.first, last: placement.last, time: placement.time, revisions: revisions, isRepeat: placement.isRepeat)
  }
}
