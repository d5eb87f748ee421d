import CaseEngine
@testable import Domain
import Foundation
import Schema
import Testing

/// S10 and S11: losing standing with open drafts, closing an account.
@Suite struct StandingTests {
  private func change(_ scene: Scene, to standing: Standing) async throws -> Acceptance {
    let now = Instant(microseconds: scene.clock.now.microseconds)
    return try await scene.accepted(.changeStanding(standing, at: now, of: .id(Scene.john)), as: .register)
  }

  @Test("lost standing freezes every draft in the same append; regained, those still in time are free again")
  func freeze() async throws {
    let scene = try Scene(at: "2024-09-01 06:00:00")
    try await scene.enrol()
    scene.at("2024-09-10 10:00:00")
    let early = try await scene.draft(Scene.application(.visitorVisa))
    scene.at("2024-10-01 10:00:00")
    let late = try await scene.draft(Scene.application(.visitorVisa))
    scene.at("2024-11-04 06:00:00")
    #expect(try await change(scene, to: .suspended).eventCount == 4)
    #expect(try await change(scene, to: .suspended).eventCount == 0)
    try await scene.refused(
      .submitApplication(package: late), as: scene.john, .standingNotGood)
    try await scene.accepted(.readAccountMessage(newest: .standingUpdated), as: scene.john)
    scene.at("2024-11-14 06:00:00")
    #expect(try await change(scene, to: .good).eventCount == 3)
    try await scene.accepted(.submitApplication(package: late), as: scene.john)
    try await scene.refused(
      .submitApplication(package: early), as: scene.john, .applicationExpired)
  }

  @Test("an account with a submitted application is not closed on request; without one, its drafts go with it")
  func close() async throws {
    let scene = try Scene()
    try await scene.enrol()
    let drafted = try await scene.draft()
    _ = try await scene.draft()
    let close = CaseCommand.closeAccount(.requested, of: .id(Scene.john))
    let acceptance = try await scene.accepted(close, as: .enrolment12)
    #expect(acceptance.eventCount == 4)
    #expect(try scene.types().suffix(4) == ["AccountClosed", "ApplicationDeleted", "ApplicationDeleted", "MembershipReleased"])
    try await scene.refused(.deleteApplication(package: drafted), as: scene.john, .accountClosed)
    try await scene.refused(close, as: .enrolment12, .accountClosed)

    try await scene.enrol(Scene.marie)
    let package = try await scene.draft(as: scene.marie)
    try await scene.accepted(.submitApplication(package: package), as: scene.marie)
    try await scene.refused(
      .closeAccount(.requested, of: .id(Scene.marie)), as: .enrolment12, .accountOpenSubmittedApplications)
  }
}
