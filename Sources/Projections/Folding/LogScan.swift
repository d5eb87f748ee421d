import EventStore
import Domain

/// Reads the log for some projections, once for all of them: finds the events they handle, and decodes no others.
struct LogScan {
  private let streams: Set<StreamKind>
  private var routes: Routes

  init(_ projections: [any Projection.Type]) {
    streams = projections.reduce(into: []) { $0.formUnion($1.streams) }
    routes = Routes(projections)
  }

  /// Hands over what `query` asks for, up to the end or to an event that stands in the way.
  /// - Returns: The last position that was looked at and needs no second look, and what stood in the way.
  mutating func run(
    _ log: any EventLog, _ query: EventQuery, _ body: (consuming FoldEvent) throws(ProjectionError) -> Void
  ) -> (last: Position?, stop: ProjectionError?) {
    var query = query
    query.part = .header
    var at: Position?
    do throws(ProjectionError) {
      let last = try log.fold(query) { (record) throws(ProjectionError) in
        at = record.position
        if let event = try event(in: record) { try body(event) }
      }
      return (last, nil)
    } catch {
      return (at?.previous, error)
    }
  }

  /// - Returns: `nil` if nobody takes it.
  private mutating func event(in record: borrowing EventView) throws(ProjectionError) -> FoldEvent? {
    switch routes.destination(of: record) {
    case .nobody: return nil
    case .unknown:
      guard record.isIn(streams) else { return nil }
      throw .unknownEventType(record.type, at: record.position)
    case .folds(let fold):
      guard let account = record.account else {
        throw .cannotFold(record.type, at: record.position, reason: "it has no tag that says which account it concerns")
      }
      return fold.need > .occurrence ? FoldEvent(try record.checked(), of: account, fold) : FoldEvent(record, of: account, fold)
    }
  }
}
