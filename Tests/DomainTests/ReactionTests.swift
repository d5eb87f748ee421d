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

  private func reactions<S: EventStream>(
    of stream: S.Type, _ id: S.ID, to event: S.Event, in state: S.State, _ context: DecisionContext
  ) throws -> [StreamEvent] {
    try RecordingAttempt.reactions(of: stream, id, to: event, source, in: state, context)
  }

  private func reactions(
    to event: RepresentativeEvent.OneOf_Event, _ account: RepresentativeState = Sample.account()
  ) throws -> [StreamEvent] {
    try reactions(of: RepresentativeDecider.self, Sample.doe, to: event, in: account, context(account))
  }

  @Test("An approval sends its message to the inbox, with the number in the body and not in the subject")
  func approval() throws {
    let follow = try reactions(to: .enrolmentRequestApproved(.with { $0.representativeID = "P010001243312" }))
    #expect(follow.count == 1 && follow.first?.stream == StreamNames.inbox(Sample.doe))
    #expect(follow.first?.place.tags == [TagNames.representative(Sample.doe)] && follow.first?.place.subject == Sample.doe)
    let message = inboxMessage(follow.first)
    #expect(message?.text.templateKey == "M-ENR-APP" && message?.text.subject == "Enrolment request approved")
    #expect(message?.personal.body == "Your enrolment is approved. Your Representative IRCC ID is P010001243312.")
    #expect(message?.sourceEventID == source.data)
  }

  @Test(
    "Each event of the enrolment and of standing has its message",
    arguments: [
      (RepresentativeEvent.OneOf_Event.enrolmentRequestSubmitted(.init()), "M-ENR-SUB"),
      (.enrolmentDocumentsRequested(.init()), "M-ENR-DOCREQ"),
      (.enrolmentDocumentsProvided(.init()), "M-ENR-DOCREC"),
      (.enrolmentRequestRefused(.init()), "M-ENR-REF"),
      (.standingChanged(.with { $0.to = .suspended }), "M-STANDING"),
    ])
  func templates(event: RepresentativeEvent.OneOf_Event, key: String) throws {
    let message = inboxMessage(try reactions(to: event, Sample.account(language: .french)).first)
    #expect(message?.text.templateKey == key && message?.text.language == .french)
    #expect(message?.text.actionRequired == (key == "M-ENR-DOCREQ"))
    #expect(message?.personal.body.contains("{") == false)
  }

  @Test("A changed password is told")
  func password() throws {
    let follow = try reactions(
      of: CredentialDecider.self, Sample.doe, to: .passwordChanged(.init()), in: .set(version: 2, guesses: Guesses()), context())
    #expect(inboxMessage(follow.first)?.text.templateKey == "M-PWD-CHG")
  }

  @Test("What nobody is told causes nothing")
  func silence() throws {
    #expect(try reactions(to: .membershipChecked(.init())).isEmpty)
    #expect(try reactions(to: .accountClosed(.init()), .none).isEmpty)
    for event in [CredentialEvent.OneOf_Event.passwordSet(.init()), .passwordCheckFailed(.init())] {
      #expect(try reactions(of: CredentialDecider.self, Sample.doe, to: event, in: .none, context()).isEmpty)
    }
    let draft = try Sample.draftSpec().state
    #expect(try reactions(of: PackageDecider.self, Sample.package, to: .applicationSaved(.init()), in: draft, context()).isEmpty)
  }

  @Test("A message to a closed account leaves a note instead")
  func undeliverable() throws {
    let follow = try reactions(to: .standingChanged(.with { $0.to = .revoked }), Sample.closedAccount())
    #expect(
      follow.map(\.event) == [
        .inbox(.accountMessageUndeliverable(.with { ($0.templateKey, $0.sourceEventID) = ("M-STANDING", source.data) }))
      ])
  }

  @Test("A submission starts each member's application and confirms it")
  func submission() throws {
    let submitted = PackageEvent.OneOf_Event.packageSubmitted(
      .with {
        $0.members = [(UInt8(40), "L100003694"), (41, "L100003696")].map { number, text in
          .with {
            ($0.applicationID, $0.personID, $0.applicationNumber) = (UUID.test(number).data, UUID.test(number + 10).data, text)
          }
        }
      })
    let package = try Sample.draftSpec(.refugeeClaim, mode: .group, at: .utc("2023-08-04 15:00:00")).given(submitted).state
    let follow = try reactions(of: PackageDecider.self, Sample.package, to: submitted, in: package, context())
    #expect(
      follow.map(\.stream) == [
        StreamNames.application(.test(40)), StreamNames.applicationMessages(.test(40)),
        StreamNames.application(.test(41)), StreamNames.applicationMessages(.test(41)),
      ])
    #expect(follow.map(\.place.subject) == [nil, .test(50), nil, .test(51)])
    #expect(follow.last?.place.tags == ["rep:\(Sample.doe.streamText)", "package:61001", "application:L100003696"])
    #expect(
      applicationMessage(follow.last)?.personal.body
        == "Your client’s application was submitted on August 04 2023 under number L100003696.")
  }

  @Test("A document request is announced with action required until it is completed")
  func documentRequest() throws {
    func told(_ event: DocumentRequestEvent.OneOf_Event) throws -> ApplicationMessageSent? {
      applicationMessage(
        try reactions(
          of: DocumentRequestDecider.self, Sample.application, to: event, in: DocumentRequestDecider.initialState, context()
        ).first)
    }
    let message = try told(
      .documentRequested(
        .with {
          $0.requestID = UUID.test(60).data
          $0.items = [.with { $0.slot = "police" }, .with { $0.slot = "identity" }]
          $0.dueDay = CivilDay(iso: "2023-09-04")?.number ?? 0
        }))
    #expect(message?.text.actionRequired == true && message?.requestID == UUID.test(60).data)
    #expect(
      message?.personal.body
        == "We need these documents for application L100003694 by September 04 2023: Police certificate, Proof of identity.")
    let receipt = try told(.documentRequestCompleted(.init()))
    #expect(receipt?.text.templateKey == "A-DOCREC" && receipt?.text.actionRequired == false)
  }

  @Test("An expired draft is told by its number")
  func expiry() throws {
    let package = try Sample.draftSpec().state
    let follow = try reactions(of: PackageDecider.self, Sample.package, to: .draftExpired(.init()), in: package, context())
    #expect(inboxMessage(follow.first)?.personal.body == "Application 61001 was not submitted by March 15 2024 and was deleted.")
  }

  @Test("Lost standing freezes drafts, good standing frees them, closing deletes them and frees the membership")
  func drafts() throws {
    let created = try Sample.draftSpec(at: .utc("2023-05-04 15:00:00"))
    var roster = Roster()
    let draft = PackageEvent.OneOf_Event.applicationCreated(
      .with { ($0.packageID, $0.accountID, $0.deadlineDay) = (Sample.package.data, Sample.doe.data, 19_600) })
    roster.fold(.package(draft), package: Sample.package)
    #expect(created.state.draft != nil)
    func types(_ event: RepresentativeEvent.OneOf_Event, _ earlier: [DomainEvent] = []) throws -> [DomainEvent] {
      let streams = [StreamNames.package(Sample.package): [.package(draft)] + earlier]
      return try RecordingAttempt.reactions(
        of: RepresentativeDecider.self, Sample.doe, to: event, source, in: Sample.account(), context(), streams: streams,
        roster: roster
      ).map(\.event).filter { if case .inbox = $0 { false } else { true } }
    }
    let frozen = DomainEvent.package(.draftFrozen(.with { $0.cause = .standing }))
    #expect(try types(.standingChanged(.with { $0.to = .suspended })) == [frozen])
    #expect(
      try types(.standingChanged(.with { $0.to = .good }), [frozen])
        == [.package(.draftUnfrozen(.with { $0.cause = .standing }))])
    #expect(try types(.standingChanged(.with { $0.to = .restricted })).isEmpty)
    #expect(try types(.accountClosed(.init())) == [.package(.applicationDeleted(.with { $0.reason = .accountClosed }))])
  }
}
