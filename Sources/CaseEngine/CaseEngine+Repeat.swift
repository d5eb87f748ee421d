import Domain
import EventStore
import Foundation

extension CaseEngine {
  /// The answer that a command with this id got before; `nil` if none left a trace in the log.
  /// - Throws: `command.id_reused` if that command had another body.
  func firstAnswer(to command: UUID, digest: UInt64) throws -> Answer? {
    let tag = Tag(TagNames.command(command))
    guard let head = try log.head(of: tag) else { return nil }
    var events: [StoredEvent] = []
    try log.read(EventQuery(.all, from: .position(head.position))) { event in
      guard event.commandID == command else { return .stop }
      events.append(StoredEvent(event))
      return .next
    }
    guard let first = events.first, let last = events.last else { return nil }
    guard first.origin.commandDigest == digest else { throw Refusal(.commandIdReused) }
    let decoded = try events.map { event throws(EngineError) in try event.decoded() }
    if let refusal = decoded.first?.recordedRefusal { return .refused(refusal) }
    return .accepted(
      Acceptance(
        position: last.position, eventCount: events.count, time: last.logTime, isRepeat: true,
        results: decoded.flatMap(\.told)))
  }
}
