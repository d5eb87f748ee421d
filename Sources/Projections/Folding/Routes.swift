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
    /// The projections that handle it: one bit for each.
    let takers: UInt64
    /// What is enough for all of them.
    let need: Need
    let reader: EventReader

    init(_ takers: UInt64, _ need: Need, _ reader: EventReader) {
      self.takers = takers
      self.need = need
      self.reader = reader
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
    let needs = projections.map { $0.handles[type] }
    guard let need = needs.compactMap(\.self).max() else { return .nobody }
    let takers = needs.indices.reduce(UInt64(0)) { $0 | (needs[$1] == nil ? 0 : 1 << UInt64($1)) }
    return .folds(Fold(takers, need, reader))
  }
}
