import Domain
import EventStore
import Foundation
import Schema

/// What the log says of subjects' keys: the commitments in `SubjectKeyCreated`.
struct KeyCommitments: Sendable {
  let log: any EventLog

  /// The commitment to the key of `subject`; `nil` while no event has ever been sealed for them.
  func commitment(to subject: UUID) throws(KeyError) -> Data? {
    let stream = StreamID(StreamNames.privacy(subject))
    do throws(EventStoreError) {
      guard try log.head(of: stream) != nil else { return nil }
      for event in try log.events(EventQuery(.stream(stream))) {
        if case .privacy(.subjectKeyCreated(let created)) =
          try? EventCodec().decode(type: event.type.name, payload: event.payload)
        {
          return created.commitment
        }
      }
      return nil
    } catch {
      throw .log(error)
    }
  }
}
