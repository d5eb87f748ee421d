import Domain
import EventStore
import Foundation
import LMDB

/// What can go wrong with read models. Every text says what, the facts, and what to do.
public enum ProjectionError: Error, Equatable, Sendable {
  /// The log has an event of a type this build does not know, in a kind of stream that the read model reads.
  case unknownEventType(EventTypeName, at: Position)
  /// An event could not be folded.
  case cannotFold(EventTypeName, at: Position, reason: String)
  /// The read model stopped at an event and says nothing newer than the one before it.
  case stopped(ProjectionName, at: Position, reason: String)
  /// The rows of one account stopped at an event.
  case quarantined(ProjectionName, account: UUID, at: Position, reason: String)
  /// A row is not what this build writes.
  case damagedRow(String)
  /// The log ends before the read model does: it lost events, or an older copy of it was put in its place.
  case logEndsBefore(ProjectionName, at: Position, head: Position?)
  /// The log's event at the read model's position is not the one that was folded.
  case logDiffers(ProjectionName, at: Position)
  /// The query asked for an event that has not been folded in time.
  case notReached(Position, has: Position?)
  /// Somebody else rebuilds this read model.
  case rebuilding(ProjectionName, by: String)
  /// Sealed data of a row cannot be opened although its key is there.
  case cannotOpen(WireError)
  case log(EventStoreError)
  case storage(LMDBError)
}

extension ProjectionError: LMDBErrorConvertible {
  public init(_ error: LMDBError) { self = .storage(error) }
}

extension ProjectionError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .unknownEventType(let type, let position):
      "The event type \(type) at position \(position) is not known to this build. Use the build that wrote it, or a newer one."
    case .cannotFold(let type, let position, let reason):
      "The event \(type) at position \(position) cannot be folded: \(reason). Run 'replay show \(position)'."
    case .stopped(let name, let position, let reason):
      "The read model \(name) stopped before position \(position): \(reason)"
    case .quarantined(let name, let account, let position, let reason):
      "The read model \(name) stopped for the account \(account.uuidString.lowercased()) before position \(position): \(reason)"
    case .damagedRow(let row): "A row \(row) is damaged. Run 'replay rebuild': read models can always be made again."
    case .logEndsBefore(let name, let position, let head):
      "The read model \(name) has folded position \(position) but the log ends at \(head.map(\.description) ?? "nothing"). "
        + "Run 'replay verify'; if the log is right, run 'replay rebuild \(name)'."
    case .logDiffers(let name, let position):
      "The read model \(name) folded another event at position \(position) than the log has there. "
        + "Run 'replay verify'; if the log is right, run 'replay rebuild \(name)'."
    case .notReached(let position, let has):
      "Position \(position) has not been folded yet (\(has.map { "position \($0)" } ?? "nothing") has). Ask again."
    case .rebuilding(let name, let holder): "The read model \(name) is being rebuilt by \(holder). Wait for it to finish."
    case .cannotOpen(let error): error.description
    case .log(let error): error.description
    case .storage(let error) where error.isDamage:
      "A read model is damaged; the log is not concerned. Run 'replay rebuild': read models can always be made again."
    case .storage(let error): error.description
    }
  }
}

extension ProjectionError: InputOutputFailure {
  public var isInputOutput: Bool {
    switch self {
    case .log(let error): error.isInputOutput
    case .storage(let error): error.isInputOutput
    default: false
    }
  }
}

extension LMDBError {
  /// Whether it says that nothing can be written here: the file system is mounted for reading or full, or what stands in the
  /// place of a folder is none of ours.
  var isAboutWriting: Bool {
    switch self {
    case .diskFull, .denied: true
    case .system(let code): [EROFS, EACCES, EPERM, ENOTDIR].contains(code)
    default: false
    }
  }
}

/// Turns the log's error into this module's: the one place where that happens.
func asking<Value: ~Copyable>(_ body: () throws(EventStoreError) -> Value) throws(ProjectionError) -> Value {
  do { return try body() } catch { throw .log(error) }
}
