import Domain
import Foundation
import Schema
import Testing
import TestSupport

@Suite("Enrolment and account")
struct RepresentativeTests {
  private typealias Spec = DeciderSpec<RepresentativeDecider>

  private let start = Spec(
    RepresentativeDecider.self, context: .test(Sample.representative, at: .utc("2023-05-04 13:12:30")))

  private func submitted() throws -> Spec { try start.after(.submitEnrolment(Sample.form)) }

  private func checked(_ result: MembershipResult = .goodStanding) throws -> Spec {
    try submitted().with { $0.actor = Sample.register }
      .after(.recordMembershipCheck(RecordMembershipCheck(result: result, checkedAt: start.context.now)))
      .with { $0.actor = Sample.enrolmentOfficer }
  }

  private let approval = RepresentativeCommand.approve(
    ApproveEnrolment(representativeID: "P010001243312", isNumberTaken: false))

  private func active() throws -> Spec { try checked().after(approval) }

  // MARK: Submitting

  @Test("An enrolment request keeps its texts clean and its address lower-cased")
  func submits() throws {
    var form = Sample.form
    form.surname = "  Nu\u{301}n\u{303}ez "
    guard case .enrolmentRequestSubmitted(let event) = start.when(.submitEnrolment(form)).events.first else {
      Issue.record("The request must be submitted.")
      return
    }
    #expect(event.personal.surname == "Núñez" && event.personal.email == "John.Doe@cicc.com")
    #expect(event.accountID == Sample.doe.data && event.requestID == UUID.test(0xA0).data)
    #expect(event.membershipKey == Data([1, 2, 3]) && event.documentIds.count == 2)
  }

