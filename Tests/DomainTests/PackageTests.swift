import Domain
import Foundation
import Schema
import Testing
import TestSupport

@Suite("Packages")
struct PackageTests {
  private typealias Spec = DeciderSpec<PackageDecider>

  private let start = Spec(
    PackageDecider.self,
    context: .test(Sample.representative, at: .utc("2024-01-15 15:00:00"), account: Sample.account()))

  private let submission = PackageCommand.submit(
    SubmitPackage(numbers: ["V200000017"], isNumberTaken: false, formHash: Data([1])))

  private func complete(_ spec: Spec, _ type: ApplicationType, person: UUID? = nil) throws -> Spec {
    try type.sections.reduce(spec) { try $0.after(.save(Sample.save($1, person: person))) }
  }

  // MARK: Creating

  @Test(
    "A package lives 60 days, a claim 90, and a claim from the border to the day in its letter",
    arguments: [
      (ApplicationType.visitorVisa, nil as BorderClaim?, "2024-03-15", "draft-life-1/visitorVisa"),
      (.refugeeClaim, nil, "2024-04-14", "draft-life-1/refugeeClaim"),
      (.refugeeClaim, BorderClaim(number: "L123456789", isNumberTaken: false), "2024-04-14", "draft-life-1/refugeeClaim"),
      (
        .refugeeClaim, BorderClaim(number: "L123456789", deadline: CivilDay(iso: "2024-02-01"), isNumberTaken: false),
        "2024-02-01", "cbsa-letter"
      ),
    ])
  func deadline(type: ApplicationType, border: BorderClaim?, day: String, rule: String) throws {
    guard case .applicationCreated(let event) = start.when(.create(Sample.creation(type, border: border))).events.first
    else { Issue.record("The package must be created."); return }
    #expect(CivilDay(number: event.deadlineDay).iso == day && event.deadlineRule == rule)
    #expect(event.cbsaNumber == border?.number ?? "")
  }

  @Test("State errors come alone and in their order: account, standing, then what hinders the package")
  func createStateErrors() {
    var creation = Sample.creation()
    (creation.openDrafts, creation.acknowledgedVersion, creation.isNumberTaken) = (500, nil, true)
    let command = PackageCommand.create(creation)
    #expect(start.with { $0.actor = Sample.officer }.when(command).codes == [.authRequired])
    #expect(start.with { $0.account = .none }.when(command).codes == [.accountNotActive])
    #expect(start.with { $0.account = Sample.closedAccount() }.when(command).codes == [.accountClosed])
    #expect(start.with { $0.account = Sample.account(.restricted) }.when(command).codes == [.standingNotGood])
    #expect(start.when(command).codes == [.applicationTooManyDrafts])
    creation.openDrafts = 499
    #expect(start.when(.create(creation)).codes == [.internalNumberTaken])
  }

