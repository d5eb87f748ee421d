extension Catalogue {
  /// The Swift source.
  var swift: String {
    """
    // Made by scripts/generate from the .proto files. Do not edit.
    import SwiftProtobuf

    /// The kinds of streams. The raw value is what the names of the streams begin with; it is frozen.
    public enum StreamKind: String, Hashable, Sendable, CaseIterable {
    \(lines(streams) { "  case \($0.word) = \"\($0.prefix)\"" })
    }

    /// Any event of the product, by the kind of stream it belongs to.
    public enum DomainEvent: Equatable, Sendable {
    \(lines(streams) { "  case \($0.word)(\($0.union))" })

      /// The kind of stream that the event belongs to.
      public var streamKind: StreamKind {
        switch self {
    \(lines(streams) { "    case .\($0.word): .\($0.word)" })
        }
      }

      /// The message that the log stores.
      public var message: any EventMessage {
        switch self {
    \(lines(events) { "    case .\($0.0.word)(.\($0.1.word)(let message)): message" })
        }
      }
    }

    extension EventType {
      /// Every event type there is.
      public static let all: [EventType] = [
    \(lines(events) { "    EventType(\($0.1.message).self, in: .\($0.0.word)) { .\($0.0.word)(.\($0.1.word)($0)) }," })
      ]
    }

    \(lines(events) { "extension \($0.1.message): \($0.1.isPersonal ? "PersonalEventMessage" : "EventMessage") {}" })

    \(streams.map(union).joined(separator: "\n"))
    """
  }

  private var events: [(Stream, Event)] { streams.flatMap { stream in stream.events.map { (stream, $0) } } }

  private func lines<Item>(_ items: [Item], _ line: (Item) -> String) -> String { items.map(line).joined(separator: "\n") }

  private func union(_ stream: Stream) -> String {
    """
    extension \(stream.union): StreamEvents {
      public static var kind: StreamKind { .\(stream.word) }
      public static var types: [any EventMessage.Type] { [\(stream.events.map { "\($0.message).self" }.joined(separator: ", "))] }
      public var event: DomainEvent { .\(stream.word)(self) }
      public init?(_ event: DomainEvent) {
        guard case .\(stream.word)(let event) = event else { return nil }
        self = event
      }
    }

    """
  }
}
