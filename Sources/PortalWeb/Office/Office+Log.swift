import Domain
import EventStore
import Foundation
import Schema
import WebServer

/// An event as whoever has the keys reads it.
struct OpenEvent {
  let event: DomainEvent
  let time: Instant
  let position: Position
}

extension Office {
  /// The events of a stream with their personal data opened.
  func events(of stream: String) throws -> [OpenEvent] {
    try log.events(EventQuery(.stream(StreamID(stream)))).map { stored in
      let encoded = EncodedEvent(
        type: stored.type.name, payload: stored.payload,
        sealed: stored.sealed.map { .init(subject: $0.subject, bytes: $0.bytes) })
      return OpenEvent(
        event: try EventCodec().decode(encoded, id: stored.id, keys: keys),
        time: Instant(microseconds: stored.logTime.microseconds), position: stored.position)
    }
  }

  /// The package with a number, as a draft of this account; somebody else's is not there.
  func package(_ number: String, of account: UUID) throws -> DraftView {
    guard let number = UInt64(number),
      let stream = try stream(tagged: TagNames.package(number), by: ApplicationCreated.protoMessageName),
      let view = try DraftView(events(of: stream), names: name(of:principal:)), view.draft.accountID == account
    else { throw Problem.notFound }
    return view
  }

  /// The submitted application with a number, of this account.
  func application(_ number: String, of account: UUID) throws -> ApplicationView {
    guard let stream = try stream(tagged: TagNames.application(number), by: ApplicationSubmitted.protoMessageName),
      let first = try events(of: stream).first, case .application(.applicationSubmitted(let submitted)) = first.event,
      submitted.applicationNumber == number, UUID(submitted.accountID) == account, let id = UUID(submitted.applicationID)
    else { throw Problem.notFound }
    let person = UUID(submitted.personID)
    return try ApplicationView(
      submitted, at: first.time, name: person.flatMap { try? name(of: $0, principal: submitted.ordinal == 1) },
      messages: events(of: StreamNames.applicationMessages(id)), requests: events(of: StreamNames.documentRequests(id)),
      reader: account)
  }

  /// The stream of the first event of a type with a tag.
  private func stream(tagged tag: String, by type: String) throws -> String? {
    guard let tag = try? Tag(validating: tag) else { return nil }
    let types = Set(EventCodec().storedNames(readAs: [type]).map { EventTypeName($0) })
    return try log.events(EventQuery(.tag(tag), types: types, limit: 1)).first?.stream.name
  }

  /// The name of an applicant; `nil` if it cannot be opened.
  func name(of person: UUID, principal: Bool) throws -> PersonalName? {
    let stream = principal ? StreamNames.client(person) : StreamNames.person(person)
    for event in try events(of: stream) {
      switch event.event {
      case .client(.clientRegistered(let registered)) where registered.hasPersonal: return registered.personal
      case .person(.personRegistered(let registered)) where registered.hasPersonal: return registered.personal
      default: continue
      }
    }
    return nil
  }
}
