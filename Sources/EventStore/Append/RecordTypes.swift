import Synchronization

/// The event types of a log, in the order of their numbers, which begin with 1.
final class RecordTypes: Sendable {
  private let types: Mutex<[RecordType]>

  init(_ types: [RecordType]) { self.types = Mutex(types) }

  var all: [RecordType] { types.withLock { $0 } }

  /// One caller at a time.
  func update<Value, Failure: Error>(_ body: (inout [RecordType]) throws(Failure) -> Value) throws(Failure) -> Value {
    try types.withLock { (types) throws(Failure) in try body(&types) }
  }
}
