import Foundation
import Schema

extension ApplicationMessageDecider {
  public static var isWholeInLastEvent: Bool { false }

  public static func name(of application: SubmittedApplication) -> String {
    StreamNames.applicationMessages(application.id)
  }

  public static func place(
    _ event: Event, in state: ApplicationMessageState, _ application: SubmittedApplication
  ) -> Place {
    Place(tags: application.tags, subject: application.personID)
  }

  public static func react(
    to event: Event, _ eventID: UUID, in state: ApplicationMessageState, _ application: SubmittedApplication,
    _ attempt: inout some Attempt
  ) {}

  /// A message that follows from another event is no result of the command.
  public static func told(by event: Event) -> [CommandResult] {
    switch event {
    case .applicationMessageSent(let sent) where sent.sourceEventID.isEmpty:
      UUID(sent.messageID).map { [.message($0)] } ?? []
    case .applicationMessageSent, .applicationMessageRead: []
    }
  }

  public static func trace(of refusal: Refusal, in state: ApplicationMessageState, _ context: DecisionContext) -> [Event] { [] }
  public static func refusal(recordedBy event: Event) -> Refusal? { nil }
}
