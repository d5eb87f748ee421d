import LMDB

/// An error that may be about reading or writing alone, and then says nothing of what is stored. Programs end with another exit code.
public protocol InputOutputFailure: Error {
  /// Whether there was no room, no right, or an error of the device.
  var isInputOutput: Bool { get }
}

extension LMDBError: InputOutputFailure {}

extension EventStoreError: InputOutputFailure {
  public var isInputOutput: Bool {
    switch self {
    case .readOnly(.diskFull): true
    case .storage(let error): error.isInputOutput
    default: false
    }
  }
}
