import Foundation
import Schema

/// The rules of an account's inbox (domain.md 2.12). What the portal itself writes there comes from other streams.
public enum InboxDecider: Decider {
  public typealias Event = InboxEvent.OneOf_Event

  public static let initialState = InboxState()

  public static func decide(
    _ command: InboxCommand, given state: InboxState, context: DecisionContext
  ) throws(Refusal) -> [Event] {
    switch command {
    case .send(let send): try self.send(send, context)
    case .read(let message): try read(message, state, context)
    }
  }

  private static func send(_ send: SendAccountMessage, _ context: DecisionContext) throws(Refusal) -> [Event] {
    try context.require(.officer, .enrolmentOfficer)
    if context.account.isClosed { throw Refusal(.inboxAccountClosed) }
    guard let account = context.account.account else { throw Refusal(.accountNotActive) }
    guard send.template.isForInbox else { throw Refusal(.internalTemplateMissing) }
    let body = try MessageBody.written(send.body)
    return [
      .accountMessageSent(
        .with {
          $0.messageID = context.newIdentifier().data
          $0.text = send.template.text(in: account.language, isActionRequired: send.isActionRequired)
          $0.personal.body = body
        })
    ]
  }

  private static func read(
    _ message: UUID, _ state: InboxState, _ context: DecisionContext
  ) throws(Refusal) -> [Event] {
    try context.require(.representative)
    if context.account.isClosed { throw Refusal(.accountClosed) }
    guard let account = context.account.account, context.actor == .representative(account: account.id),
      let sent = state.messages[message]
    else { throw Refusal(.messageNotFound) }
    if sent.isRead { return [] }
    return [
      .accountMessageRead(
        .with {
          $0.messageID = message.data
          $0.readerID = account.id.data
        })
    ]
  }

  public static func evolve(_ state: InboxState, with event: Event, at time: Instant) -> InboxState {
    var state = state
    switch event {
    case .accountMessageSent(let sent):
      state.messages[UUID(orZero: sent.messageID)] = .init(template: sent.text.templateKey)
    case .accountMessageRead(let read):
      state.messages[UUID(orZero: read.messageID)]?.isRead = true
    case .accountMessageUndeliverable:
      break
    }
    return state
  }
}

/// The rule for a letter that an officer writes.
enum MessageBody {
  static let limit = 8000

  static func written(_ typed: String?) throws(Refusal) -> String {
    var fields = FieldReader()
    let body = fields.required(.messageBody, typed, limit: limit, lines: .several)
    try fields.finish()
    return body
  }
}
