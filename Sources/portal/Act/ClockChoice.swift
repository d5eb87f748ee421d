import ArgumentParser
import EventStore
import Synchronization

/// Where log time comes from.
enum ClockChoice: String, ExpressibleByArgument, CaseIterable {
  /// The operating system.
  case system
  /// The field `at` of each line: for samples and tests.
  case input
}

/// A clock that stands where the last line put it.
final class InputClock: Sendable {
  private let time = Mutex(Timestamp.now())

  var now: Timestamp { time.withLock { $0 } }

  func set(to time: Timestamp) { self.time.withLock { $0 = time } }
}
