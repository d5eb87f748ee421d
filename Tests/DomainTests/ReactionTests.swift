import Domain
import Foundation
import Schema
import Testing
import TestSupport

@Suite("Reactions")
struct ReactionTests {
  private let source = UUID.test(0x70)

  private func context(_ account: RepresentativeState = Sample.account()) -> DecisionContext {
    .test(.system, at: .utc("2023-05-04 18:05:00"), account: account)
  }

  private func inboxMessage(_ event: StreamEvent?) -> AccountMessageSent? {
    guard case .inbox(.accountMessageSent(let sent))? = event?.event else { return nil }
    return sent
  }

  private func applicationMessage(_ event: StreamEvent?) -> ApplicationMessageSent? {
    guard case .applicationMessage(.applicationMessageSent(let sent))? = event?.event else { return nil }
    return sent
  }

  @Test("An approval sends its message to the inbox, with the number in the body and not in the subject")
  func approval() {
    let approved = DomainEvent.representative(
      .enrolmentRequestApproved(.with { $0.representativeID = "P010001243312" }))
    let follow = Reactions.to(approved, id: source, context: context())
    #expect(follow.count == 1 && follow.first?.stream == StreamNames.inbox(Sample.doe))
    #expect(follow.first?.tags == [TagNames.representative(Sample.doe)] && follow.first?.subject == Sample.doe)
    let message = inboxMessage(follow.first)
    #expect(message?.text.templateKey == "M-ENR-APP" && message?.text.subject == "Enrolment request approved")
    #expect(message?.personal.body == "Your enrolment is approved. Your Representative IRCC ID is P010001243312.")
    #expect(message?.sourceEventID == source.data)
  }

  @Test("Each event of the enrolment, of standing and of the password has its message", arguments: [
    (DomainEvent.representative(.enrolmentRequestSubmitted(.init())), "M-ENR-SUB"),
    (.representative(.enrolmentDocumentsRequested(.init())), "M-ENR-DOCREQ"),
    (.representative(.enrolmentDocumentsProvided(.init())), "M-ENR-DOCREC"),
    (.representative(.enrolmentRequestRefused(.init())), "M-ENR-REF"),
    (.representative(.standingChanged(.with { $0.to = .suspended })), "M-STANDING"),
    (.credential(.passwordChanged(.init())), "M-PWD-CHG"),
  ])
  func templates(event: DomainEvent, key: String) {
    let follow = Reactions.to(event, id: source, context: context(Sample.account(language: .french)))
    let message = inboxMessage(follow.first)
    #expect(message?.text.templateKey == key && message?.text.language == .french)
    #expect(message?.text.actionRequired == (key == "M-ENR-DOCREQ"))
    #expect(message?.personal.body.contains("{") == false)
  }

  @Test("What nobody is told causes nothing", arguments: [
    DomainEvent.representative(.membershipChecked(.init())), .representative(.accountClosed(.init())),
    .credential(.passwordSet(.init())), .credential(.passwordCheckFailed(.init())),
    .package(.applicationSaved(.init())), .documentRequest(.documentRequested(.init())),
  ])
  func silence(event: DomainEvent) {
    #expect(Reactions.to(event, id: source, context: context()).isEmpty)
  }

  @Test("A message to a closed account leaves a note instead")
  func undeliverable() {
    let changed = DomainEvent.representative(.standingChanged(.with { $0.to = .revoked }))
    let follow = Reactions.to(changed, id: source, context: context(Sample.closedAccount()))
    #expect(follow.map(\.event) == [
      .inbox(.accountMessageUndeliverable(.with { ($0.templateKey, $0.sourceEventID) = ("M-STANDING", source.data) }))
    ])
  }

  @Test("A submission starts each member's application and confirms it")
  func submission() throws {
    let submitted = PackageEvent.OneOf_Event.packageSubmitted(
      .with {
        $0.members = [(UInt8(40), "L100003694"), (41, "L100003696")].map { number, text in
          .with { ($0.applicationID, $0.personID, $0.applicationNumber) = (UUID.test(number).data, UUID.test(number + 10).data, text) }
        }
      })
    let package = try Sample.draftSpec(.refugeeClaim, mode: .group, at: .utc("2023-08-04 15:00:00")).given(submitted).state
    let follow = Reactions.to(.package(submitted), id: source, package: package, context: context())
    #expect(follow.map(\.stream) == [
      StreamNames.application(.test(40)), StreamNames.applicationMessages(.test(40)),
      StreamNames.application(.test(41)), StreamNames.applicationMessages(.test(41)),
    ])
    #expect(follow.map(\.subject) == [nil, .test(50), nil, .test(51)])
    #expect(follow.last?.tags == ["rep:\(Sample.doe.streamText)", "package:61001", "application:L100003696"])
    #expect(applicationMessage(follow.last)?.personal.body
      == "Your client’s application was submitted on August 04 2023 under number L100003696.")
  }

  @Test("A document request is announced with action required until it is completed")
  func documentRequest() {
    let application = ApplicationState.submitted(Sample.application)
    let requested = DomainEvent.documentRequest(
      .documentRequested(
        .with {
          $0.requestID = UUID.test(60).data
          $0.items = [.with { $0.slot = "police" }, .with { $0.slot = "identity" }]
          $0.dueDay = CivilDay(iso: "2023-09-04")?.number ?? 0
        }))
    let message = applicationMessage(
      Reactions.to(requested, id: source, application: application, context: context()).first)
    #expect(message?.text.actionRequired == true && message?.requestID == UUID.test(60).data)
    #expect(message?.personal.body
      == "We need these documents for application L100003694 by September 04 2023: Police certificate, Proof of identity.")
    let completed = DomainEvent.documentRequest(.documentRequestCompleted(.init()))
    let receipt = applicationMessage(
      Reactions.to(completed, id: source, application: application, context: context()).first)
    #expect(receipt?.text.templateKey == "A-DOCREC" && receipt?.text.actionRequired == false)
  }

  @Test("An expired draft is told by its number")
  func expiry() throws {
    let package = try Sample.draftSpec().state
    let follow = Reactions.to(.package(.draftExpired(.init())), id: source, package: package, context: context())
    #expect(inboxMessage(follow.first)?.personal.body == "Application 61001 was not submitted by March 15 2024 and was deleted.")
  }

  @Test("Lost standing freezes drafts, good standing frees them, closing deletes them")
  func drafts() {
    func command(_ standing: Standing) -> PackageCommand? {
      Reactions.draftCommand(after: .standingChanged(.with { $0.to = standing }))
    }
    guard case .freeze(.standing)? = command(.suspended), case .unfreeze(.standing)? = command(.good),
      command(.restricted) == nil,
      case .delete(.accountClosed)? = Reactions.draftCommand(after: .accountClosed(.init()))
    else { Issue.record("Every standing must have its effect on drafts."); return }
  }

  @Test("A refusal and a closing free the membership")
  func membership() {
    #expect(Reactions.releasesMembership(.enrolmentRequestRefused(.init())))
    #expect(Reactions.releasesMembership(.accountClosed(.init())))
    #expect(!Reactions.releasesMembership(.standingChanged(.init())))
  }
}
