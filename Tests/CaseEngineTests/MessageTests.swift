import CaseEngine
@testable import Domain
import EventStore
import Foundation
import Schema
import Testing

/// S6 and S7 as far as messages and requests go.
@Suite struct MessageTests {
  private func submitted(_ language: Language = .english) async throws -> (Scene, String) {
    let scene = try Scene(at: "2024-07-02 10:00:00")
    try await scene.enrol(Scene.john, Scene.enrolment(language: language))
    let package = try await scene.draft(Scene.application(.studyPermit))
    let acceptance = try await scene.accepted(.submitApplication(package: package), as: scene.john)
    guard case .applications(let numbers) = acceptance.results.last else { throw Refusal(.applicationNotFound) }
    return (scene, numbers[0])
  }

  @Test("only the first reading is kept, for each reader")
  func reading() async throws {
    let (scene, number) = try await submitted()
    let read = CaseCommand.readApplicationMessage(newest: .submissionConfirmation, application: number)
    #expect(try await scene.accepted(read, as: scene.john).eventCount == 1)
    try await scene.refused(read, as: scene.john, .messageNotFound)
    try await scene.accepted(.readAccountMessage(newest: .enrolmentApproved), as: scene.john)
    try await scene.refused(.readAccountMessage(UUID()), as: scene.john, .messageNotFound)
  }

  @Test("a request is answered item by item until the end of its last day; then it is completed, and closed")
  func request() async throws {
    let (scene, number) = try await submitted()
    let items = [Requests.RequestDocuments.Item(slot: .passport, text: "All pages."), .init(slot: .police, text: "Certificate.")]
    let ask = CaseCommand.requestDocuments(items, dueDay: CivilDay(iso: "2024-08-01"), application: number)
    try await scene.refused(ask, as: scene.john, .authRequired)
    let request = try await scene.accepted(ask, as: .officer77)
    #expect(request.eventCount == 2)
    func answer(_ item: Int) -> CaseCommand {
      .answerDocumentRequest(item, explanation: "Lost.", application: number)
    }
    try await scene.accepted(answer(1), as: scene.john)
    scene.at("2024-08-01 23:59:59.999999")
    #expect(try await scene.accepted(answer(2), as: scene.john).eventCount == 3)
    #expect(try scene.types().suffix(3) == ["DocumentRequestAnswered", "DocumentRequestCompleted", "ApplicationMessageSent"])
    try await scene.refused(answer(2), as: scene.john, .documentNoOpenRequest)
    guard case .request(let id) = request.results.first else { return }
    try await scene.refused(
      .answerDocumentRequest(1, of: id, explanation: "x", application: number), as: scene.john,
      .requestClosed)
  }

  @Test("an answer after the last day is taken, and completes the request")
  func overdue() async throws {
    let (scene, number) = try await submitted()
    let items = [Requests.RequestDocuments.Item(slot: .passport, text: "All pages.")]
    try await scene.accepted(.requestDocuments(items, dueDay: nil, application: number), as: .officer77)
    scene.at("2024-08-02 00:00:00")
    try await scene.accepted(.answerDocumentRequest(1, explanation: "x", application: number), as: scene.john)
  }

  @Test("texts are written in the language of the account")
  func language() async throws {
    let (scene, number) = try await submitted(.french)
    try await scene.accepted(
      .sendApplicationMessage(.statusUpdated, audience: .contact, application: number), as: .officer77)
    let subjects = try scene.messages().compactMap { event -> String? in
      switch event {
      case .inbox(.accountMessageSent(let sent)): sent.text.subject
      case .applicationMessage(.applicationMessageSent(let sent)): sent.text.subject
      default: nil
      }
    }
    #expect(
      subjects == [
        "Demande d’inscription soumise", "Demande d’inscription approuvée", "Confirmation de soumission",
        "État de la demande mis à jour",
      ])
  }

  @Test("an unknown application is not found, by anybody")
  func unknown() async throws {
    let (scene, _) = try await submitted()
    let letter = CaseCommand.sendApplicationMessage(.letter, "x", audience: .both, application: "S999999999")
    try await scene.refused(letter, as: .officer77, .applicationNotFound)
    try await scene.refused(
      .sendAccountMessage(.standingUpdated, "x", to: .representativeID("P999999999999")),
      as: .officer77, .accountNotActive)
  }
}
