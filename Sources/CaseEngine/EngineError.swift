import Argon2
import Domain
import EventStore
import Keys
import LMDB

/// Why a command got no answer: neither carried out nor refused. A refusal is an answer, see ``Answer``.
public enum EngineError: Error, Sendable {
  case log(EventStoreError)
  case keys(KeyError)
  case secrets(LMDBError)
  case hashing(Argon2Error)
  /// An event of the log cannot be read.
  case unreadable(Position, WireError)
  /// An event that was decided cannot be stored.
  case unstorable(WireError)
  /// The clock cannot be believed, and nobody has said yet that it is right.
  case clock(ClockHold)
  /// Others wrote the same streams again and again meanwhile.
  case contention(attempts: Int)
  /// An error that no module is known to throw. Its type is named, what it says is not: that may be personal.
  case unexpected(type: String)
}

extension EngineError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .log(let error): error.description
    case .keys(let error): error.description
    case .secrets(let error): "The secrets store failed. \(error)"
    case .hashing(let error): error.description
    case .unreadable(let position, let error): "The event at position \(position) cannot be read. \(error)"
    case .unstorable(let error): error.description
    case .clock(let hold): hold.description
    case .contention(let attempts):
      "The command was decided \(attempts) times, and each time others had written first. Nothing was stored; send it again."
    case .unexpected(let type):
      "An unexpected error of type \(type) ended the command. Nothing was stored; send it again, and report the error."
    }
  }
}

extension EngineError {
  /// The one seam between the errors of the modules below and this one's. Every error they throw has a place here; anything else is `unexpected`.
  init(_ error: any Error) {
    self =
      switch error {
      case let error as EngineError: error
      case let error as EventStoreError: .log(error)
      case let error as KeyError: .keys(error)
      case let error as LMDBError: .secrets(error)
      case let error as Argon2Error: .hashing(error)
      case let error as WireError: .unstorable(error)
      default: .unexpected(type: String(reflecting: type(of: error)))
      }
  }
}

/// Runs `body`, and turns the log's error into the engine's.
func engine<Value>(_ body: () throws(EventStoreError) -> Value) throws(EngineError) -> Value {
  do throws(EventStoreError) { return try body() } catch { throw .log(error) }
}
