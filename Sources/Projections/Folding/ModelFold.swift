import Domain
import EventStore
import Foundation

/// One projection at work: it takes events in the order of the log, each once.
struct ModelFold {
  let projection: any Projection
  var rows: WorkingRows
  private(set) var faults: Faults
  /// How many events have been folded, from the log's first on.
  private(set) var folded: UInt64

  init(_ projection: any Projection.Type, over base: ViewStore? = nil, folded: UInt64 = 0, faults: Faults = Faults()) {
    self.projection = projection.init()
    rows = WorkingRows(over: base)
    self.folded = folded
    self.faults = faults
  }

  /// Folds an event of a type that the projection handles. One that cannot be folded changes nothing, and from there on
  /// the rows of its account stay as they are.
  /// - Throws: `.storage`.
  mutating func take(
    _ event: DomainEvent, in record: borrowing EventView, of account: UUID
  ) throws(ProjectionError) {
    guard faults.quarantined.isEmpty || faults.quarantined[account] == nil else { return }
    do throws(ProjectionError) {
      try projection.apply(event, in: record, of: account, to: &rows)
      rows.keep()
      folded += 1
    } catch {
      rows.undo()
      if case .storage = error { throw error }
      quarantine(account, at: record.position, error)
    }
  }

  /// The event at `position` is none, or contradicts those before it.
  mutating func quarantine(_ account: UUID, at position: Position, _ error: ProjectionError) {
    guard faults.quarantined[account] == nil else { return }
    faults.quarantined[account] = Fault(position: position, reason: error.description)
  }
}
