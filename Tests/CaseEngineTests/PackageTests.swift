import CaseEngine
@testable import Domain
import EventStore
import Foundation
import Schema
import Testing

/// S2, S3 and S4: packages, double submission, the end of the time to submit.
@Suite struct PackageTests {
  let scene: Scene

  init() throws { scene = try Scene(at: "2023-08-01 09:00:00") }

  private func prepared() async throws {
    try await scene.enrol()
    try await scene.accepted(.setSequence(.package, next: 4984), as: .operator1)
    try await scene.accepted(.setSequence(.refugeeClaims, next: 100_003_692, step: 2), as: .operator1)
  }

  @Test("a group is submitted at once, each member under a number of its own, with a confirmation each")
  func group() async throws {
    try await prepared()
    let package = try await scene.draft(Scene.application(.refugeeClaim, .group), members: 3)
    #expect(package == 4984)
    let start = try scene.count()
    let acceptance = try await scene.accepted(.submitApplication(package: package), as: scene.john)
    #expect(acceptance.results == [.package(4984), .applications(["L100003692", "L100003694", "L100003696"])])
    #expect(
      try scene.types(after: start) == [
        "NumbersTaken", "PackageSubmitted", "ApplicationSubmitted", "ApplicationMessageSent", "ApplicationSubmitted",
        "ApplicationMessageSent", "ApplicationSubmitted", "ApplicationMessageSent",
      ])
  }

  @Test("an incomplete member keeps the whole group from being submitted")
  func atomic() async throws {
    try await prepared()
    let package = try await scene.draft(Scene.application(.refugeeClaim, .group), members: 2)
    try await scene.accepted(
      .addApplicant(Packages.Applicant(familyName: "Incredible"), relation: .child, package: package), as: scene.john)
    try await scene.refused(
      .submitApplication(package: package), as: scene.john, .applicationIncomplete)
  }

  @Test("a second submission is told when and under which number the first was made")
  func doubleSubmit() async throws {
    try await prepared()
    let package = try await scene.draft()
    let submit = CaseCommand.submitApplication(package: package)
    let id = UUID()
    let first = try await scene.accepted(submit, as: scene.john, id: id)
    let again = try await scene.accepted(submit, as: scene.john, id: id)
    #expect(again.isRepeat && !first.isRepeat)
    #expect(again.position == first.position && again.results == first.results && again.time == first.time)
    try await scene.refused(submit, as: scene.john, .applicationAlreadySubmitted)
    try await scene.refused(.deleteApplication(package: package), as: scene.john, .applicationDeleteNotAllowedSubmitted)
    try await scene.refused(
      .saveApplication(.sample("claim", "no"), package: package), as: scene.john, .applicationAlreadySubmitted)
  }

  @Test("fifty submissions of one package at once: one is accepted, the others are told")
  func concurrentSubmissions() async throws {
    try await prepared()
    let package = try await scene.draft()
    let codes = try await withThrowingTaskGroup(of: RefusalCode?.self) { [scene] group in
      for _ in 0..<50 {
        group.addTask {
          let answer = try await scene.give(.submitApplication(package: package), as: scene.john)
          if case .refused(let refusal) = answer { return refusal.code } else { return nil }
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(codes.count { $0 == nil } == 1)
    #expect(codes.count { $0 == .applicationAlreadySubmitted } == 49)
    #expect(try scene.count(of: "PackageSubmitted") == 1)
    #expect(try scene.count(of: "ApplicationMessageSent") == 1)
  }

  @Test("fifty packages started at once have fifty numbers without a gap")
  func concurrentCreations() async throws {
    try await prepared()
    try await scene.enrol(Scene.marie, Scene.enrolment(membership: "R512346"))
    let numbers = try await withThrowingTaskGroup(of: CommandResult?.self) { [scene] group in
      for index in 0..<50 {
        group.addTask {
          try await scene.accepted(
            .createApplication(Scene.application()), as: index.isMultiple(of: 2) ? scene.john : scene.marie
          ).results.first
        }
      }
      return try await group.reduce(into: Set()) { $0.insert($1) }
    }
    #expect(numbers == Set((4984..<5034).map { CommandResult.package($0) }))
  }

  @Test("the package of somebody else does not exist, whatever is asked of it")
  func ownership() async throws {
    try await prepared()
    try await scene.enrol(Scene.marie, Scene.enrolment(membership: "R512346"))
    let package = try await scene.draft()
    let missing = RefusalCode.applicationNotFound
    try await scene.refused(.saveApplication(.sample("claim"), package: package), as: scene.marie, missing)
    try await scene.refused(.submitApplication(package: package), as: scene.marie, missing)
    try await scene.refused(.deleteApplication(package: package), as: scene.marie, missing)
    try await scene.refused(.deleteApplication(package: 1), as: scene.marie, missing)
    try await scene.accepted(.submitApplication(package: package), as: scene.john)
    let answer = CaseCommand.answerDocumentRequest(1, explanation: "x", application: "L100003692")
    try await scene.refused(answer, as: scene.marie, missing)
    try await scene.refused(
      .readApplicationMessage(newest: .submissionConfirmation, application: "L100003692"), as: scene.marie,
      .messageNotFound)
  }

  @Test("the same answers saved again leave no event; other answers do; a reload is asked for where somebody was faster")
  func saving() async throws {
    try await prepared()
    let package = try await scene.draft()
    let count = try scene.count()
    let same = try await scene.accepted(.saveApplication(.sample("claim"), package: package), as: scene.john)
    #expect(same.eventCount == 0 && same.position?.rawValue == UInt64(count))
    var other = SectionAnswers.sample("claim", "no")
    #expect(try await scene.accepted(.saveApplication(other, package: package), as: scene.john).eventCount == 1)
    other.expectedRevision = 2
    try await scene.refused(.saveApplication(other, package: package), as: scene.john, .concurrencyVersionConflict)
  }

  @Test("a number that an operator sets back is not given out twice")
  func numberTaken() async throws {
    try await prepared()
    _ = try await scene.draft()
    try await scene.accepted(.setSequence(.package, next: 4984), as: .operator1)
    #expect(try await scene.accepted(.createApplication(Scene.application()), as: scene.john).results == [.package(4985)])
  }

  @Test("a claim from the border keeps its number, which no other application gets")
  func border() async throws {
    try await prepared()
    var claim = Scene.application()
    claim.borderNumber = "L100003692"
    let package = try await scene.draft(claim)
    try await scene.refused(.createApplication(claim), as: scene.john, .applicationNumberInUse)
    let other = try await scene.draft()
    let stepped = try await scene.accepted(.submitApplication(package: other), as: scene.john)
    #expect(stepped.results.last == .applications(["L100003694"]))
    let submitted = try await scene.accepted(.submitApplication(package: package), as: scene.john)
    #expect(submitted.results.last == .applications(["L100003692"]))
  }

  @Test("a number on a CBSA letter is free again when its draft is deleted or its time is over")
  func borderFreed() async throws {
    try await prepared()
    var claim = Scene.application()
    claim.borderNumber = "L999999999"
    let package = try await scene.draft(claim)
    try await scene.refused(.createApplication(claim), as: scene.john, .applicationNumberInUse)
    try await scene.accepted(.deleteApplication(package: package), as: scene.john)
    _ = try await scene.draft(claim)
    scene.at("2024-08-01 09:00:00")
    try await scene.accepted(.createApplication(claim), as: scene.john)
  }

  @Test("a draft is open until the last microsecond of its last day in Ottawa, and gone after it without any timer")
  func deadline() async throws {
    scene.at("2024-01-15 10:00:00")
    try await prepared()
    let package = try await scene.draft(Scene.application(.visitorVisa))
    scene.at("2024-03-15 23:59:59.999999")
    try await scene.accepted(.saveApplication(.sample("visit", "late"), package: package), as: scene.john)
    try await scene.accepted(.expireDrafts(of: .id(Scene.john)), as: .system)
    #expect(try scene.count(of: "DraftExpired") == 0)
    scene.at("2024-03-16 00:00:00")
    try await scene.refused(.saveApplication(.sample("visit", "later"), package: package), as: scene.john, .applicationExpired)
    let expiry = try await scene.accepted(.expireDrafts(of: .id(Scene.john)), as: .system)
    #expect(expiry.eventCount == 2)
    #expect(try await scene.accepted(.expireDrafts(of: .id(Scene.john)), as: .system).eventCount == 0)
  }

  @Test("a save that is decided before midnight and written after it is refused")
  func betweenDecisionAndCommit() async throws {
    scene.at("2024-01-15 10:00:00")
    let scene = try Scene(at: "2024-01-15 10:00:00") { SlowLog($0) }
    try await scene.enrol()
    let package = try await scene.draft(Scene.application(.visitorVisa))
    scene.at("2024-03-15 23:59:59.950")
    (scene.log as? SlowLog)?.beforeNextAppend { scene.at("2024-03-16 00:00:00.050") }
    try await scene.refused(.saveApplication(.sample("visit", "late"), package: package), as: scene.john, .applicationExpired)
  }
}
