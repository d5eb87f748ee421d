import Foundation
import LMDB

/// What can go wrong in the log. Every text says what, the facts, and what to do.
public enum EventStoreError: Error, Equatable, Sendable {
  /// A stream is not where the append expected it.
  case conflict(stream: StreamID, expected: Expectation, actual: Revision?)
  /// The append would have been written after its `notAfter`.
  case tooLate(limit: Timestamp, logTime: Timestamp)
  /// The request cannot be stored, whatever the log holds.
  case invalid(AppendFault)
  /// An event id of the request already belongs to another event.
  case eventIDReused(UUID, at: Position)
  /// Nobody can say whether the append was stored. Repeat it with the same event ids to learn it.
  case inDoubt(reason: String)
  /// The log takes no appends now; reads go on.
  case readOnly(ReadOnlyCause)
  /// The writer met an error after which nothing more may be written. Restart the process: opening verifies the log.
  case poisoned(reason: String)
  /// Stored bytes are not what was written.
  case corrupt(at: Position?, reason: String)
  /// The directory holds something else than a log this build can open.
  case unusable(path: String, reason: String)
  /// A record from elsewhere is not the one that belongs at its position.
  case misplaced(at: Position, reason: String)
  /// Nobody can go on from this checkpoint in this log.
  case checkpointRefused(LogCheckpoint, CheckpointFault)
  /// Another process writes this log.
  case locked(path: String, holder: String)
  /// The log was closed.
  case closed
  /// LMDB refused.
  case storage(LMDBError)
}

/// Why a request cannot be stored.
public enum AppendFault: Equatable, Sendable {
  case noEvents
  case tooManyEvents(Int)
  case eventTooLarge(index: Int, bytes: Int)
  case tooManyTags(index: Int, count: Int)
  case repeatedTag(index: Int)
  case notUUIDv7(index: Int)
  case repeatedEventID(index: Int)
  /// The id's own time lies after the log time: such an id could not be found again.
  case idFromTheFuture(index: Int)
}

/// Why a log takes no appends.
public enum ReadOnlyCause: Equatable, Sendable {
  case openedForReading
  case diskFull
  case mapFull
  /// The heads in memory cannot be moved to `index/`, and are as many as may be.
  case indexBehind
}

extension EventStoreError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .conflict(let stream, let expected, let actual):
      "Stream '\(stream)' \(actual.map { "is at revision \($0)" } ?? "has no events") but the append expected "
        + "\(expected.words). Reload the stream and decide again."
    case .tooLate(let limit, let logTime):
      "The append had to be written by \(limit.microseconds) µs and the log time is \(logTime.microseconds) µs. Decide again."
    case .invalid(let fault): fault.description
    case .eventIDReused(let id, let position):
      "Event id \(id) already belongs to the event at position \(position). Give every event an id of its own."
    case .inDoubt(let reason):
      "It is not known whether the append was stored (\(reason)). Repeat it with the same event ids: it is stored once."
    case .readOnly(.openedForReading): "The log was opened for reading. Append through the process that writes it."
    case .readOnly(.diskFull): "The disk is full, nothing was appended. Free some room and append again; reads go on."
    case .readOnly(.mapFull):
      "The log's address space is used up, nothing was appended. Reopen it with a larger map size; reads go on."
    case .readOnly(.indexBehind):
      "Nothing was appended: the index cannot be written to disk and its in-memory backlog is full. The log output says why. "
        + "Appends resume once the index can be written; reads are unaffected."
    case .poisoned(let reason):
      "The log stopped writing after an error (\(reason)). Restart the process: opening it verifies the log."
    case .corrupt(let position, let reason):
      "The log is damaged\(position.map { " at position \($0)" } ?? ""): \(reason). Run 'replay verify' and restore from a backup."
    case .unusable(let path, let reason): "\(path): \(reason)"
    case .misplaced(let position, let reason):
      "The event for position \(position) does not belong there: \(reason). Take it from its own log again, unchanged."
    case .checkpointRefused(let checkpoint, let fault): fault.words(on: checkpoint)
    case .locked(let path, let holder): "\(path) is being written by \(holder). Stop it first: a log has one writer."
    case .closed: "The log was closed."
    case .storage(let error): error.description
    }
  }
}

extension Expectation {
  fileprivate var words: String {
    switch self {
    case .any: "anything"
    case .noStream: "no events"
    case .streamExists: "at least one event"
    case .revision(let revision): "revision \(revision)"
    }
  }
}

extension AppendFault: CustomStringConvertible {
  public var description: String {
    switch self {
    case .noEvents: "An append needs at least one event."
    case .tooManyEvents(let count):
      "An append takes at most \(AppendLimits.eventsPerAppend) events, this one has \(count). Split it."
    case .eventTooLarge(let index, let bytes):
      "Event \(index) of the append has \(bytes) bytes; \(AppendLimits.bytesPerEvent) is the limit. Keep files outside the log."
    case .tooManyTags(let index, let count):
      "Event \(index) of the append has \(count) tags; \(AppendLimits.tagsPerEvent) is the limit."
    case .repeatedTag(let index): "Event \(index) of the append has the same tag twice. Give it each tag once."
    case .notUUIDv7(let index): "The id of event \(index) of the append is not a UUIDv7. Make ids with 'UUID.v7(at:)'."
    case .repeatedEventID(let index):
      "The id of event \(index) of the append stands twice in it. Give every event an id of its own."
    case .idFromTheFuture(let index):
      "The id of event \(index) of the append was made with a clock ahead of the log's. Correct the clock and make a new id."
    }
  }
}
