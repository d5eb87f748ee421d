import Domain
import EventStore

/// Which of several projections an event is for, judged by its type before anything of it is decoded.
struct Routes: Sendable {
  enum Destination: Equatable {
    case nobody
    /// One bit per projection.
    case folds(UInt64)
    /// Some projection reads the event's stream, and this build does not know its type.
    case unknown
  }

  private var folds: [EventTypeName: UInt64] = [:]
  private let streams: Set<StreamKind>

  init(_ projections: [any Projection.Type]) {
    streams = projections.reduce(into: []) { $0.formUnion($1.streams) }
    for type in Set<EventTypeName>.known { folds[type] = 0 }
    for (index, projection) in projections.enumerated() {
      for type in projection.handles { folds[type, default: 0] |= 1 << UInt64(index) }
    }
  }

  func destination(of event: borrowing EventView) -> Destination {
    if let folds = folds[event.type] { return folds == 0 ? .nobody : .folds(folds) }
    return event.isIn(streams) ? .unknown : .nobody
  }
}
