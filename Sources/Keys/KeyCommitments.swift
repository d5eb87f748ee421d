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

  /// Tells `body` of every key that the log says was made or destroyed, in the order in which it was, until it returns `.stop`.
  /// However many there are, no memory is taken for them.
  func forEach(_ body: (UUID, Standing) throws(KeyError) -> ReadStep) throws(KeyError) {
    let types = EventCodec().storedNames(readAs: [SubjectKeyCreated.protoMessageName, SubjectKeyDestroyed.protoMessageName])
    var failure: KeyError?
    do throws(EventStoreError) {
      _ = try log.read(EventQuery(.all, types: Set(types.map { EventTypeName($0) }))) { event in
        guard let event = Self.decoded(StoredEvent(event)), let subject = Self.subject(of: event),
          let standing = Self.standing(after: event)
        else { return .next }
        do throws(KeyError) { return try body(subject, standing) } catch {
          failure = error
          return .stop
        }
      }
    } catch {
      throw .log(error)
    }
    if let failure { throw failure }
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
