import EventStore
import Schema
import SwiftProtobuf

extension Checkpoint {
  /// What a read model's checkpoint says about the log it is held against.
  enum Agreement: Equatable {
    case same
    /// Folded from another log, or from this one before it was restored from a backup.
    case otherLog
  }

  /// Whether the rows were folded from this log.
  /// - Throws: `.logEndsBefore`, `.logDiffers`: the same log, but it lost or changed events that were folded.
  func compare(with log: any EventLog, as name: ProjectionName) throws(ProjectionError) -> Agreement {
    guard lineage == log.lineage else { return .otherLog }
    guard let position else { return .same }
    let hash = try asking { () throws(EventStoreError) in try log.prefixHash(at: position) }
    guard let hash else {
      throw .logEndsBefore(name, at: position, head: try asking { () throws(EventStoreError) in try log.head().position })
    }
    guard hash == prefixHash else { throw .logDiffers(name, at: position) }
    return .same
  }

  /// Everything up to `position` has been looked at.
  mutating func advance(to position: Position, in log: any EventLog) throws(ProjectionError) {
    guard let hash = try asking({ () throws(EventStoreError) in try log.prefixHash(at: position) }) else {
      throw .log(.corrupt(at: position, reason: "it was read, and now it is not there"))
    }
    advance(to: position, prefixHash: hash)
  }
}

extension TransactionRows {
  /// The checkpoint, if the rows were folded from `log`.
  /// - Throws: `.logDiffers` for another log: the read model must be opened again.
  func agreedCheckpoint(with log: any EventLog, as name: ProjectionName) throws(ProjectionError) -> Checkpoint {
    guard let checkpoint = try checkpoint() else { throw .damagedRow(CheckpointRow.protoMessageName) }
    guard try checkpoint.compare(with: log, as: name) == .same else {
      throw .logDiffers(name, at: checkpoint.position ?? .first)
    }
    return checkpoint
  }
}

extension EventLog {
  /// ``EventLog/read(_:_:)`` for a body that folds: its error ends the read.
  func fold(
    _ query: EventQuery, _ body: (borrowing EventView) throws(ProjectionError) -> Void
  ) throws(ProjectionError) -> Position? {
    var failure: ProjectionError?
    let last = try asking { () throws(EventStoreError) in
      try read(query) { event in
        do throws(ProjectionError) {
          try body(event)
          return .next
        } catch {
          failure = error
          return .stop
        }
      }
    }
    if let failure { throw failure }
    return last
  }
}
