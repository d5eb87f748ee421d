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
  case repeated(AppendReceipt)

  /// How a log lends what the rules look at: its own events, and those of the batch that is being written.
  typealias EventLookup = (Position) throws(EventStoreError) -> EventPlace?

  /// - Parameter heads: Those of the request's ``PreparedAppend/chains``, as they are.
  /// - Throws: `.conflict`, `.tooLate`, `.eventIDReused`, `.invalid(.idFromTheFuture)`
  init(
    _ request: PreparedAppend, heads: [Head?], wallTime: Timestamp, lastTime: Timestamp, eventAt: EventLookup
  ) throws(EventStoreError) {
    if let receipt = try Admission.repeatReceipt(of: request, heads: heads, lastTime: lastTime, eventAt: eventAt) {
      self = .repeated(receipt)
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

  /// The receipt of the append that stored these events already; `nil` if they are new.
  ///
  /// No index of ids is needed: an event is never stored before its id was made, so it can only be among the events of
  /// its stream whose log time is not before the time in its id.
  private static func repeatReceipt(
    of request: PreparedAppend, heads: [Head?], lastTime: Timestamp, eventAt: EventLookup
  ) throws(EventStoreError) -> AppendReceipt? {
    let first = request.events[0]
    guard first.id.v7Time <= lastTime else { return nil }
    var position = heads[request.stream(of: first)]?.position
    while let candidate = position {
      guard let place = try eventAt(candidate), place.logTime >= first.id.v7Time else { return nil }
      if place.id == first.id { return try receipt(of: request, storedAt: candidate, eventAt: eventAt) }
      position = place.previousInStream
    }
    return nil
  }

  private static func receipt(
    of request: PreparedAppend, storedAt first: Position, eventAt: EventLookup
  ) throws(EventStoreError) -> AppendReceipt {
    var revisions: [StreamID: Revision] = [:]
    var position = first
    var time = Timestamp(microseconds: 0)
    for (offset, event) in request.events.enumerated() {
      if offset > 0 { position = position.next }
      guard let place = try eventAt(position), place.id == event.id, place.stream.name == request.chains[request.stream(of: event)].name else {
        throw .eventIDReused(request.events[0].id, at: first)
      }
      revisions[place.stream] = place.revision
      time = place.logTime
    }
    return AppendReceipt(first: first, last: position, time: time, revisions: revisions, isRepeat: true)
  }
}
