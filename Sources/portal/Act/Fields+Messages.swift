import CaseEngine
import Domain
import Schema

extension Fields {
  mutating func sendAccountMessage() throws(LineFault) -> CaseCommand {
    .sendAccountMessage(try letter(), to: try account())
  }

  mutating func sendApplicationMessage() throws(LineFault) -> CaseCommand {
    let audience = try optionalChoice("audience", ApplicationMessageSent.Audience.allCases, word: word)
    return .sendApplicationMessage(try letter(), audience: audience ?? .contact, application: try string("application"))
  }

  mutating func readApplicationMessage() throws(LineFault) -> CaseCommand {
    .readApplicationMessage(try message(), application: try string("application"))
  }

  mutating func requestDocuments() throws(LineFault) -> CaseCommand {
    let items = try objects("items") { (item) throws(LineFault) in
      RequestDocuments.Item(slot: try item.slot(), text: try item.string("text"))
    }
    return .requestDocuments(items, dueDay: try optionalDay("dueDay"), application: try string("application"))
  }

  mutating func answerDocumentRequest() throws(LineFault) -> CaseCommand {
    let answer = ItemAnswer(
      request: try optionalUUID("request"), item: try integer("item"), document: try optionalUUID("document"),
      explanation: try optionalString("explanation"))
    return .answerDocumentRequest(answer, application: try string("application"))
  }

  /// A message: by its UUID in `message`, or the newest unread one of the kind in `template`.
  mutating func message() throws(LineFault) -> MessageReference {
    switch (try optionalUUID("message"), try optionalTemplate()) {
    case (let id?, nil): .id(id)
    case (nil, let template?): .newestUnread(template)
    default: throw LineFault("one of 'message' and 'template' must be given")
    }
  }

  private mutating func letter() throws(LineFault) -> Letter {
    guard let template = try optionalTemplate() else { throw LineFault("'template' is missing") }
    return Letter(
      template: template, body: try optionalString("body"), isActionRequired: try optionalBool("actionRequired") ?? false)
  }

  private mutating func optionalTemplate() throws(LineFault) -> MessageTemplate? {
    try optionalChoice("template", MessageTemplate.allCases, word: \.rawValue)
  }
}
