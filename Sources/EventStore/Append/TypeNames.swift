import Synchronization

/// The names of the event types, in the order of their numbers, which begin with 1.
final class TypeNames: Sendable {
  private let names: Mutex<[EventTypeName]>

  init(_ names: [EventTypeName]) { self.names = Mutex(names) }

  var all: [EventTypeName] { names.withLock { $0 } }

  /// One caller at a time.
  func update<Value, Failure: Error>(_ body: (inout [EventTypeName]) throws(Failure) -> Value) throws(Failure) -> Value {
    try names.withLock { (names) throws(Failure) in try body(&names) }
  }
}
