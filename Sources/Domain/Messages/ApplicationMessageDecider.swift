import Foundation
import Schema

/// The rules of messages about a submitted application (domain.md 2.13).
public enum ApplicationMessageDecider: Decider {
  public typealias Event = ApplicationMessageEvent.OneOf_Event

  public static let initialState = ApplicationMessageState()

  public static func decide(
    _ command: ApplicationMessageCommand, given state: ApplicationMessageState, context: DecisionContext
  ) throws(Refusal) -> [Event] {
    switch command {
    case .send(let send): try self.send(send, context)
    case .read(let read): try self.read(read, state, context)
    }
  }

  private static func send(_ send: SendApplicationMessage, _ context: DecisionContext) throws(Refusal) -> [Event] {
    try context.require(.officer)
    guard let application = send.application.application else { throw Refusal(.applicationStateConflict) }
    guard !send.template.isForInbox else { throw Refusal(.internalTemplateMissing) }
    let language = context.account.language
    let body =
      if send.body == nil, send.template == .statusUpdated {
        MessageTemplate.statusUpdated.body(in: language, with: ["number": .name(application.number)])
      } else {
        try MessageBody.written(send.body)
      }
    return [
      .applicationMessageSent(
        .with {
          $0.messageID = context.newIdentifier().data
          $0.applicationID = application.id.data
          $0.audience = send.audience == .contact ? context.contact : send.audience
          $0.text = send.template.text(in: language, isActionRequired: send.isActionRequired)
          $0.personal.body = body
        })
    ]
  }

  /// Each reader's first reading is kept; a client's reading is not the representative's.
  private static func read(
    _ read: ReadApplicationMessage, _ state: ApplicationMessageState, _ context: DecisionContext
  ) throws(Refusal) -> [Event] {
    try context.require(.representative, .client)
    let (reader, kind) = try reader(of: read.application, context)
    guard let message = state.messages[read.message], kind.maySee(message.audience) else {
      throw Refusal(.messageNotFound)
    }
    if message.readers.contains(reader) { return [] }
    return [
      .applicationMessageRead(
        .with {
          $0.messageID = read.message.data
          $0.readerID = reader.data
          $0.readerKind = kind
        })
    ]
  }

  private static func reader(
    of application: ApplicationState, _ context: DecisionContext
  ) throws(Refusal) -> (UUID, ApplicationMessageRead.ReaderKind) {
    switch context.actor {
    case .representative(let account):
      try context.requireStanding(.working)
      if application.application?.accountID == account { return (account, .representative) }
    case .client(let client):
      if application.application?.personID == client { return (client, .client) }
    default: break
    }
    throw Refusal(.messageNotFound)
  }

  public static func evolve(
    _ state: ApplicationMessageState, with event: Event, at time: Instant
  ) -> ApplicationMessageState {
    var state = state
    switch event {
    case .applicationMessageSent(let sent):
      state.messages[UUID(orZero: sent.messageID)] = .init(template: sent.text.templateKey, audience: sent.audience)
    case .applicationMessageRead(let read):
      state.messages[UUID(orZero: read.messageID)]?.readers.insert(UUID(orZero: read.readerID))
    }
    return state
  }
}

extension ApplicationMessageRead.ReaderKind {
  /// Messages for the contact are the representative's as long as there is one.
  func maySee(_ audience: ApplicationMessageSent.Audience) -> Bool {
    switch (self, audience) {
    case (_, .both), (.representative, .contact), (.client, .client): true
    default: false
    }
  }
}

extension CommandActor {
  /// Whether messages for an audience are the actor's to read.
  func maySee(_ audience: ApplicationMessageSent.Audience) -> Bool {
    switch self {
    case .representative: ApplicationMessageRead.ReaderKind.representative.maySee(audience)
    case .client: ApplicationMessageRead.ReaderKind.client.maySee(audience)
    case .officer, .enrolmentOfficer, .operator, .adapter, .system, .visitor: false
    }
  }
}
