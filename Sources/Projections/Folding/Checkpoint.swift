import EventStore
import Foundation
import Schema

/// How far a read model has folded which log.
public struct Checkpoint: Sendable, Equatable {
  /// Everything up to here was looked at.
  public internal(set) var log: LogCheckpoint
  /// How many events were folded.
  public internal(set) var folded: UInt64

  /// Before the first event of a log.
  init(lineage: Lineage) {
    log = LogCheckpoint(beginningOf: lineage)
    folded = 0
  }

  public var position: Position? { log.position }
}

extension Checkpoint {
  init?(_ row: CheckpointRow) {
    guard let id = UUID(row.lineageID) else { return nil }
    log = LogCheckpoint(
      lineage: Lineage(id: id, epoch: row.lineageEpoch), position: Position(row.position), prefixHash: row.prefixHash)
    folded = row.folded
  }

  var row: CheckpointRow {
    .with {
      $0.lineageID = log.lineage.id.data
      $0.lineageEpoch = log.lineage.epoch
      $0.position = log.position?.rawValue ?? 0
      $0.folded = folded
      $0.prefixHash = log.prefixHash
    }
  }
}

/// An event that could not be folded.
public struct Fault: Sendable, Equatable {
  public let position: Position
  public let reason: String

  init(position: Position, reason: String) {
    self.position = position
    self.reason = reason
  }

  /// What an error says about the event that caused it.
  /// - Throws: `error` if no event did.
  init(of error: ProjectionError) throws(ProjectionError) {
    switch error {
    case .unknownEventType(_, let position), .cannotFold(_, let position, _):
      self.init(position: position, reason: error.description)
    default: throw error
    }
  }

  init?(_ row: FaultRow) {
    guard let position = Position(row.position) else { return nil }
    self.init(position: position, reason: row.reason)
  }

  var row: FaultRow {
    .with {
      $0.position = position.rawValue
      $0.reason = reason
    }
  }
}

/// What a read model could not fold.
public struct Faults: Sendable, Equatable {
  /// The event at which the whole read model stopped.
  public internal(set) var stopped: Fault?
  /// Accounts whose rows stay as they were before the event.
  public internal(set) var quarantined: [UUID: Fault] = [:]
}
