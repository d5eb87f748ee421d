import Domain
import Foundation
import Schema
import Testing
import TestSupport

@Suite("Document requests")
struct DocumentRequestTests {
  private typealias Spec = DeciderSpec<DocumentRequestDecider>

  private let start = Spec(
    DocumentRequestDecider.self,
    context: .test(Sample.officer, at: .utc("2024-07-02 15:00:00"), account: Sample.account()))
  private let application = ApplicationState.submitted(Sample.application)
  private let request = UUID.test(0xA0)

  private func ask(_ count: Int, due: CivilDay? = nil) -> DocumentRequestCommand {
    let item = RequestDocuments.Item(slot: .police, text: "From 2019 on")
    return .request(
      RequestDocuments(items: Array(repeating: item, count: count), dueDay: due, application: application))
  }

  private func answer(_ item: Int, document: UUID? = .test(30), explanation: String? = nil) -> DocumentRequestCommand {
    .answer(
      AnswerDocumentRequest(
        request: request, item: item, document: document, explanation: explanation, application: application))
  }

  /// Two documents were asked for, due August 01 2024; the representative is at work.
  private func asked() throws -> Spec { try start.after(ask(2)).with { $0.actor = Sample.representative } }

  @Test("An officer asks for documents, due 30 days later unless he says otherwise")
  func asks() throws {
    guard case .documentRequested(let event) = start.when(ask(2)).events.first else {
      Issue.record("Documents must be requested.")
      return
    }
    #expect(event.requestID == request.data && CivilDay(number: event.dueDay).iso == "2024-08-01")
    #expect(event.items.map(\.number) == [1, 2] && event.items.map(\.slot) == ["police", "police"])
    #expect(event.personal.texts == ["From 2019 on", "From 2019 on"])
  }

  @Test("A request has 1 to 20 items and at least 7 days, and concerns a submitted application")
  func refusesRequests() throws {
    let today = start.context.today
    #expect(start.when(ask(0, due: today.adding(days: 6))).codes == [.fieldRequired, .requestDueTooSoon])
    #expect(start.when(ask(21)).codes == [.fieldTooLong])
    #expect(start.when(ask(20, due: today.adding(days: 7))).events.count == 1)
    let item = RequestDocuments.Item(slot: .police, text: "")
    let none = DocumentRequestCommand.request(RequestDocuments(items: [item], application: .none))
    #expect(start.when(none).codes == [.applicationStateConflict])
    #expect(start.with { $0.actor = Sample.representative }.when(ask(1)).codes == [.authRequired])
  }

  @Test("The last answer completes the request; a second answer to an item replaces the first")
  func answers() throws {
    let spec = try asked()
    #expect(spec.when(answer(1)).events.count == 1)
    let first = try spec.after(answer(1))
    #expect(first.when(answer(1, document: .test(31))).events.count == 1)
    guard case .documentRequestAnswered(let event) = first.when(answer(2, document: nil, explanation: "Lost")).events.first
    else { Issue.record("The item must be answered."); return }
    #expect(event.personal.explanation == "Lost" && event.documentID.isEmpty)
    let done = try first.after(answer(2))
    #expect(first.when(answer(2)).events.last == .documentRequestCompleted(.with { $0.requestID = request.data }))
    #expect(done.state.open.isEmpty && first.state.open == [request])
    #expect(done.when(answer(2)).codes == [.requestClosed])
  }

  @Test("An answer is in time until the end of the due day, and marked late after it")
  func overdue() throws {
    let due = try #require(CivilDay(iso: "2024-08-01"))
    let last = try asked().with { $0.now = due.lastInstant }
    func late(_ outcome: DeciderOutcome<DocumentRequestEvent.OneOf_Event>) -> Bool? {
      if case .documentRequestAnswered(let answered) = outcome.events.first { answered.late } else { nil }
    }
    #expect(late(last.when(answer(1))) == false)
    #expect(late(last.with { $0.now = .utc("2024-08-02 04:00:00") }.when(answer(1))) == true)
  }

  @Test("An officer gives more time or asks for nothing more; then the request is closed")
  func corrections() throws {
    let asked = try asked().with { $0.actor = Sample.officer }
    let due = try #require(CivilDay(iso: "2024-08-01"))
    #expect(asked.when(.extend(nil, to: due)).codes == [.requestDueTooSoon])
    let extended = try asked.after(.extend(request, to: due.adding(days: 10)))
    #expect(extended.state.requests[request]?.dueDay == due.adding(days: 10))
    let cancelled = try extended.after(.cancel(nil))
    #expect(cancelled.state.open.isEmpty && cancelled.when(.cancel(request)).codes == [.requestClosed])
    #expect(cancelled.when(.cancel(nil)).codes == [.documentNoOpenRequest])
    #expect(cancelled.with { $0.actor = Sample.representative }.when(answer(1)).codes == [.requestClosed])
  }

  @Test("An answer names an item and says something")
  func content() throws {
    let spec = try asked()
    #expect(spec.when(answer(3, document: nil)).codes == [.fieldInvalidFormat, .fieldRequired])
    #expect(spec.when(answer(-1)).codes == [.fieldInvalidFormat])
    #expect(start.with { $0.actor = Sample.representative }.when(answer(1)).codes == [.documentNoOpenRequest])
  }

  @Test("Only the representative who submitted the application answers, while in good standing")
  func access() throws {
    #expect(try asked().with { $0.account = Sample.account(.suspended) }.when(answer(1)).codes == [.standingNotGood])
    let stranger = try asked().with {
      ($0.actor, $0.account) = (.representative(account: Sample.tremblay), Sample.account(id: Sample.tremblay))
    }
    #expect(stranger.when(answer(1)).codes == [.applicationNotFound])
  }
}
