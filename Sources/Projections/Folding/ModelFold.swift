import EventStore
import Foundation

/// One projection at work: it takes events in the order of the log, each once.
struct ModelFold {
  private let projection: any Projection
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
  mutating func take(_ event: FoldEvent) throws(ProjectionError) {
    guard faults.quarantined.isEmpty || faults.quarantined[event.account] == nil else { return }
    do throws(ProjectionError) {
      if let fault = event.fault { throw fault }
      try projection.apply(event, to: &rows)
      folded += 1
    } catch {
      if case .storage = error { throw error }
      faults.quarantined[event.account] = Fault(position: event.position, reason: error.description)
    }
  }
}