  @Test("Errors of the content come together")
  func createContent() {
    var creation = Sample.creation(.unspecified, border: BorderClaim(number: "", isNumberTaken: false))
    creation.acknowledgedVersion = nil
    creation.principal = PersonDetails(person: Sample.helen, dateOfBirth: "1899-12-31")
    #expect(
      start.when(.create(creation)).codes == [
        .applicationAcknowledgementRequired, .applicationTypeNotAvailable, .clientNameRequired, .fieldInvalidFormat,
        .fieldInvalidFormat, .applicationCbsaNumberRequired,
      ])
  }

  @Test("A number from the border that another application has is refused")
  func borderNumber() {
    let taken = BorderClaim(number: "L123456789", isNumberTaken: true)
    #expect(start.when(.create(Sample.creation(.refugeeClaim, border: taken))).codes == [.applicationNumberInUse])
    let wrong = BorderClaim(number: "l123456789", isNumberTaken: false)
    #expect(start.when(.create(Sample.creation(.refugeeClaim, border: wrong))).codes == [.fieldInvalidFormat])
  }

  // MARK: Members

  @Test("A group takes up to 20 members, an individual application none")
  func members() throws {
    func add(_ number: UInt8) -> PackageCommand {
      .addApplicant(AddApplicant(person: Sample.person(.test(number), given: "Alice"), relation: .child))
    }
    #expect(try Sample.draftSpec().when(add(50)).codes == [.applicationNotAGroup])
    let group = try Sample.draftSpec(mode: .group)
    #expect(
      group.when(add(50))
        == .events([
          .applicantAdded(.with { ($0.personID, $0.ordinal, $0.personal.relation) = (UUID.test(50).data, 2, .child) })
        ]))
    let full = try (UInt8(50)..<69).reduce(group) { try $0.after(add($1)) }
    #expect(full.state.draft?.members.count == 20)
    #expect(full.when(add(69)).codes == [.applicationTooManyMembers])
    #expect(try group.after(add(50)).when(add(50)).codes == [.fieldInvalidFormat])
  }

  // MARK: Saving

  @Test("A save counts the section's version; saving the same again records nothing")
  func saves() throws {
    let spec = try Sample.draftSpec()
    guard case .applicationSaved(let event) = spec.when(.save(Sample.save(.visit))).events.first else {
      Issue.record("The section must be saved.")
      return
    }
    #expect(event.sectionVersion == 1 && event.personID == Sample.helen.data && event.personal.answers == Data("{}".utf8))
    let saved = try spec.after(.save(Sample.save(.visit)))
    #expect(saved.when(.save(Sample.save(.visit))) == .nothing)
    #expect(saved.when(.save(Sample.save(.visit, isComplete: false))).events.count == 1)
    #expect(try saved.after(.save(Sample.save(.visit, digest: 8))).state.draft?.sections.values.map(\.version) == [2])
    #expect(saved.state.draft?.deadlineDay == spec.state.draft?.deadlineDay)
  }

  @Test("An unknown section, a stranger's answers, too much text and personal field names are refused together")
  func saveContent() throws {
    var save = Sample.save(.claim, person: Sample.alice)
    save.answers = Data(count: 64 * 1024 + 1)
    save.changedFields = ["Zoë"]
    #expect(
      try Sample.draftSpec().when(.save(save)).codes == [
        .fieldInvalidFormat, .applicationUnknownSection, .applicationSectionTooLarge, .fieldInvalidFormat,
      ])
    save = Sample.save(.visit)
    save.answers = Data(count: 64 * 1024)
    #expect(try Sample.draftSpec().when(.save(save)).events.count == 1)
  }

  @Test("Who saw an older revision saves nothing")
  func versionConflict() throws {
    let spec = try Sample.draftSpec().after(.save(Sample.save(.visit)))
    #expect(spec.when(.save(Sample.save(.background, expectedRevision: 0))).codes == [.concurrencyVersionConflict])
    #expect(spec.when(.save(Sample.save(.background, expectedRevision: 1))).events.count == 1)
  }

  @Test("The package of somebody else does not exist")
  func ownership() throws {
    let stranger = try Sample.draftSpec().with {
      ($0.actor, $0.account) = (.representative(account: Sample.tremblay), Sample.account(id: Sample.tremblay))
    }
    for command in [.save(Sample.save(.visit)), .delete(.byRepresentative), submission] as [PackageCommand] {
      #expect(stranger.when(command).codes == [.applicationNotFound])
      #expect(start.when(command).codes == [.applicationNotFound])
    }
  }

  // MARK: Deadline (domain.md S4)

  @Test("The last day counts to its last microsecond, whether or not the timer ran")
  func deadlinePasses() throws {
    let spec = try Sample.draftSpec()
    let lastMoment = spec.with { $0.now = .utc("2024-03-16 03:59:59", micros: 999_999) }
    #expect(lastMoment.when(.save(Sample.save(.visit))).events.count == 1)
    #expect(lastMoment.with { $0.actor = .system }.when(.expire) == .nothing)
    let late = spec.with { $0.now = .utc("2024-03-16 04:00:00") }
    let refused = late.when(.save(Sample.save(.visit)))
    #expect(refused.codes == [.applicationExpired])
    #expect(refused.refusal?.text(in: .english) == "The time to submit ended on March 15 2024.")
    #expect(late.when(submission).codes == [.applicationExpired])
    #expect(late.when(.delete(.byRepresentative)).codes == [.applicationExpired])
  }

  @Test("A draft expires once")
  func expires() throws {
    let late = try Sample.draftSpec().with { ($0.now, $0.actor) = (.utc("2024-03-16 04:00:00"), .system) }
    #expect(
      late.when(.expire)
        == .events([
          .draftExpired(.with { $0.deadlineDay = CivilDay(iso: "2024-03-15")?.number ?? 0 })
        ]))
    #expect(try late.after(.expire).when(.expire) == .nothing)
    #expect(start.with { $0.actor = .system }.when(.expire) == .nothing)
    #expect(late.with { $0.actor = Sample.representative }.when(.expire).codes == [.authRequired])
  }

  // MARK: Submitting (domain.md S2, S3)

  @Test("A submission names what is still missing, for every member")
  func incomplete() throws {
    let group = try complete(Sample.draftSpec(mode: .group), .visitorVisa)
      .after(.addApplicant(AddApplicant(person: Sample.person(Sample.alice), relation: .child)))
      .after(.save(Sample.save(.visit, person: Sample.alice)))
    let command = PackageCommand.submit(
      SubmitPackage(numbers: ["V200000017", "V200000018"], isNumberTaken: false, formHash: Data()))
    let refused = group.when(command)
    #expect(refused.codes == [.applicationIncomplete])
    #expect(
      refused.refusal?.text(in: .english) == "Complete these sections: Applicant information, Passport, Background.")
    guard case .packageSubmitted(let event) = try complete(group, .visitorVisa, person: Sample.alice).when(command).events.first
    else { Issue.record("The group must be submitted."); return }
    #expect(event.members.map(\.applicationNumber) == ["V200000017", "V200000018"])
    #expect(event.members.map(\.personID) == [Sample.helen.data, Sample.alice.data])
    #expect(event.members.map(\.ordinal) == [1, 2] && Set(event.members.map(\.applicationID)).count == 2)
  }

  @Test("A claim from the border keeps its number; only further members take one")
  func borderSubmission() throws {
    let border = BorderClaim(number: "L123456789", isNumberTaken: false)
    let draft = try complete(start.after(.create(Sample.creation(.refugeeClaim, border: border))), .refugeeClaim)
    #expect(draft.state.draft?.numbersNeeded == 0)
    let submit = SubmitPackage(numbers: [], isNumberTaken: false, formHash: Data())
    guard case .packageSubmitted(let event) = draft.when(.submit(submit)).events.first else {
      Issue.record("The claim must be submitted.")
      return
    }
    #expect(event.members.map(\.applicationNumber) == ["L123456789"])
  }

  @Test("A second submission is answered with number and date of the first; nothing can be saved or deleted any more")
  func submittedTwice() throws {
    let spec = try complete(Sample.draftSpec(), .visitorVisa).after(submission)
    for command in [submission, .save(Sample.save(.visit))] {
      let refused = spec.when(command)
      #expect(refused.codes == [.applicationAlreadySubmitted])
      #expect(refused.refusal?.text(in: .english) == "Submitted on January 15 2024 as V200000017.")
    }
    #expect(spec.when(.delete(.byRepresentative)).codes == [.applicationDeleteNotAllowedSubmitted])
    #expect(spec.with { $0.actor = .system }.when(.delete(.accountClosed)).codes == [.applicationDeleteNotAllowedSubmitted])
  }

  @Test("A number that is taken, or one too few, writes nothing")
  func numbers() throws {
    let spec = try complete(Sample.draftSpec(), .visitorVisa)
    let taken = SubmitPackage(numbers: ["V200000017"], isNumberTaken: true, formHash: Data())
    #expect(spec.when(.submit(taken)).codes == [.internalNumberTaken])
    let none = SubmitPackage(numbers: [], isNumberTaken: false, formHash: Data())
    #expect(spec.when(.submit(none)).codes == [.internalNumberTaken])
  }

  // MARK: Deleting and freezing (domain.md S10)

  @Test("A deleted draft stays deleted")
  func deletes() throws {
    let spec = try Sample.draftSpec()
    #expect(spec.when(.delete(.officer)) == .events([.applicationDeleted(.with { $0.reason = .byRepresentative })]))
    let deleted = try spec.after(.delete(.byRepresentative))
    #expect(deleted.when(.delete(.byRepresentative)).codes == [.applicationDeleted])
    #expect(deleted.when(.save(Sample.save(.visit))).codes == [.applicationDeleted])
    #expect(deleted.with { $0.actor = Sample.enrolmentOfficer }.when(.delete(.accountClosed)) == .nothing)
  }

  @Test("A frozen draft is on hold until its last cause is gone; its deadline runs on")
  func freezes() throws {
    let spec = try Sample.draftSpec()
    let frozen = try spec.after(.freeze(.standing))
    #expect(frozen.when(.freeze(.standing)) == .nothing)
    #expect(frozen.when(.save(Sample.save(.visit))).codes == [.applicationFrozen])
    #expect(frozen.with { $0.account = Sample.account(.suspended) }.when(submission).codes == [.standingNotGood])
    let twice = try frozen.after(.freeze(.investigation), .unfreeze(.standing))
    #expect(twice.when(submission).codes == [.applicationFrozen])
    #expect(try twice.after(.unfreeze(.investigation)).when(.save(Sample.save(.visit))).events.count == 1)
    let late = frozen.with { $0.now = .utc("2024-03-16 04:00:00") }
    #expect(late.when(.unfreeze(.standing)) == .nothing && late.when(.freeze(.investigation)) == .nothing)
    #expect(late.with { $0.actor = .system }.when(.expire).events.count == 1)
  }
}
