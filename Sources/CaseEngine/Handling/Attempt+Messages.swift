import Domain
import Foundation
import Schema

extension Attempt {
  mutating func sendAccountMessage(_ letter: Letter) throws {
    let account = try account()
    let send = SendAccountMessage(
      template: letter.template, body: letter.body ?? "", isActionRequired: letter.isActionRequired)
    try decideInbox(.send(send), account)
  }

  mutating func readAccountMessage(_ reference: MessageReference) throws {
    let account = try account()
    let inbox = try state(InboxDecider.self, StreamNames.inbox(account))
    let message = try resolve(reference) { template in
      inbox.messages.filter { $0.value.template == template && !$0.value.isRead }.map(\.key)
    }
    try decideInbox(.read(message: message), account)
  }

  mutating func sendApplicationMessage(_ letter: Letter, to audience: ApplicationMessageSent.Audience) throws {
    let (id, application) = try application()
    let send = SendApplicationMessage(
      template: letter.template, body: letter.body, audience: audience, isActionRequired: letter.isActionRequired,
      application: .submitted(application))
    try decideMessages(.send(send), id, application)
  }

  mutating func readApplicationMessage(_ reference: MessageReference) throws {
    let (id, application) = try application()
    let reader = target.actor.reader
    let messages = try state(ApplicationMessageDecider.self, StreamNames.applicationMessages(id)).messages
    let message = try resolve(reference) { template in
      messages.filter { message in
        message.value.template == template && reader.map { !message.value.readers.contains($0) } == true
      }.map(\.key)
    }
    try decideMessages(.read(ReadApplicationMessage(message: message, application: .submitted(application))), id, application)
  }

  mutating func requestDocuments(_ items: [RequestDocuments.Item], dueDay: CivilDay?) throws {
    let (id, application) = try application()
    let request = RequestDocuments(items: items, dueDay: dueDay, application: .submitted(application))
    try decideRequests(.request(request), id, application)
  }

  mutating func answerDocumentRequest(_ answer: ItemAnswer) throws {
    let (id, application) = try application()
    let requests = try state(DocumentRequestDecider.self, StreamNames.documentRequests(id))
    // Identifiers grow with time: the smallest is the oldest.
    let oldest = requests.open.min { ($0.high, $0.low) < ($1.high, $1.low) }
    // Without any open request the decider gets one nobody made, and says so.
    let request = answer.request ?? oldest ?? context.newIdentifier()
    let command = AnswerDocumentRequest(
      request: request, item: answer.item, document: answer.document, explanation: answer.explanation,
      application: .submitted(application))
    try decideRequests(.answer(command), id, application)
  }

  private func resolve(_ reference: MessageReference, unread: (String) -> [UUID]) throws(Refusal) -> UUID {
    switch reference {
    case .id(let id): return id
    case .newestUnread(let template):
      let newest = unread(template.rawValue).max { ($0.high, $0.low) < ($1.high, $1.low) }
      guard let newest else { throw Refusal(.messageNotFound) }
      return newest
    }
  }

  private mutating func application() throws -> (UUID, SubmittedApplication) {
    guard let id = target.application,
      let application = try state(ApplicationFold.self, StreamNames.application(id)).application
    else { throw Refusal(.applicationNotFound) }
    return (id, application)
  }

  private mutating func decideInbox(_ command: InboxCommand, _ account: UUID) throws {
    try decide(InboxDecider.self, command, on: StreamNames.inbox(account)) { .inbox($0, account: account) }
  }

  private mutating func decideMessages(
    _ command: ApplicationMessageCommand, _ id: UUID, _ application: SubmittedApplication
  ) throws {
    try decide(ApplicationMessageDecider.self, command, on: StreamNames.applicationMessages(id)) {
      .applicationMessage($0, application: application)
    }
  }

  private mutating func decideRequests(
    _ command: DocumentRequestCommand, _ id: UUID, _ application: SubmittedApplication
  ) throws {
    try decide(
      DocumentRequestDecider.self, command, on: StreamNames.documentRequests(id), application: .submitted(application)
    ) {
      .documentRequest($0, application: application)
    }
  }
}

extension CommandActor {
  /// Whose reading a reading is.
  fileprivate var reader: UUID? {
    switch self {
    case .representative(let account): account
    case .client(let client): client
    default: nil
    }
  }
}
