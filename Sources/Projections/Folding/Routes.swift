import Domain
import EventStore

/// How much of an event a projection needs.
public enum Need: Comparable, Sendable {
  /// To know that it happened: the event comes with nothing in it, and its payload is neither read nor checked.
  case occurrence
  /// What anyone may read.
  case clear
  /// Its personal data, too, sealed as it stands there.
  case sealed
}

/// What is to be done with the events of a type.
final class Route: Sendable {
  /// Its place in ``Routes/routes``: the same for the same projections.
  let number: Int
  let type: EventTypeName
  /// The projections that handle it: one bit for each.
  let takers: UInt64
  /// What is enough for all of them.
  let need: Need
  let reader: EventReader

  /// - Returns: `nil` if this build does not know the type.
  init?(_ number: Int, _ type: EventTypeName, _ projections: [any Projection.Type]) {
    guard let reader = try? EventCodec().reader(of: type.name) else { return nil }
    let needs = projections.map { $0.handles[type] }
    self.number = number
    self.type = type
    takers = needs.indices.reduce(0) { $0 | (needs[$1] == nil ? 0 : 1 << UInt64($1)) }
    need = needs.compactMap(\.self).max() ?? .occurrence
    self.reader = reader
  }
}

/// What becomes of the events of each type of a log: looked up by name at the first event of a type, by number from then on,
/// before anything of an event is decoded.
struct Routes {
  enum Destination {
    case nobody
    case folds(Route)
    /// This build does not know the type. It stands in the way where some projection reads the kind of stream.
    case unknown
  }

  /// Those of all types that some projection handles.
  let routes: [Route]
  /// By type number.
  private var destinations: [Destination?] = []

  init(_ projections: [any Projection.Type]) {
    let handled = projections.reduce(into: Set<EventTypeName>()) { $0.formUnion($1.handles.keys) }
    routes = handled.sorted().reduce(into: []) { routes, type in
      if let route = Route(routes.count, type, projections) { routes.append(route) }
    }
  }

  mutating func destination(of event: borrowing EventView) -> Destination {
    let number = Int(event.typeNumber)
    if number < destinations.count, let destination = destinations[number] { return destination }
    let destination = destination(of: event.type)
    destinations += Array(repeating: nil, count: max(0, number + 1 - destinations.count))
    destinations[number] = destination
    return destination
  }

  private func destination(of type: EventTypeName) -> Destination {
    if let route = routes.first(where: { $0.type == type }) { return .folds(route) }
    return (try? EventCodec().reader(of: type.name)) == nil ? .unknown : .nobody
  }
}
