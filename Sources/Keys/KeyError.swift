import EventStore
import Foundation
import LMDB

/// What can go wrong with the keys of data subjects. Texts name files and identifiers, never a person.
public enum KeyError: Error, Equatable, Sendable {
  case masterKeyMissing(path: String)
  case masterKeyUnreadable(path: String, reason: String)
  case masterKeyWrongLength(path: String, bytes: Int)
  /// The file holds a key, but not the one that the stored keys were wrapped with.
  case masterKeyWrong(path: String)
  /// The log has events, and the keys they were made with are gone.
  case folderMissing(path: String)
  /// The keys are there, and are those of another log.
  case foreign(path: String)
  /// The log says that the key of the subject was destroyed: nothing can be sealed for them any more.
  case subjectKeyDestroyed(subject: UUID)
  /// The log says that the subject has a key and there is none.
  case subjectKeyMissing(subject: UUID)
  /// The stored key is not the one that the log committed to.
  case commitmentMismatch(subject: UUID)
  /// A stored key cannot be unwrapped although the master key is right.
  case damaged(path: String, reason: String)
  case storage(LMDBError)
  /// The log, which commits to every key, could not be read.
  case log(EventStoreError)
}

extension KeyError: LMDBErrorConvertible {
  public init(_ error: LMDBError) { self = .storage(error) }
}

extension KeyError: InputOutputFailure {
  public var isInputOutput: Bool {
    switch self {
    case .masterKeyUnreadable: true
    case .log(let error): error.isInputOutput
    case .storage(let error): error.isInputOutput
    default: false
    }
  }
}

extension KeyError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .masterKeyMissing(let path):
      "The master key \(path) is missing. Put it back: without it personal data cannot be read or written."
    case .masterKeyUnreadable(let path, let reason):
      "The master key \(path) cannot be read (\(reason)). Give this user the right to read it."
    case .masterKeyWrongLength(let path, let bytes):
      "The master key \(path) has \(bytes) bytes; a key has \(MasterKey.byteCount). Put the right file there."
    case .masterKeyWrong(let path):
      "The master key \(path) is not the one that this data was sealed with. Put the right file there."
    case .folderMissing(let path):
      "The keys of this log are not in \(path). Restore the folder from the backup that belongs to the log."
    case .foreign(let path):
      "The keys in \(path) are those of another log. Put the folder there that belongs to this log."
    case .subjectKeyDestroyed(let subject):
      "The key of subject \(subject) was destroyed: nothing can be stored about this person any more."
    case .subjectKeyMissing(let subject):
      "The key of subject \(subject) is missing. Restore the keys folder from the backup that belongs to this log."
    case .commitmentMismatch(let subject):
      "The key of subject \(subject) is not the one that the log names. Restore the keys folder from the backup that belongs to this log."
    case .damaged(let path, let reason): "\(path) is damaged: \(reason). Restore it from a backup."
    case .storage(let error): error.description
    case .log(let error): error.description
    }
  }
}
