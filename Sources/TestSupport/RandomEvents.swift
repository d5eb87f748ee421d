import EventStore
import Foundation

extension NewEvent {
  /// An event in which the generator decides everything: names of any characters that are allowed, all flags or none, payloads of any
  /// bytes, now and then none at all.
  public static func random(at time: Timestamp, using random: inout some RandomNumberGenerator) -> NewEvent {
    func maybe(_ id: UUID) -> UUID? { Bool.random(using: &random) ? id : nil }
    func other() -> UUID { .v7(at: time, using: &random) }
    let tags = Set((0..<Int.random(in: 0...AppendLimits.tagsPerEvent, using: &random)).map { _ in Tag.random(using: &random) })
    let origin = Origin(
      command: other(), commandDigest: Bool.random(using: &random) ? random.next() : 0, correlation: maybe(other()),
      causation: maybe(other()), actor: .random(using: &random))
    return NewEvent(
      id: .v7(at: Timestamp(microseconds: time.microseconds - .random(in: 0...9_000_000, using: &random)), using: &random),
      stream: .random(using: &random), type: .random(using: &random), tags: tags.sorted(), origin: origin,
      payload: .random(upTo: 600, using: &random),
      sealed: Bool.random(using: &random) ? SealedPayload(subject: other(), bytes: .random(upTo: 200, using: &random)) : nil)
  }
}

extension LogName {
  /// One of a few names, among them the shortest, the longest, and some that need care in JSON.
  fileprivate static func random(using random: inout some RandomNumberGenerator) -> Self {
    let special = ["a", #"q"uote\back/slash<&>'"#, String(repeating: "~", count: 255), "!"]
    let number = Int.random(in: 0..<12, using: &random)
    return Self(number < special.count ? special[number] : "\(Self.kind.replacing(" ", with: "-"))-\(number)")
  }
}

extension Array where Element == UInt8 {
  fileprivate static func random(upTo count: Int, using random: inout some RandomNumberGenerator) -> [UInt8] {
    (0..<Int.random(in: 0...count, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
  }
}

extension EventLog {
  /// Appends `count` random events or some more, in requests of any size, by a clock that goes forwards, stands, and goes back.
  public func fill(_ count: Int, clock: ManualClock, using random: inout some RandomNumberGenerator) async throws {
    var appended = 0
    while appended < count {
      clock.advance(bySeconds: .random(in: -40...60, using: &random))
      let time = max(clock.now, try head().time)
      let events = (0..<Int.random(in: 1...12, using: &random)).map { _ in NewEvent.random(at: time, using: &random) }
      appended += events.count
      _ = try await append(AppendRequest(events))
    }
  }
}
