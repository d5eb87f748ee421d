import EventStore
import Foundation

/// One projection at work on one store: it takes events in the order of the log, each once.
struct ProjectionFold<P: Projection, Store: RowStore & ~Copyable>: ~Copyable {
  private let projection = P()
  var rows: StagedRows<Store>
  private(set) var faults: Faults
  /// How many events have been folded, from the log's first on.
  private(set) var folded: UInt64

  init(into store: consuming Store, folded: UInt64 = 0, faults: Faults = Faults()) {
    rows = StagedRows(store)
    self.folded = folded
    self.faults = faults
  }

  /// Folds an event of a type that the projection handles. One that cannot be folded changes nothing, and from there on
  /// the rows of its account stay as they are.
  /// - Throws: `.cannotFold` for an event that concerns no account, `.storage`.
  mutating func take(_ event: borrowing EventView) throws(ProjectionError) {
    guard let account = event.account else {
      throw .cannotFold(event.type, at: event.position, reason: "it has no tag that says which account it concerns")
    }
    guard faults.quarantined.isEmpty || faults.quarantined[account] == nil else { return }
    do throws(ProjectionError) {
      try projection.apply(event, of: account, to: &rows)
    } catch {
      rows.forget()
      if case .storage = error { throw error }
      faults.quarantined[account] = Fault(position: event.position, reason: error.description)
      return
    }
    try rows.apply()
    folded += 1
  }

  /// Folds what `query` asks for, up to the end or to an event that stands in the way.
  /// - Returns: The last position that was looked at and needs no second look, and what stood in the way.
  mutating func scan(_ log: any EventLog, _ query: EventQuery, _ routes: Routes) -> (last: Position?, stop: ProjectionError?) {
    var at: Position?
    do throws(ProjectionError) {
      let last = try log.fold(query) { (event) throws(ProjectionError) in
        at = event.position
        switch routes.destination(of: event) {
        case .nobody: break
        case .folds: try take(event)
        case .unknown: throw .unknownEventType(event.type, at: event.position)
        }
      }
      return (last, nil)
    } catch {
      return (at?.previous, error)
    }
  }
}
