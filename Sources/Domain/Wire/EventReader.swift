import Foundation
import Schema

/// Reads the events of one stored type, old or new. Finding it takes as long as reading some events: keep it for all of its
/// type.
public final class EventReader: Sendable {
  private let type: String
  private let upcasters: [Upcaster]
  private let entry: EventType

  init(of type: String, _ upcasters: [Upcaster], _ entry: EventType) {
    self.type = type
    self.upcasters = upcasters
    self.entry = entry
  }

  /// The kind of streams that the events stand in.
  public var stream: StreamKind { entry.stream }

  /// An event with nothing in it, for who needs no more than to know what happened.
  public var blank: DomainEvent { entry.blank }

  /// The event without its personal data, as folds read it.
  public func read(_ clear: RawSpan) throws(WireError) -> DomainEvent { try read(clear, personal: nil) }

  /// - Parameter personal: The opened personal part; `nil` if there is none, or it is not to be seen.
  func read(_ clear: RawSpan, personal: Data?) throws(WireError) -> DomainEvent {
    do {
      guard let first = upcasters.first else { return try entry.decode(clear, personal) }
      let current = try upcasters.dropFirst().reduce(try first.clear(clear)) { try $1.clear($0.bytes) }
      return try entry.decode(current.bytes, try personal.map(currentPersonal))
    } catch {
      throw .malformed(type: type)
    }
  }

  /// The personal part as the type of today has it.
  func currentPersonal(_ personal: Data) throws(WireError) -> Data {
    do { return try upcasters.reduce(personal) { try $1.personal($0) } } catch { throw .malformed(type: type) }
  }
}
