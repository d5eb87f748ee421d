import EventStore
import LMDB

/// What can go wrong with password verifiers.
public enum SecretsError: Error, Equatable, Sendable {
  /// The log has passwords, and what they are checked against is gone.
  case missing(path: String, accounts: Int)
  /// The verifiers are there, and are those of another log.
  case foreign(path: String)
  /// There are verifiers where new ones were to be made.
  case present(path: String)
  case storage(LMDBError)
  case log(EventStoreError)
}

extension SecretsError: InputOutputFailure {
  public var isInputOutput: Bool {
    switch self {
    case .log(let error): error.isInputOutput
    case .storage(let error): error.isInputOutput
    default: false
    }
  }
}

extension SecretsError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .missing(let path, let accounts):
      "The password verifiers of this log are not in \(path), and \(accounts) accounts have passwords. Restore the folder from the "
        + "backup that belongs to the log. Only if they are lost for good: 'portal admin secrets new'."
    case .foreign(let path):
      "The password verifiers in \(path) are those of another log. Put the folder there that belongs to this log."
    case .present(let path):
      "There are password verifiers in \(path). Move the folder away first if they are not those of this log; nothing was changed."
    case .storage(let error): "The password verifiers cannot be used. \(error)"
    case .log(let error): error.description
    }
  }
}
