import LMDB

/// What events belong together by: those with the same key are handled one after the other, in the order of the log.
public enum EventKey: Sendable, Hashable {
  /// The stream.
  case stream
  /// The first tag that begins with the prefix and says more than it, for example `rep:`. An event without one has its stream
  /// for a key.
  case tag(prefix: String)

  /// XXH3-64, seeded with 0, of the name of the stream or tag.
  ///
  /// This stays as it is for ever: consumer groups keep how far they have come by what it says.
  func digest(of event: borrowing EventView) -> UInt64 {
    switch self {
    case .stream: Checksum.of(event.streamBytes, seed: 0)
    case .tag(let prefix):
      event.withFirstTag(beginning: prefix) { Checksum.of($0, seed: 0) } ?? Checksum.of(event.streamBytes, seed: 0)
    }
  }
}

/// One of `count` shares of a log's events: every key falls to one of them, and all its events with it.
public struct EventShare: Sendable, Hashable {
  /// 0 ..< ``count``
  public let number: Int
  public let count: Int
  public let key: EventKey

  public init(_ number: Int, of count: Int, by key: EventKey) {
    precondition(count > 0 && (0..<count).contains(number), "A share has a number from 0 up to the count of shares.")
    self.number = number
    self.count = count
    self.key = key
  }

  func contains(_ event: borrowing EventView) -> Bool { key.digest(of: event) % UInt64(count) == UInt64(number) }
}
