import Domain
import EventStore
import Schema

/// Reads the log for some projections, once for all of them: finds the events they handle, and looks into no others.
struct LogScan {
  private let streams: Set<StreamKind>
  private var routes: Routes

  init(_ projections: [any Projection.Type]) {
    streams = projections.reduce(into: []) { $0.formUnion($1.streams) }
    routes = Routes(projections)
  }

  /// Lends what `query` asks for, up to the end or to an event that stands in the way.
  /// - Returns: The last position that was looked at and needs no second look, and what stood in the way.
  mutating func run(
    _ log: any EventLog, _ query: EventQuery, _ body: (borrowing FoldRecord) throws(ProjectionError) -> Void
  ) -> (last: Position?, stop: ProjectionError?) {
    var query = query
    query.part = .header
    var at: Position?
    do throws(ProjectionError) {
      let last = try log.fold(query) { (event) throws(ProjectionError) in
        at = event.position
        try lend(event, body)
      }
      return (last, nil)
    } catch {
      return (at?.previous, error)
    }
  }

  private mutating func lend(
    _ event: borrowing EventView, _ body: (borrowing FoldRecord) throws(ProjectionError) -> Void
  ) throws(ProjectionError) {
    switch routes.destination(of: event) {
    case .nobody: return
    case .unknown: if event.isIn(streams) { throw .unknownEventType(event.type, at: event.position) }
    case .folds(let route):
      guard let account = event.account else {
        throw .cannotFold(event.type, at: event.position, reason: "it has no tag that says which account it concerns")
      }
      let head = EventHead(event, of: account)
      guard route.need > .occurrence else { return try body(FoldRecord(head, route, clear: RawSpan(), sealed: RawSpan())) }
      let whole = try event.checked()
      let sealed = route.need == .sealed ? whole.sealedBytes : RawSpan()
      try body(FoldRecord(head, route, clear: whole.payload, sealed: sealed))
    }
  }
}
