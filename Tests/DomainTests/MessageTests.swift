import Domain
import Foundation
import Schema
import Testing
import TestSupport

@Suite("Messages")
struct MessageTests {
  private let inbox = DeciderSpec(
    InboxDecider.self, context: .test(Sample.representative, at: .utc("2023-05-05 12:00:00"), account: Sample.account()))
  private let messages = DeciderSpec(
    ApplicationMessageDecider.self,
    context: .test(Sample.officer, at: .utc("2023-08-05 12:00:00"), account: Sample.account()))
  private let application = ApplicationState.submitted(Sample.application)
  private let id = UUID.test(0xA0)

  private var letter: InboxCommand { .send(SendAccountMessage(template: .standingUpdated, body: "Hello\nthere")) }

  private func send(
    _ template: MessageTemplate = .statusUpdated, body: String? = nil,
    audience: ApplicationMessageSent.Audience = .contact
  ) -> ApplicationMessageCommand {
    .send(SendApplicationMessage(template: template, body: body, audience: audience, application: application))
  }

  private var read: ApplicationMessageCommand { .read(ReadApplicationMessage(message: id, application: application)) }

  // MARK: Inbox

  @Test("An officer's letter has the subject of its template in the language of the account")
  func sendsLetter() {
    let french = inbox.with { ($0.actor, $0.account) = (Sample.enrolmentOfficer, Sample.account(language: .french)) }
    guard case .accountMessageSent(let sent) = french.when(letter).events.first else {
      Issue.record("The letter must be sent.")
      return
    }
    #expect(sent.text.subject == "Votre statut de membre a été mis à jour" && sent.text.language == .french)
    #expect(sent.personal.body == "Hello\nthere" && sent.sourceEventID.isEmpty)
  }

  @Test("A letter needs words, an open account and a template of the inbox")
  func refusesLetter() {
    let spec = inbox.with { $0.actor = Sample.officer }
    #expect(spec.when(.send(SendAccountMessage(template: .standingUpdated, body: " "))).codes == [.fieldRequired])
    #expect(spec.when(.send(SendAccountMessage(template: .letter, body: "x"))).codes == [.internalTemplateMissing])
    #expect(spec.with { $0.account = Sample.closedAccount() }.when(letter).codes == [.inboxAccountClosed])
    #expect(inbox.when(letter).codes == [.authRequired])
  }

  @Test("A message is read once; later openings record nothing")
  func readsOnce() throws {
    let sent = try inbox.with { $0.actor = Sample.officer }.after(letter).with { $0.actor = Sample.representative }
    #expect(
      sent.when(.read(message: id))
        == .events([
          .accountMessageRead(.with { ($0.messageID, $0.readerID) = (id.data, Sample.doe.data) })
        ]))
    #expect(try sent.after(.read(message: id)).when(.read(message: id)) == .nothing)
  }

  @Test("A message that is not in this inbox, or of somebody else, is not found")
  func messageNotFound() throws {
    #expect(inbox.when(.read(message: id)).codes == [.messageNotFound])
    let sent = try inbox.with { $0.actor = Sample.officer }.after(letter)
      .with { $0.actor = .representative(account: Sample.tremblay) }
    #expect(sent.when(.read(message: id)).codes == [.messageNotFound])
  }

  // MARK: Application messages

  @Test("An update has words of its own, a letter needs the officer's")
  func sendsUpdate() {
    guard case .applicationMessageSent(let sent) = messages.when(send()).events.first else {
      Issue.record("The update must be sent.")
      return
    }
    #expect(sent.text.templateKey == "A-UPDATE" && !sent.text.actionRequired)
    #expect(sent.personal.body == "The status of application L100003694 was updated.")
    #expect(messages.when(send(.letter)).codes == [.fieldRequired])
    #expect(messages.when(send(.letter, body: "Dear")).events.count == 1)
    #expect(messages.when(send(.passwordChanged, body: "x")).codes == [.internalTemplateMissing])
    let draft = SendApplicationMessage(template: .statusUpdated, application: .none)
    #expect(messages.when(.send(draft)).codes == [.applicationStateConflict])
  }

  @Test("Each reader's first reading is kept; a client's reading is not the representative's")
  func readers() throws {
    let sent = try messages.after(send(audience: .both))
    let client = sent.with { $0.actor = .client(Sample.helen) }
    let afterClient = try client.after(read)
    #expect(afterClient.when(read) == .nothing)
    let representative = afterClient.with { $0.actor = Sample.representative }
    #expect(
      representative.when(read)
        == .events([
          .applicationMessageRead(
            .with { ($0.messageID, $0.readerID, $0.readerKind) = (id.data, Sample.doe.data, .representative) })
        ]))
    #expect(try representative.after(read).when(read) == .nothing)
  }

  @Test("A message is seen by those it is for")
  func audience() throws {
    let toClient = try messages.after(send(audience: .client))
    #expect(toClient.with { $0.actor = Sample.representative }.when(read).codes == [.messageNotFound])
    let toContact = try messages.after(send())
    #expect(toContact.with { $0.actor = .client(Sample.helen) }.when(read).codes == [.messageNotFound])
    #expect(toContact.with { $0.actor = .client(Sample.alice) }.when(read).codes == [.messageNotFound])
    #expect(toContact.with { $0.actor = .representative(account: Sample.tremblay) }.when(read).codes == [.messageNotFound])
  }
}
