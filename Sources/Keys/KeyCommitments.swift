import Domain
import EventStore
import Foundation
import Schema

/// What the log says of keys: which there are, what it commits to, and which were destroyed.
struct KeyCommitments: Sendable {
  let log: any EventLog

  /// What the log says of the key of one data subject.
  enum Standing: Equatable {
    case created(id: Data, commitment: Data)
    case destroyed
  }

  /// `nil` while no event has ever been sealed for `subject`.
  func standing(of subject: UUID) throws(KeyError) -> Standing? {
    var standing: Standing?
    for event in try events(of: StreamNames.privacy(subject)) { standing = Self.standing(after: event) ?? standing }
    return standing
  }

  /// The commitment to the engine's root key; `nil` in a log that has not been written since there are any.
  func engine() throws(KeyError) -> EngineKeyCreated? {
    for event in try events(of: StreamNames.engineKey) {
      if case .engineKeyCreated(let created) = event { return created }
    }
    return nil
  }

  /// All data subjects that the log knows.
  func subjects() throws(KeyError) -> [UUID: Standing] {
    let types = [SubjectKeyCreated.protoMessageName, SubjectKeyDestroyed.protoMessageName]
    let query = EventQuery(.all, types: Set(EventCodec().storedNames(readAs: Set(types)).map { EventTypeName($0) }))
    var subjects: [UUID: Standing] = [:]
    do throws(EventStoreError) {
      _ = try log.read(query) { event in
        let stored = StoredEvent(event)
        guard let event = Self.decoded(stored), let subject = Self.subject(of: event) else { return .next }
        subjects[subject] = Self.standing(after: event) ?? subjects[subject]
        return .next
      }
    } catch {
      throw .log(error)
    }
    return subjects
  }

  private func events(of stream: String) throws(KeyError) -> [PrivacyEvent.OneOf_Event] {
    let stream = StreamID(stream)
    do throws(EventStoreError) {
      guard try log.head(of: stream) != nil else { return [] }
      return try log.events(EventQuery(.stream(stream))).compactMap(Self.decoded)
    } catch {
      throw .log(error)
    }
  }

  private static func decoded(_ event: StoredEvent) -> PrivacyEvent.OneOf_Event? {
    guard case .privacy(let event) = try? EventCodec().decode(type: event.type.name, payload: event.payload) else { return nil }
    return event
  }

  private static func subject(of event: PrivacyEvent.OneOf_Event) -> UUID? {
    switch event {
    case .subjectKeyCreated(let created): UUID(created.subjectID)
    case .subjectKeyDestroyed(let destroyed): UUID(destroyed.subjectID)
    case .engineKeyCreated: nil
    }
  }

  private static func standing(after event: PrivacyEvent.OneOf_Event) -> Standing? {
    switch event {
    case .subjectKeyCreated(let created): .created(id: created.keyID, commitment: created.commitment)
    case .subjectKeyDestroyed: .destroyed
    case .engineKeyCreated: nil
    }
  }
}
