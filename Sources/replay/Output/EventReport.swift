import Domain
import EventStore
import Foundation
import Schema

/// An event for an auditor: one line of a history, without personal data.
struct EventReport: Encodable {
  let position: UInt64
  let time: String
  let ottawaTime: String
  let actor: String
  let type: String
  let summary: String
  let stream: String
  let revision: UInt64
  let tags: [String]
  let eventId: String
  let command: String

  init(_ event: StoredEvent, _ language: Language) {
    let instant = Instant(microseconds: event.logTime.microseconds)
    position = event.position.rawValue
    time = instant.rfc3339
    ottawaTime = instant.ottawaText
    actor = event.origin.actor.name
    type = event.type.name
    summary = event.summary(in: language)
    stream = event.stream.name
    revision = event.revision.rawValue
    tags = event.tags.map(\.name)
    eventId = event.id.streamText
    command = event.origin.command.streamText
  }

  /// The type without what all types begin with.
  var shortType: String { type.hasPrefix(EventReport.prefix) ? String(type.dropFirst(EventReport.prefix.count)) : type }

  static let prefix = "dossier.v1."
}

extension StoredEvent {
  /// One sentence; for a type that this build does not know, how much is stored.
  func summary(in language: Language) -> String {
    if let event = try? EventCodec().decode(type: type.name, payload: payload) { return event.summary.in(language) }
    return Text("\(payload.count) bytes, unknown to this build", "\(payload.count) octets, inconnus de cette version")
      .in(language)
  }

  var encoded: EncodedEvent {
    EncodedEvent(
      type: type.name, payload: payload, sealed: sealed.map { .init(subject: $0.subject, bytes: $0.bytes) })
  }
}
