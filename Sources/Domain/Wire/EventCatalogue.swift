import Schema

/// Every event type there is, by its stored name. The list itself is generated from the `.proto` files.
public enum EventCatalogue {
  public static var all: [EventType] { EventType.all }

  /// - Returns: `nil` if this build does not know the type.
  public static func entry(named name: String) -> EventType? { byName[name] }

  private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })
}
