/// A locker, as its events have left it.
enum Locker: Equatable {
  case empty
  case holding(parcel: Int)
  case outOfService

  func after(_ event: LockerEvent) -> Locker {
    switch event {
    case .parcelStored(let parcel): .holding(parcel: parcel)
    case .parcelCollected, .putIntoService: .empty
    case .takenOutOfService: .outOfService
    }
  }
}

/// What somebody wants done.
enum LockerCommand {
  case store(parcel: Int)
  case collect(parcel: Int)
  case takeOutOfService
  case putIntoService
}

/// Why it is not done.
enum LockerRefusal: Error, Equatable {
  case isOccupied
  case isNotHere
  case isOutOfService
  case isInService
}

extension Locker {
  /// The rules: no clock, no file, no log. The same locker and the same command always give the same answer.
  func decide(_ command: LockerCommand) throws(LockerRefusal) -> [LockerEvent] {
    switch (command, self) {
    case (.store(let parcel), .empty): [.parcelStored(parcel)]
    case (.store, .holding): throw .isOccupied
    case (.collect(let wanted), .holding(let parcel)) where wanted == parcel: [.parcelCollected(parcel)]
    case (.collect, .empty), (.collect, .holding): throw .isNotHere
    case (.takeOutOfService, .empty): [.takenOutOfService]
    case (.takeOutOfService, .holding): throw .isOccupied
    case (.putIntoService, .outOfService): [.putIntoService]
    case (.putIntoService, .empty), (.putIntoService, .holding): throw .isInService
    case (_, .outOfService): throw .isOutOfService
    }
  }
}
