import Crypto
import Domain
import EventStore
import Foundation
import Keys
import Schema

extension CaseEngine {
  /// The append of what an attempt planned. New subjects get their keys, and the log its commitments to them and to the engine's
  /// own, first.
  func request(for attempt: LogAttempt, _ order: Order, digest: UInt64) async throws -> AppendRequest {
    let subjects = Set(attempt.events.filter(\.isPersonal).compactMap(\.event.place.subject))
    let held = try await keys.keys(of: subjects)
    var expectations = attempt.expectations
    var planned = attempt.events
    let introductions = held.filter { !$0.value.isCommitted }.sorted { $0.key.streamText < $1.key.streamText }
    for (subject, key) in introductions {
      // A person is known through somebody's command: the history of that account shows when.
      let created = PrivacyEvent.OneOf_Event.subjectKeyCreated(
        .with {
          $0.subjectID = subject.data
          $0.keyID = key.id.data
          $0.commitment = KeyCommitment.of(key.key, subject: subject)
        })
      let id = PrivacyStream.ID.subject(subject, account: attempt.target.account ?? subject)
      let event = StreamEvent(PrivacyStream.self, id, created, in: .hasKey)
      expectations[StreamID(event.stream)] = .noStream
      planned.insert(LogAttempt.Planned(id: attempt.context.newIdentifier(), event: event, cause: nil), at: 0)
    }
    if let introduction = try keys.introduction() {
      let event = StreamEvent(PrivacyStream.self, .engine, .engineKeyCreated(introduction), in: .hasKey)
      expectations[StreamID(event.stream)] = .noStream
      planned.insert(LogAttempt.Planned(id: attempt.context.newIdentifier(), event: event, cause: nil), at: 0)
    }
    let keys = HeldKeys(held: held)
    let events = try planned.enumerated().map { index, event in
      try newEvent(event, isFirst: index == 0, order, attempt, digest: digest, keys: keys)
    }
    return AppendRequest(events, expecting: expectations, notAfter: Timestamp(attempt.context.today.lastInstant))
  }

  private func newEvent(
    _ planned: LogAttempt.Planned, isFirst: Bool, _ order: Order, _ attempt: LogAttempt, digest: UInt64, keys: HeldKeys
  ) throws(WireError) -> NewEvent {
    let event = planned.event
    let encoded = try EventCodec().encode(event.event, id: planned.id, subject: event.place.subject, keys: keys)
    return NewEvent(
      id: planned.id, stream: StreamID(event.stream), type: EventTypeName(encoded.type),
      tags: (isFirst ? [Tag(TagNames.command(order.id))] : []) + event.place.tags.map { Tag($0) },
      origin: Origin(
        command: order.id, commandDigest: digest, causation: planned.cause, actor: Actor(attempt.context.actor.name)),
      payload: encoded.payload, sealed: encoded.sealed.map { SealedPayload(subject: $0.subject, bytes: $0.bytes) })
  }
}

/// The keys that one append is sealed with.
private struct HeldKeys: SubjectKeys {
  let held: [UUID: KeyRing.Held]

  func key(of subject: UUID) -> SubjectKey { held[subject].map { .available($0.key) } ?? .withheld }
}

extension LogAttempt.Planned {
  fileprivate var isPersonal: Bool { (event.event.message as? any PersonalEventMessage)?.hasPersonal == true }
}
