import EventStore
import Foundation
import LMDB
import Schema

/// What folds need of an event's header.
struct EventHead {
  let account: UUID
  let position: Position
  let time: Timestamp
  /// The identifier in the name of the stream; `nil` if there is none.
  let stream: UUID?
  let id: UUID
  /// Whose personal data is sealed in it; `nil` if there is none.
  let subject: UUID?

  init(_ record: borrowing EventView, of account: UUID) {
    self.account = account
    position = record.position
    time = record.logTime
    stream = record.streamID
    id = record.id
    subject = record.sealedSubject
  }
}

/// An event that somebody folds, before it is decoded, with as much of its payload as is needed.
struct FoldRecord: ~Copyable, ~Escapable {
  let head: EventHead
  let route: Route
  let clear: RawSpan
  let sealed: RawSpan

  @_lifetime(copy clear, copy sealed)
  init(_ head: EventHead, _ route: Route, clear: RawSpan, sealed: RawSpan) {
    self.head = head
    self.route = route
    self.clear = clear
    self.sealed = sealed
  }

  /// The personal data, with what it takes to open it; `nil` if there is none.
  var sealedData: Sealed? {
    guard route.need == .sealed, let subject = head.subject else { return nil }
    let bytes = Data([UInt8](sealed))
    return .with {
      $0.subjectID = subject.data
      $0.eventID = head.id.data
      $0.eventType = route.type.name
      $0.ciphertext = bytes
    }
  }
}

/// Events that wait to be folded, in their order: copied out of the log, and not decoded yet.
struct PackedEvents {
  private struct Entry {
    let head: EventHead
    let route: Int
    let clearCount: Int
    let sealedCount: Int
  }

  private var entries: [Entry] = []
  private var payloads: [UInt8] = []

  mutating func append(_ record: borrowing FoldRecord) {
    entries.append(
      Entry(
        head: record.head, route: record.route.number, clearCount: record.clear.byteCount,
        sealedCount: record.sealed.byteCount))
    payloads.append(record.clear)
    payloads.append(record.sealed)
  }

  /// - Parameter routes: Those of the projections for which the events were read.
  func forEach(
    _ routes: Routes, _ body: (borrowing FoldRecord) throws(ProjectionError) -> Void
  ) throws(ProjectionError) {
    let payloads = payloads.span.raw
    var offset = 0
    for entry in entries {
      let middle = offset + entry.clearCount
      let end = middle + entry.sealedCount
      try body(
        FoldRecord(
          entry.head, routes.routes[entry.route], clear: payloads.extracting(offset..<middle),
          sealed: payloads.extracting(middle..<end)))
      offset = end
    }
  }

  /// Room for others.
  mutating func removeAll() {
    entries.removeAll(keepingCapacity: true)
    payloads.removeAll(keepingCapacity: true)
  }
}
