import EventStore
import Foundation
import Synchronization

/// A clock that a test sets.
public final class ManualClock: Sendable {
  private let time: Mutex<Timestamp>

  /// Begins at August 01 2023, 12:00 UTC.
  public init(_ time: Timestamp = Timestamp(microseconds: 1_690_891_200_000_000)) { self.time = Mutex(time) }

  public var now: Timestamp {
    get { time.withLock { $0 } }
    set { time.withLock { $0 = newValue } }
  }

  public func advance(bySeconds seconds: Int64) {
    time.withLock { $0 = Timestamp(microseconds: $0.microseconds + seconds * 1_000_000) }
  }

  public var read: @Sendable () -> Timestamp { { self.now } }
}

/// A generator of pseudo-random numbers: the same seed, the same numbers (SplitMix64).
public struct SeededGenerator: RandomNumberGenerator, Sendable {
  private var state: UInt64

  public init(seed: UInt64) { state = seed }

  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

extension NewEvent {
  /// An event that says no more than `text`.
  public static func sample(
    _ stream: StreamID, _ text: String = "", type: EventTypeName = "test.Happened", tags: [Tag] = [],
    at time: Timestamp = ManualClock().now, sealed: SealedPayload? = nil
  ) -> NewEvent {
    NewEvent(
      id: .v7(at: time), stream: stream, type: type, tags: tags,
      origin: Origin(command: UUID(), actor: "test/1"), payload: Array(text.utf8), sealed: sealed)
  }
}

extension StoredEvent {
  /// The payload of an event made by ``NewEvent/sample(_:_:type:tags:at:sealed:)``.
  public var text: String { String(decoding: payload, as: UTF8.self) }
}
