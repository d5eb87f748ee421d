import Domain
import EventStore
import Foundation
import Schema

/// An event as projections take it: what happened, whose account it concerns, and where it stands in the log.
public struct FoldEvent: Sendable {
  /// Without personal data; with nothing in it if that is what was asked for.
  public let event: DomainEvent
  /// The personal data as it stands in the event; `nil` if there is none, or nobody said that it is needed.
  public let sealed: Sealed?
  /// Why the event cannot be read; `nil` if it can.
  let fault: ProjectionError?
  let route: Route
  private let head: EventHead

  init(_ record: borrowing FoldRecord) {
    (head, route) = (record.head, record.route)
    guard route.need > .occurrence else {
      (event, sealed, fault) = (route.reader.blank, nil, nil)
      return
    }
    sealed = record.sealedData
    do throws(WireError) {
      (event, fault) = (try route.reader.read(record.clear), nil)
    } catch {
      event = route.reader.blank
      fault = .cannotFold(route.type, at: record.head.position, reason: error.description)
    }
  }

  public var account: UUID { head.account }
  public var position: Position { head.position }
  /// The time that counts.
  public var time: Timestamp { head.time }

  /// The identifier in the name of the event's stream: that of the package in `pkg-…`.
  public func streamID() throws(ProjectionError) -> UUID {
    guard let stream = head.stream else { throw contradiction("its stream is not named by an identifier") }
    return stream
  }

  /// The history contradicts itself: something happened to what is not there.
  func contradiction(_ reason: String) -> ProjectionError { .cannotFold(route.type, at: position, reason: reason) }

  /// An identifier out of the event.
  func identifier(_ bytes: Data) throws(ProjectionError) -> UUID {
    guard let id = UUID(bytes) else { throw contradiction("an identifier has \(bytes.count) bytes") }
    return id
  }
}
