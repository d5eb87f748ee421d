import Foundation
import SwiftProtobuf

/// A message that the log stores as an event. Its type name is the message's full name, frozen: `dossier.v1.AccountClosed`.
public protocol EventMessage: SwiftProtobuf.Message, Hashable {}

/// An event with personal data of one data subject, which is stored sealed and apart from the rest. A message is one because
/// it has a field `personal`; nobody has to say so.
public protocol PersonalEventMessage: EventMessage {
  associatedtype Personal: SwiftProtobuf.Message, Hashable
  var personal: Personal { get set }
  var hasPersonal: Bool { get }
  mutating func clearPersonal()
}

/// The events of one kind of stream.
public protocol StreamEvents: Equatable, Sendable {
  static var kind: StreamKind { get }
  /// The messages, in the order of the `.proto` file.
  static var types: [any EventMessage.Type] { get }
  var event: DomainEvent { get }
  /// `nil` for an event of another kind of stream.
  init?(_ event: DomainEvent)
}

/// One event type: where a stored name meets the message that reads it.
public struct EventType: Sendable {
  /// The frozen name, for example `dossier.v1.ApplicationSubmitted`.
  public let name: String
  public let stream: StreamKind
  public let isPersonal: Bool
  /// The event with nothing in it.
  public let blank: DomainEvent
  /// Reads the clear part and, if it is known, the opened personal part. Throws if the bytes are not such an event.
  public let decode: @Sendable (_ clear: RawSpan, _ personal: Data?) throws -> DomainEvent

  /// Bytes that are not such an event: a personal part where the type has none, or one that stands in the clear part.
  public struct Malformed: Error {}

  init<M: EventMessage>(_ message: M.Type, in stream: StreamKind, _ event: @escaping @Sendable (M) -> DomainEvent) {
    (name, self.stream, isPersonal, blank) = (M.protoMessageName, stream, false, event(M()))
    decode = { clear, personal in
      guard personal == nil else { throw Malformed() }
      return event(try M(serializedBytes: clear))
    }
  }

  init<M: PersonalEventMessage>(_ message: M.Type, in stream: StreamKind, _ event: @escaping @Sendable (M) -> DomainEvent) {
    (name, self.stream, isPersonal, blank) = (M.protoMessageName, stream, true, event(M()))
    decode = { clear, personal in
      var message = try M(serializedBytes: clear)
      guard !message.hasPersonal else { throw Malformed() }
      if let personal { message.personal = try M.Personal(serializedBytes: personal) }
      return event(message)
    }
  }
}
