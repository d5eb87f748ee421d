import Foundation
import Schema

extension DocumentRequestDecider {
  public static var isWholeInLastEvent: Bool { false }

  public static func name(of application: SubmittedApplication) -> String {
    StreamNames.documentRequests(application.id)
  }

  public static func place(_ event: Event, in state: DocumentRequestState, _ application: SubmittedApplication) -> Place {
    Place(tags: application.tags, subject: application.personID)
  }

  public static func react(
    to event: Event, _ eventID: UUID, in state: DocumentRequestState, _ application: SubmittedApplication,
    _ attempt: inout some Attempt
  ) throws {
    let number = Fact.name(application.number)
    switch event {
    case .documentRequested(let requested):
      let slots = requested.items.compactMap { DocumentSlot(rawValue: $0.slot) }
      let facts: [String: Fact] = [
        "number": number, "list": .labels(slots.map(\.label)), "date": .day(CivilDay(number: requested.dueDay)),
      ]
      try attempt.tell(about: application, .documentsRequested, facts, source: eventID, request: requested.requestID)
    case .documentRequestCompleted:
      try attempt.tell(about: application, .documentsReceived, ["number": number], source: eventID)
    case .documentRequestExtended(let extended):
      let facts: [String: Fact] = ["number": number, "date": .day(CivilDay(number: extended.dueDay))]
      try attempt.tell(about: application, .requestExtended, facts, source: eventID, request: extended.requestID)
    case .documentRequestCancelled(let cancelled):
      try attempt.tell(
        about: application, .requestCancelled, ["number": number], source: eventID, request: cancelled.requestID)
    case .documentRequestAnswered: break
    }
  }

  public static func told(by event: Event) -> [CommandResult] {
    switch event {
    case .documentRequested(let requested): UUID(requested.requestID).map { [.request($0)] } ?? []
    case .documentRequestAnswered, .documentRequestCompleted, .documentRequestExtended, .documentRequestCancelled: []
    }
  }

  public static func trace(of refusal: Refusal, in state: DocumentRequestState, _ context: DecisionContext) -> [Event] { [] }
  public static func refusal(recordedBy event: Event) -> Refusal? { nil }
}
