import Foundation

/// How far a follower of a log has come, and in which log: all it has to keep to go on after a restart.
///
/// Store it with what the follower made of the events, in one transaction if that can be, as the text ``description``.
public struct LogCheckpoint: Sendable, Hashable {
  public let lineage: Lineage
  /// Everything up to here was looked at; `nil`: nothing yet.
  public let position: Position?
  /// The log's running hash at `position`; 0 before the first event.
  public let prefixHash: UInt64

  public init(lineage: Lineage, position: Position?, prefixHash: UInt64) {
    self.lineage = lineage
    self.position = position
    self.prefixHash = prefixHash
  }

  /// Before the first event of a log.
  public init(beginningOf lineage: Lineage) { self.init(lineage: lineage, position: nil, prefixHash: 0) }

  /// Right after `event`.
  init(_ event: StoredEvent, lineage: Lineage) {
    self.init(lineage: lineage, position: event.position, prefixHash: event.prefixHash)
  }
}

/// Why a log cannot be resumed from a checkpoint.
public enum CheckpointFault: Sendable, Hashable {
  /// It belongs to another log.
  case otherLog
  /// It belongs to another branch of this log, which was restored or imported since: what was followed may have been abandoned.
  case otherBranch
  /// The log ends before it.
  case logEndsBefore(head: Position?)
  /// The log has another history up to there.
  case logDiffers
}

extension EventLog {
  /// Right after the newest event: who begins here follows what comes from now on.
  public func checkpoint() throws(EventStoreError) -> LogCheckpoint {
    let head = try head()
    return LogCheckpoint(lineage: lineage, position: head.position, prefixHash: head.prefixHash)
  }

  /// Right after the event at `position`: who begins here follows what comes after it.
  /// - Throws: `.checkpointRefused` if the log does not reach that far.
  public func checkpoint(at position: Position) throws(EventStoreError) -> LogCheckpoint {
    guard let hash = try prefixHash(at: position) else {
      let missing = LogCheckpoint(lineage: lineage, position: position, prefixHash: 0)
      throw .checkpointRefused(missing, .logEndsBefore(head: try head().position))
    }
    return LogCheckpoint(lineage: lineage, position: position, prefixHash: hash)
  }

  /// Why this log cannot be resumed from `checkpoint`, or `nil` if it can.
  ///
  /// A position alone would not do: after a restore there are other events at the same positions.
  public func fault(of checkpoint: LogCheckpoint) throws(EventStoreError) -> CheckpointFault? {
    guard checkpoint.lineage.id == lineage.id else { return .otherLog }
    guard checkpoint.lineage == lineage else { return .otherBranch }
    guard let position = checkpoint.position else { return nil }
    guard let hash = try prefixHash(at: position) else { return .logEndsBefore(head: try head().position) }
    if hash == checkpoint.prefixHash { return nil }
    return try formerPrefixHash(at: position) == checkpoint.prefixHash ? nil : .logDiffers
  }

  /// - Throws: `.checkpointRefused` if this log cannot be resumed from `checkpoint`.
  func admit(_ checkpoint: LogCheckpoint) throws(EventStoreError) {
    if let fault = try fault(of: checkpoint) { throw .checkpointRefused(checkpoint, fault) }
  }
}

extension LogCheckpoint: LosslessStringConvertible {
  /// Lineage, epoch, position (0 before the first event) and prefix hash in hexadecimal digits, separated by slashes:
  /// `0189ab7e-0c00-7a3e-9b41-5f0f3c1d2e4f/0/4711/9f3c2a7be01d4455`. At most 96 characters.
  public var description: String {
    let hash = String(prefixHash, radix: 16)
    return "\(lineage.id.uuidString.lowercased())/\(lineage.epoch)/\(position?.rawValue ?? 0)/"
      + String(repeating: "0", count: 16 - hash.count) + hash
  }

  /// - Returns: `nil` if the text is not a ``description``.
  public init?(_ description: String) {
    let parts = description.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 4, let id = UUID(uuidString: String(parts[0])), let epoch = UInt64(parts[1]),
      let position = UInt64(parts[2]),
      let prefixHash = UInt64(parts[3], radix: 16)
    else { return nil }
    self.init(lineage: Lineage(id: id, epoch: epoch), position: Position(position), prefixHash: prefixHash)
    guard self.description == description else { return nil }
  }
}

extension CheckpointFault {
  /// What is wrong with `checkpoint`, and what to do.
  func words(on checkpoint: LogCheckpoint) -> String {
    let place = checkpoint.position.map { "position \($0)" } ?? "the beginning"
    return switch self {
    case .otherLog: "The checkpoint at \(place) belongs to another log. Begin with a checkpoint of this log."
    case .otherBranch:
      "The checkpoint at \(place) is of another branch of this log, which was restored from a backup since: events that were followed "
        + "may not be in it any more. Decide where to go on, and begin with a checkpoint of this log."
    case .logEndsBefore(let head):
      "The checkpoint is at \(place) but the log ends at \(head.map(\.description) ?? "nothing"): events are missing. "
        + "Run 'replay verify' and restore the log from a backup."
    case .logDiffers:
      "The log's event at \(place) is not the one that was followed. Run 'replay verify'; if the log is right, begin with a checkpoint of this log."
    }
  }
}
