import Domain
import EventStore

/// What becomes of the events of each type of a log: looked up by name at the first event of a type, by number from then on,
/// before anything of an event is decoded.
struct Routes {
  enum Destination {
    case nobody
    case folds(Fold)
    /// This build does not know the type. It stands in the way where some projection reads the kind of stream.
    case unknown
  }

  /// What is to be done with an event.
  final class Fold {
    /// One bit for each projection.
    let projections: UInt64
    let reader: EventReader
    /// Whether somebody needs what is in the event.
    let isRead: Bool

    init(_ projections: UInt64, _ reader: EventReader, isRead: Bool) {
      self.projections = projections
      self.reader = reader
      self.isRead = isRead
    }
  }

  private let projections: [any Projection.Type]
  /// By type number.
  private var destinations: [Destination?] = []

  init(_ projections: [any Projection.Type]) { self.projections = projections }

  mutating func destination(of event: borrowing EventView) -> Destination {
    let number = Int(event.typeNumber)
    if number < destinations.count, let destination = destinations[number] { return destination }
    let destination = destination(of: event.type)
    destinations += Array(repeating: nil, count: max(0, number + 1 - destinations.count))
    destinations[number] = destination
    return destination
  }

  private func destination(of type: EventTypeName) -> Destination {
    guard let reader = try? EventCodec().reader(of: type.name) else { return .unknown }
    let takers = projections.indices.filter { projections[$0].handles.contains(type) }
    guard !takers.isEmpty else { return .nobody }
    let isRead = takers.contains { !projections[$0].handlesBlank.contains(type) }
    return .folds(Fold(takers.reduce(0) { $0 | 1 << UInt64($1) }, reader, isRead: isRead))
  }
}
