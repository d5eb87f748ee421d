import Foundation
import Schema

extension InboxDecider {
  public static var isWholeInLastEvent: Bool { false }

  public static func name(of account: UUID) -> String { StreamNames.inbox(account) }

  public static func place(_ event: Event, in state: InboxState, _ account: UUID) -> Place {
    Place(tags: [TagNames.representative(account)], subject: account)
  }

  public static func react(
    to event: Event, _ eventID: UUID, in state: InboxState, _ account: UUID, _ attempt: inout some Attempt
  ) {}

  /// A message that follows from another event is no result of the command.
  public static func told(by event: Event) -> [CommandResult] {
    switch event {
    case .accountMessageSent(let sent) where sent.sourceEventID.isEmpty: UUID(sent.messageID).map { [.message($0)] } ?? []
    case .accountMessageSent, .accountMessageRead, .accountMessageUndeliverable: []
    }
  }

  public static func trace(of refusal: Refusal, in state: InboxState, _ context: DecisionContext) -> [Event] { [] }
  public static func refusal(recordedBy event: Event) -> Refusal? { nil }
}

extension Attempt {
  /// A message to the account that the command concerns, or the note that it could not be delivered because the account is
  /// closed.
  /// - Parameter source: The event that the message follows from.
  mutating func tell(_ template: MessageTemplate, _ facts: [String: Fact], source: UUID) throws {
    guard let known = context.account.account else { return }
    let event: InboxEvent.OneOf_Event =
      context.account.isClosed
      ? .accountMessageUndeliverable(
        .with {
          $0.templateKey = template.rawValue
          $0.sourceEventID = source.data
        })
      : .accountMessageSent(
        .with {
          $0.messageID = context.newIdentifier().data
          $0.text = template.text(in: known.language)
          $0.sourceEventID = source.data
          $0.personal.body = template.body(in: known.language, with: facts)
        })
    try add(InboxDecider.self, known.id, event)
  }

  /// A message about a submitted application to whoever is its contact.
  mutating func tell(
    about application: SubmittedApplication, _ template: MessageTemplate, _ facts: [String: Fact], source: UUID,
    request: Data = Data()
  ) throws {
    let language = context.account.language
    let sent = ApplicationMessageSent.with {
      $0.messageID = context.newIdentifier().data
      $0.applicationID = application.id.data
      $0.audience = context.contact
      $0.text = template.text(in: language)
      $0.sourceEventID = source.data
      $0.requestID = request
      $0.personal.body = template.body(in: language, with: facts)
    }
    try add(ApplicationMessageDecider.self, application, .applicationMessageSent(sent))
  }
}
