import LMDB

extension EventStoreError {
  /// Whether the error concerns one request, and the log is as well as before.
  var isRefusal: Bool {
    switch self {
    case .conflict, .tooLate, .invalid, .eventIDReused: true
    default: false
    }
  }
}
