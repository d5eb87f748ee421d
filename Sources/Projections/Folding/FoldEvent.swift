import Domain
import EventStore
import Foundation
import Schema

/// How much of an event a projection needs.
public enum Need: Comparable, Sendable {
  /// To know that it happened: the event comes with nothing in it, and its payload is neither read nor checked.
  case occurrence
  /// What anyone may read.
  case clear
  /// Its personal data, too, sealed as it stands there.
  case sealed
}

/// An event as projections take it: what happened, whose account it concerns, and where it stands in the log.
public struct FoldEvent: Sendable {
  /// Without personal data; with nothing in it if that is what was asked for.
  public let event: DomainEvent
  public let account: UUID
  public let position: Position
  /// The time that counts.
  public let time: Timestamp
  private let stream: UUID?
  private let detail: Detail?
  /// Which projections it is for: one bit for each.
  let takers: UInt64

  /// What few events have.
  private indirect enum Detail {
    case sealed(Sealed)
    case unreadable(ProjectionError)
  }

  /// - Parameter event: What was read of the event, or why it cannot be read.
  init(_ record: borrowing EventView, of account: UUID, _ fold: Routes.Fold) {
    self.account = account
    position = record.position
    time = record.logTime
    stream = record.streamID
    takers = fold.takers
    guard fold.need > .occurrence else {
      (event, detail) = (fold.reader.blank, nil)
      return
    }
    do throws(WireError) {
      event = try fold.reader.read(record.payload)
      detail = fold.need == .sealed ? record.sealed.map(Detail.sealed) : nil
    } catch {
      event = fold.reader.blank
      detail = .unreadable(.cannotFold(record.type, at: record.position, reason: error.description))
    }
  }

  /// The identifier in the name of the event's stream: that of the package in `pkg-…`.
  public func streamID() throws(ProjectionError) -> UUID {
    guard let stream else { throw contradiction("its stream is not named by an identifier") }
    return stream
  }

  /// The personal data as it stands in the event; `nil` if there is none, or nobody said that it is needed.
  public var sealed: Sealed? { if case .sealed(let sealed) = detail { sealed } else { nil } }

  /// Why the event cannot be read; `nil` if it can.
  var fault: ProjectionError? { if case .unreadable(let error) = detail { error } else { nil } }

  /// The history contradicts itself: something happened to what is not there.
  func contradiction(_ reason: String) -> ProjectionError {
    .cannotFold(EventTypeName(type(of: event.message).protoMessageName), at: position, reason: reason)
  }

  /// An identifier out of the event.
  func identifier(_ bytes: Data) throws(ProjectionError) -> UUID {
    guard let id = UUID(bytes) else { throw contradiction("an identifier has \(bytes.count) bytes") }
    return id
  }
}
