import Domain
import Foundation
import HTML
import Schema

/// A submitted application with its messages and requests, opened with the keys.
struct ApplicationView {
  struct Message {
    let id: UUID
    let subject: String
    let language: HTML.Language
    let body: String?
    let sent: Instant
    var read: Instant?
  }

  struct Request {
    struct Item {
      let number: UInt32
      let slot: String
      let text: String?
      var explanation: String?
      var document: UUID?
      var isAnswered = false
    }

    let id: UUID
    var dueDay: CivilDay
    let made: Instant
    var items: [Item]
    var isCompleted = false
  }

  let number: String
  let packageNumber: UInt64
  let type: ApplicationType
  let name: PersonalName?
  let submitted: Instant
  /// Newest first.
  private(set) var messages: [Message] = []
  /// Newest first.
  private(set) var requests: [Request] = []

  init(
    _ application: ApplicationSubmitted, at time: Instant, name: PersonalName?, messages: [OpenEvent], requests: [OpenEvent],
    reader: UUID
  ) {
    number = application.applicationNumber
    packageNumber = application.packageNumber
    type = application.type
    self.name = name
    submitted = time
    for event in messages { fold(message: event, reader: reader) }
    for event in requests { fold(request: event) }
    self.messages.reverse()
    self.requests.reverse()
  }

  var openRequests: [Request] { requests.filter { !$0.isCompleted } }

  private mutating func fold(message event: OpenEvent, reader: UUID) {
    switch event.event {
    case .applicationMessage(.applicationMessageSent(let sent)):
      guard sent.audience != .client, let id = UUID(sent.messageID) else { return }
      messages.append(
        Message(
          id: id, subject: sent.text.subject, language: HTML.Language(sent.text.language),
          body: sent.hasPersonal ? sent.personal.body : nil, sent: event.time))
    case .applicationMessage(.applicationMessageRead(let read)):
      guard UUID(read.readerID) == reader, let index = messages.firstIndex(where: { $0.id == UUID(read.messageID) }) else { return }
      messages[index].read = messages[index].read ?? event.time
    default: return
    }
  }

  private mutating func fold(request event: OpenEvent) {
    guard case .documentRequest(let change) = event.event else { return }
    switch change {
    case .documentRequested(let requested):
      guard let id = UUID(requested.requestID) else { return }
      let texts = requested.hasPersonal ? requested.personal.texts : []
      let items = requested.items.enumerated().map { index, item in
        Request.Item(number: item.number, slot: item.slot, text: index < texts.count ? texts[index] : nil)
      }
      requests.append(Request(id: id, dueDay: CivilDay(number: requested.dueDay), made: event.time, items: items))
    case .documentRequestAnswered(let answered):
      guard let request = requests.firstIndex(where: { $0.id == UUID(answered.requestID) }),
        let item = requests[request].items.firstIndex(where: { $0.number == answered.itemNumber })
      else { return }
      requests[request].items[item].isAnswered = true
      requests[request].items[item].document = UUID(answered.documentID)
      requests[request].items[item].explanation = answered.hasPersonal ? answered.personal.explanation : nil
    case .documentRequestExtended(let extended):
      update(extended.requestID) { $0.dueDay = CivilDay(number: extended.dueDay) }
    case .documentRequestCompleted(let completed): update(completed.requestID) { $0.isCompleted = true }
    case .documentRequestCancelled(let cancelled): update(cancelled.requestID) { $0.isCompleted = true }
    }
  }

  private mutating func update(_ request: Data, _ body: (inout Request) -> Void) {
    guard let index = requests.firstIndex(where: { $0.id == UUID(request) }) else { return }
    body(&requests[index])
  }
}
