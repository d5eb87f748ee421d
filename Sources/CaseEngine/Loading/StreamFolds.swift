import Domain
import Schema

/// A fold that can be fed from the log: it knows its own events among all.
protocol StreamFold: Fold {
  static func event(in event: DomainEvent) -> Event?
  /// Whether the last event of a stream holds the whole state.
  static var isWholeInLastEvent: Bool { get }
}

extension StreamFold {
  static var isWholeInLastEvent: Bool { false }
}

extension RepresentativeDecider: StreamFold {
  static func event(in event: DomainEvent) -> RepresentativeEvent.OneOf_Event? {
    if case .representative(let event) = event { event } else { nil }
  }
}

extension CredentialDecider: StreamFold {
  static func event(in event: DomainEvent) -> CredentialEvent.OneOf_Event? {
    if case .credential(let event) = event { event } else { nil }
  }
}

extension PackageDecider: StreamFold {
  static func event(in event: DomainEvent) -> PackageEvent.OneOf_Event? {
    if case .package(let event) = event { event } else { nil }
  }
}

extension ApplicationFold: StreamFold {
  static func event(in event: DomainEvent) -> ApplicationEvent.OneOf_Event? {
    if case .application(let event) = event { event } else { nil }
  }
}

extension DocumentRequestDecider: StreamFold {
  static func event(in event: DomainEvent) -> DocumentRequestEvent.OneOf_Event? {
    if case .documentRequest(let event) = event { event } else { nil }
  }
}

extension InboxDecider: StreamFold {
  static func event(in event: DomainEvent) -> InboxEvent.OneOf_Event? {
    if case .inbox(let event) = event { event } else { nil }
  }
}

extension ApplicationMessageDecider: StreamFold {
  static func event(in event: DomainEvent) -> ApplicationMessageEvent.OneOf_Event? {
    if case .applicationMessage(let event) = event { event } else { nil }
  }
}

extension ReservationDecider: StreamFold {
  static func event(in event: DomainEvent) -> ReservationEvent.OneOf_Event? {
    if case .reservation(let event) = event { event } else { nil }
  }
}

extension SequenceDecider: StreamFold {
  static func event(in event: DomainEvent) -> SequenceEvent.OneOf_Event? {
    if case .sequence(let event) = event { event } else { nil }
  }
  static var isWholeInLastEvent: Bool { true }
}
