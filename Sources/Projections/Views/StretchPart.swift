import EventStore
import Synchronization

/// One part of a stretch of the log at a time: what was read before is folded while the next one is read.
final class StretchPart: Sendable {
  private struct Reading {
    var scan: LogScan
    /// By the share that their account falls to.
    var events: [PackedEvents]
  }

  private let reading: Mutex<Reading>
  /// What was read before.
  private let ready: Mutex<[PackedEvents]>

  init(_ projections: [any Projection.Type], shares: Int) {
    let events = Array(repeating: PackedEvents(), count: shares)
    reading = Mutex(Reading(scan: LogScan(projections), events: events))
    ready = Mutex(events)
  }

  /// Reads what stands at `range`.
  /// - Throws: What stands in the way.
  func read(_ log: any EventLog, _ range: ClosedRange<Position>) throws(ProjectionError) {
    let query = EventQuery(.all, from: .position(range.lowerBound), upTo: range.upperBound)
    let stop = reading.withLock { reading in
      let shares = UInt64(reading.events.count)
      return reading.scan.run(log, query) { event in
        reading.events[Int(event.head.account.low % shares)].append(event)
      }.stop
    }
    if let stop { throw stop }
  }

  /// What was read is ready to be folded, and what was folded makes room.
  func handOver() {
    reading.withLock { reading in ready.withLock { swap(&reading.events, &$0) } }
  }

  /// Lends the events of a share, once.
  func take(share: Int, _ body: (PackedEvents) throws(ProjectionError) -> Void) throws(ProjectionError) {
    var events = PackedEvents()
    ready.withLock { swap(&events, &$0[share]) }
    try body(events)
    events.removeAll()
    ready.withLock { swap(&events, &$0[share]) }
  }
}
