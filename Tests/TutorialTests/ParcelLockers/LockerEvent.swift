import EventStore
import Foundation

/// What can happen to a locker.
enum LockerEvent: Equatable {
  case parcelStored(Int)
  case parcelCollected(Int)
  case takenOutOfService
  case putIntoService
}

extension LockerEvent {
  /// These names stand in the log for ever: they are never changed, and never used for something else.
  var type: EventTypeName {
    switch self {
    case .parcelStored: "lockers.v1.ParcelStored"
    case .parcelCollected: "lockers.v1.ParcelCollected"
    case .takenOutOfService: "lockers.v1.TakenOutOfService"
    case .putIntoService: "lockers.v1.PutIntoService"
    }
  }

  /// The parcel it is about, if any.
  var parcel: Int? {
    switch self {
    case .parcelStored(let parcel), .parcelCollected(let parcel): parcel
    case .takenOutOfService, .putIntoService: nil
    }
  }
}

extension LockerEvent {
  private struct Body: Codable {
    var parcel: Int?
  }

  /// The event as bytes. The log keeps them as they are; what they mean is ours.
  func payload() throws -> [UInt8] { Array(try JSONEncoder().encode(Body(parcel: parcel))) }

  init(_ event: StoredEvent) throws {
    let body = try JSONDecoder().decode(Body.self, from: Data(event.payload))
    switch (event.type, body.parcel) {
    case ("lockers.v1.ParcelStored", let parcel?): self = .parcelStored(parcel)
    case ("lockers.v1.ParcelCollected", let parcel?): self = .parcelCollected(parcel)
    case ("lockers.v1.TakenOutOfService", nil): self = .takenOutOfService
    case ("lockers.v1.PutIntoService", nil): self = .putIntoService
    default: throw UnknownEvent(type: event.type)
    }
  }
}

/// Written by a newer version of the program, or not by it at all.
struct UnknownEvent: Error {
  let type: EventTypeName
}
