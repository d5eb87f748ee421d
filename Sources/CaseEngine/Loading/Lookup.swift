import Domain
import EventStore
import Foundation
import Schema

/// From the numbers that people know to the streams behind them, through the log's tags.
struct Lookup: Sendable {
  let log: any EventLog

  /// The account that a Representative IRCC ID was given to.
  func account(representativeID: String) throws(EngineError) -> UUID? {
    try stream(.representative, tagged: TagNames.representativeID(representativeID), by: EnrolmentRequestApproved.self)
  }

  /// The account whose enrolment request was the last with an e-mail address.
  func account(emailKey: Data) throws(EngineError) -> UUID? {
    try stream(
      .representative, tagged: TagNames.email(emailKey), by: EnrolmentRequestSubmitted.self, direction: .backwards)
  }

  func package(number: UInt64) throws(EngineError) -> UUID? {
    try stream(.package, tagged: TagNames.package(number), by: ApplicationCreated.self)
  }

  func packages(continuing borderNumber: String) throws(EngineError) -> [UUID] {
    guard let tag = try? Tag(validating: TagNames.application(borderNumber)) else { return [] }
    let query = EventQuery(.tag(tag), types: .reading(ApplicationCreated.self))
    let created = try engine { () throws(EventStoreError) in try log.events(query) }
    return created.compactMap { StreamNames.identifier(in: $0.stream.name, of: .package) }
  }

  func application(number: String) throws(EngineError) -> UUID? {
    try stream(.application, tagged: TagNames.application(number), by: ApplicationSubmitted.self)
  }

  /// Whether any event carries the tag: how a number that was given out is told from a free one.
  func isUsed(_ tag: String) throws(EngineError) -> Bool {
    try engine { () throws(EventStoreError) in try log.head(of: Tag(tag)) } != nil
  }

  /// The identifier in the name of the stream in which the first event of a type with a tag stands.
  private func stream<M: EventMessage>(
    _ kind: StreamKind, tagged tag: String, by message: M.Type, direction: EventQuery.Direction = .forwards
  ) throws(EngineError) -> UUID? {
    guard let tag = try? Tag(validating: tag) else { return nil }
    let found = try engine { () throws(EventStoreError) in
      try log.events(EventQuery(.tag(tag), direction: direction, types: .reading(M.self), limit: 1))
    }
    guard let name = found.first?.stream.name else { return nil }
    return StreamNames.identifier(in: name, of: kind)
  }
}