  @Test("All field errors come together")
  func fieldErrors() {
    var form = Sample.form
    form.surname = "R2D2"
    form.email = "nobody"
    form.telephone = "514 333 4545"
    form.fax = "5143334545"
    form.mailingAddress = " "
    form.membershipID = "512345"
    form.documents = [.test(20)]
    form.dateOfBirth = "2023-05-05"
    #expect(
      start.when(.submitEnrolment(form)).codes == [
        .fieldInvalidFormat, .fieldInvalidFormat, .profileEmailFormat, .profilePhoneFormat, .profileFaxFormat,
        .fieldRequired, .enrolmentMembershipFormat, .enrolmentDocumentsMissing,
      ])
  }

  @Test(
    "A membership number fits its body, and is absent where the body gives none",
    arguments: [
      (GoverningBody.collegeOfImmigrationAndCitizenshipConsultants, "R512345" as String?, true),
      (.collegeOfImmigrationAndCitizenshipConsultants, "512345", false),
      (.collegeOfImmigrationAndCitizenshipConsultants, nil, false),
      (.lawSocietyOfYukon, nil, true), (.lawSocietyOfYukon, "1", false),
      (.lawSocietyOfOntario, "P-1234", true), (.lawSocietyOfOntario, "é", false),
    ])
  func membership(body: GoverningBody, id: String?, isAccepted: Bool) {
    var form = Sample.form
    (form.governingBody, form.membershipID) = (body, id)
    #expect(start.when(.submitEnrolment(form)).codes == (isAccepted ? [] : [.enrolmentMembershipFormat]))
  }

  @Test("A second request is refused while one is open, once approved, and once closed")
  func again() throws {
    let command = RepresentativeCommand.submitEnrolment(Sample.form)
    #expect(try submitted().when(command).codes == [.enrolmentAlreadySubmitted])
    let active = try active().with { $0.actor = Sample.representative }
    #expect(active.when(command).codes == [.enrolmentAlreadyEnrolled])
    #expect(active.given(.accountClosed(.init())).when(command).codes == [.accountClosed])
  }

  @Test("After a refusal a new request may be made")
  func afterRefusal() throws {
    let refused = try checked().after(.refuse(RefuseEnrolment(reason: .notMember)))
      .with { $0.actor = Sample.representative }
    #expect(refused.when(.submitEnrolment(Sample.form)).events.count == 1)
  }

  @Test("Only the representative submits a request")
  func role() {
    #expect(start.with { $0.actor = Sample.officer }.when(.submitEnrolment(Sample.form)).codes == [.authRequired])
  }

  // MARK: Papers

  @Test("Papers are due 30 civil days later unless the officer says otherwise")
  func requestsDocuments() throws {
    let spec = try checked()
    let items = [RequestEnrolmentDocuments.Item(slot: .identity, note: "A clearer copy, please")]
    guard case .enrolmentDocumentsRequested(let event) = spec.when(.requestDocuments(.init(items: items))).events.first
    else { Issue.record("Papers must be requested."); return }
    #expect(CivilDay(number: event.dueDay).iso == "2023-06-03")
    #expect(event.itemTypes == ["identity"] && event.personal.notes == ["A clearer copy, please"])
    #expect(spec.when(.requestDocuments(.init(items: []))).codes == [.fieldRequired])
    #expect(spec.when(.requestDocuments(.init(items: Array(repeating: items[0], count: 11)))).codes == [.fieldTooLong])
    #expect(try active().when(.requestDocuments(.init(items: items))).codes == [.enrolmentNotOpen])
  }

  @Test("Papers are provided until the last microsecond of the due day; then the request has lapsed")
  func lapses() throws {
    let due = try #require(CivilDay(iso: "2023-06-04"))
    let spec = try checked()
      .after(.requestDocuments(.init(items: [.init(slot: .identity, note: "Copy")], dueDay: due)))
      .with { ($0.actor, $0.now) = (Sample.representative, due.lastInstant) }
    let provide = RepresentativeCommand.provideDocuments(.init(documents: [.test(22)]))
    #expect(spec.when(provide).events.count == 1)
    #expect(spec.when(.provideDocuments(.init(documents: []))).codes == [.fieldRequired])
    let late = spec.with { $0.now = due.adding(days: 1).firstInstant }
    #expect(late.when(provide).codes == [.enrolmentNotOpen])
    #expect(late.when(.submitEnrolment(Sample.form)).events.count == 1)
    #expect(late.with { $0.actor = Sample.enrolmentOfficer }.when(approval).codes == [.enrolmentNotOpen])
  }

  @Test("Papers that nobody asked for are refused")
  func unasked() throws {
    #expect(try submitted().when(.provideDocuments(.init(documents: [.test(22)]))).codes == [.enrolmentNoDocumentsRequested])
    #expect(start.when(.provideDocuments(.init(documents: [.test(22)]))).codes == [.enrolmentNotOpen])
  }

  // MARK: Decision

  @Test("An approval gives out the number and names the check it rests on")
  func approves() throws {
    guard case .enrolmentRequestApproved(let event) = try checked().when(approval).events.first else {
      Issue.record("The request must be approved.")
      return
    }
    #expect(event.representativeID == "P010001243312" && event.language == .english)
    #expect(event.membershipCheckedAt == start.context.now.microseconds)
  }

  @Test("Without a check in good standing of the last 7 days there is no approval")
  func notVerified() throws {
    let unchecked = try submitted().with { $0.actor = Sample.enrolmentOfficer }
    #expect(unchecked.when(approval).codes == [.enrolmentMembershipNotVerified])
    #expect(try checked(.suspended).when(approval).codes == [.enrolmentMembershipNotVerified])
    let week = try checked().with { $0.now = start.context.now.adding(days: 7) }
    #expect(week.when(approval).events.count == 1)
    let later = week.with { $0.now = Instant(microseconds: $0.now.microseconds + 1) }
    #expect(later.when(approval).codes == [.enrolmentMembershipNotVerified])
  }

  @Test("A decision is made once, by an enrolment officer, under a number nobody has")
  func decidesOnce() throws {
    #expect(try active().when(approval).codes == [.enrolmentAlreadyDecided])
    #expect(try active().when(.refuse(RefuseEnrolment(reason: .other))).codes == [.enrolmentAlreadyDecided])
    #expect(try checked().with { $0.actor = Sample.officer }.when(approval).codes == [.authRequired])
    #expect(start.with { $0.actor = Sample.enrolmentOfficer }.when(approval).codes == [.enrolmentNotOpen])
    let taken = RepresentativeCommand.approve(ApproveEnrolment(representativeID: "P010001243312", isNumberTaken: true))
    #expect(try checked().when(taken).codes == [.internalNumberTaken])
  }

  @Test("A refusal has a reason")
  func refuses() throws {
    let refusal = RefuseEnrolment(reason: .nameMismatch, text: "See\nletter")
    guard case .enrolmentRequestRefused(let event) = try checked().when(.refuse(refusal)).events.first else {
      Issue.record("The request must be refused.")
      return
    }
    #expect(event.reason == .nameMismatch && event.personal.reasonText == "See\nletter")
    #expect(try checked().when(.refuse(RefuseEnrolment(reason: .unspecified))).codes == [.fieldRequired])
  }

  // MARK: Standing and closing

  @Test("For an active account only a changed result of the register is kept, and one a month")
  func checks() throws {
    let spec = try active().with {
      $0.actor = Sample.register; $0.now = start.context.now.adding(days: 60)
    }
    func check(_ result: MembershipResult, day: Int64) -> DeciderOutcome<RepresentativeEvent.OneOf_Event> {
      spec.when(.recordMembershipCheck(.init(result: result, checkedAt: start.context.now.adding(days: day))))
    }
    #expect(check(.goodStanding, day: 1) == .nothing && check(.goodStanding, day: 29) == .nothing)
    #expect(check(.goodStanding, day: 30).events.count == 1 && check(.suspended, day: 1).events.count == 2)
    #expect(check(.suspended, day: 0) == .nothing && check(.goodStanding, day: 61).codes == [.fieldInvalidFormat])
  }

  @Test("Standing changes once for the same value, and only for an active account")
  func standing() throws {
    let change = RepresentativeCommand.changeStanding(
      ChangeStanding(standing: .suspended, source: .register, effectiveFrom: start.context.now))
    let spec = try active().with { $0.actor = Sample.register }
    #expect(spec.when(change).events.count == 1)
    #expect(try spec.after(change).when(change) == .nothing)
    #expect(try submitted().with { $0.actor = Sample.register }.when(change).codes == [.accountNotActive])
    #expect(spec.with { $0.actor = Sample.representative }.when(change).codes == [.authRequired])
    let unknown = ChangeStanding(standing: .unspecified, source: .register, effectiveFrom: start.context.now)
    #expect(spec.when(.changeStanding(unknown)).codes == [.fieldRequired])
  }

  @Test("An account closes once, and on request only without submitted applications")
  func closes() throws {
    func close(_ cause: AccountClosed.Cause, submitted: Int) -> RepresentativeCommand {
      .close(CloseAccount(cause: cause, openDrafts: 2, submittedApplications: submitted))
    }
    let spec = try active()
    let refused = spec.when(close(.requested, submitted: 1))
    #expect(refused.codes == [.accountOpenSubmittedApplications])
    #expect(refused.refusal?.text(in: .english) == "1 submitted applications still list this representative.")
    #expect(spec.when(close(.deceased, submitted: 1)).events.count == 1)
    let closed = try spec.after(close(.requested, submitted: 0))
    #expect(closed.state.isClosed && closed.when(close(.requested, submitted: 0)).codes == [.accountClosed])
  }
}
