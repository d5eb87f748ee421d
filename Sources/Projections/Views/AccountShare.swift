import EventStore
import Synchronization

/// The folds of one share of the accounts.
final class AccountShare: Sendable {
  private let number: Int
  private let routes: Routes
  private let folds: Mutex<[ModelFold]>

  init(_ number: Int, _ projections: [any Projection.Type]) {
    self.number = number
    routes = Routes(projections)
    folds = Mutex(projections.map { ModelFold($0) })
  }

  /// How much its rows take in memory, roughly.
  var byteCount: Int { folds.withLock { $0.reduce(0) { $0 + $1.rows.byteCount } } }

  /// Folds what the parts, in their order, have of this share.
  func fold(_ parts: [StretchPart]) throws(ProjectionError) {
    try folds.withLock { (folds) throws(ProjectionError) in
      for part in parts {
        try part.take(share: number) { (events) throws(ProjectionError) in
          try events.forEach(routes) { (record) throws(ProjectionError) in
            let event = FoldEvent(record)
            for index in folds.indices where event.route.takers & 1 << UInt64(index) != 0 { try folds[index].take(event) }
          }
        }
      }
    }
  }

  /// What a projection has to store of this share.
  struct Pending: Sendable {
    let rows: [EncodedRow]
    let folded: UInt64
    let faults: Faults
  }

  /// - Parameter stores: Where it is going to be stored, for each projection: what lies underneath from then on.
  func drain(into stores: [ViewStore]) throws(ProjectionError) -> [Pending] {
    try folds.withLock { (folds) throws(ProjectionError) in
      var pending: [Pending] = []
      for (index, store) in stores.enumerated() {
        let rows = try folds[index].rows.drain(into: store)
        pending.append(Pending(rows: rows, folded: folds[index].folded, faults: folds[index].faults))
      }
      return pending
    }
  }
}
