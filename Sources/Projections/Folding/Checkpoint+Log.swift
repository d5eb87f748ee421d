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
    switch try asking({ () throws(EventStoreError) in try log.fault(of: self.log) }) {
    case nil: return .same
    case .otherLog, .otherBranch: return .otherLog
    case .logEndsBefore(let head): throw .logEndsBefore(name, at: position ?? .first, head: head)
    case .logDiffers: throw .logDiffers(name, at: position ?? .first)
    }
  }

  /// Everything up to `position` of the log has been looked at; `nil`: nothing yet.
  init(of log: any EventLog, at position: Position?) throws(ProjectionError) {
    self.init(lineage: log.lineage)
    if let position { try advance(to: position, in: log) }
  }

  /// Everything up to `position` has been looked at.
  mutating func advance(to position: Position, in log: any EventLog) throws(ProjectionError) {
    self.log = try asking { () throws(EventStoreError) in try log.checkpoint(at: position) }
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
