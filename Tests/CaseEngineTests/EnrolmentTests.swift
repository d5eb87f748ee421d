import CaseEngine
@testable import Domain
import Foundation
import Schema
import Testing

/// S1: enrolment, approval, first inbox.
@Suite struct EnrolmentTests {
  @Test("an enrolment leads to a request, a message, an approval with a number, and another message")
  func enrolment() async throws {
    let scene = try Scene()
    try await scene.accepted(.setSequence(.representative, next: 10_001_243_312), as: .operator1)
    let start = try scene.count()
    try await scene.enrol()
    #expect(
      try scene.types(after: start) == [
        "SubjectKeyCreated", "MembershipClaimed", "EnrolmentRequestSubmitted", "AccountMessageSent", "MembershipChecked",
        "NumbersTaken", "EnrolmentRequestApproved", "AccountMessageSent",
      ])
    try await scene.refused(.approveEnrolment(of: .id(Scene.john)), as: .enrolment12, .enrolmentAlreadyDecided)
    let byNumber = AccountReference.representativeID("P010001243312")
    try await scene.refused(.approveEnrolment(of: byNumber), as: .enrolment12, .enrolmentAlreadyDecided)
  }

  @Test("one membership belongs to one open account")
  func membership() async throws {
    let scene = try Scene()
    try await scene.enrol()
    try await scene.refused(.submitEnrolment(Scene.enrolment(surname: "Tremblay")), as: scene.marie, .enrolmentAlreadyEnrolled)
    try await scene.accepted(.closeAccount(.requested, of: .id(Scene.john)), as: .enrolment12)
    try await scene.accepted(.submitEnrolment(Scene.enrolment(surname: "Tremblay")), as: scene.marie)
  }

  @Test("two enrolments with one membership at once: one is accepted")
  func race() async throws {
    let scene = try Scene()
    let accepted = try await withThrowingTaskGroup(of: Bool.self) { group in
      for _ in 0..<20 {
        group.addTask {
          let answer = try await scene.give(.submitEnrolment(Scene.enrolment()), as: .representative(.id(UUID())))
          if case .accepted = answer { return true } else { return false }
        }
      }
      return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
    #expect(accepted == 1)
    #expect(try scene.count(of: "MembershipClaimed") == 1)
  }

  @Test("roles are checked: a representative approves nobody, an officer enrols nobody")
  func roles() async throws {
    let scene = try Scene()
    try await scene.accepted(.submitEnrolment(Scene.enrolment()), as: scene.john)
    try await scene.refused(.approveEnrolment(of: .id(Scene.john)), as: scene.john, .authRequired)
    try await scene.refused(.approveEnrolment(of: .id(Scene.john)), as: .officer77, .authRequired)
    try await scene.refused(.submitEnrolment(Scene.enrolment()), as: .officer77, .authRequired)
    try await scene.refused(.setSequence(.package, next: 1), as: scene.john, .authRequired)
    try await scene.refused(.setPassword("Maple#2023x"), as: .officer77, .authRequired)
  }

  @Test("papers asked for and provided; the request is open until the end of the last day")
  func documents() async throws {
    let scene = try Scene()
    try await scene.accepted(.submitEnrolment(Scene.enrolment()), as: scene.john)
    let provide = CaseCommand.provideEnrolmentDocuments([UUID()])
    try await scene.refused(provide, as: scene.john, .enrolmentNoDocumentsRequested)
    let items = [Accounts.RequestEnrolmentDocuments.Item(slot: .identity, note: "A clearer copy.")]
    try await scene.accepted(.requestEnrolmentDocuments(items, of: .id(Scene.john)), as: .enrolment12)
    scene.at("2023-06-03 23:59:59.999999")
    try await scene.accepted(provide, as: scene.john)
  }
}
