import CaseEngine
@testable import Domain
import EventStore
import Foundation
import Testing

/// S5, as far as passwords go.
@Suite struct PasswordTests {
  private let maple = "Maple#2023x"

  private func scene() async throws -> Scene {
    let scene = try Scene()
    try await scene.accepted(.submitEnrolment(Scene.enrolment()), as: scene.john)
    return scene
  }

  @Test("the first password is judged by policy, all faults at once, and set once")
  func first() async throws {
    let scene = try await scene()
    try await scene.refused(
      .setPassword("john.doe"), as: scene.john, .passwordMissingUpper, .passwordMissingDigit,
      .passwordContainsEmail)
    try await scene.refused(
      .setPassword(maple, confirmation: "Maple#2023y"), as: scene.john, .passwordConfirmationMismatch)
    try await scene.accepted(.setPassword(maple, confirmation: maple), as: scene.john)
    try await scene.refused(.setPassword(maple), as: scene.john, .accountStateConflict)
  }

  @Test("a change needs the old password; a wrong one is remembered as a failure, once for each command")
  func old() async throws {
    let scene = try await scene()
    try await scene.accepted(.setPassword(maple), as: scene.john)
    let wrong = CaseCommand.changePassword(old: "River!88aa", "Stone$44bb")
    let id = UUID()
    try await scene.refused(wrong, as: scene.john, .passwordOldIncorrect, id: id, events: 1)
    try await scene.refused(wrong, as: scene.john, .passwordOldIncorrect, id: id, events: 0)
    try await scene.accepted(.changePassword(old: maple, "Stone$44bb"), as: scene.john)
    #expect(try scene.types().suffix(3) == ["PasswordCheckFailed", "PasswordChanged", "AccountMessageSent"])
  }

  @Test("none of the last five passwords comes back; the sixth may")
  func reuse() async throws {
    let scene = try await scene()
    try await scene.accepted(.setPassword("Abcdefg#0"), as: scene.john)
    for index in 1...4 {
      try await scene.accepted(
        .changePassword(old: "Abcdefg#\(index - 1)", "Abcdefg#\(index)"), as: scene.john)
    }
    for index in [0, 4] {
      let again = CaseCommand.changePassword(old: "Abcdefg#4", "Abcdefg#\(index)")
      try await scene.refused(again, as: scene.john, .passwordReused)
    }
    try await scene.accepted(.changePassword(old: "Abcdefg#4", "Abcdefg#5"), as: scene.john)
    try await scene.accepted(.changePassword(old: "Abcdefg#5", "Abcdefg#0"), as: scene.john)
  }

  @Test("an accent typed as a combining mark is the same password")
  func normalized() async throws {
    let scene = try await scene()
    try await scene.accepted(.setPassword("\u{C9}rable#2023"), as: scene.john)
    try await scene.accepted(.changePassword(old: "E\u{301}rable#2023", maple), as: scene.john)
  }

  @Test("two changes at once: one wins, and the password is the winner's")
  func race() async throws {
    let scene = try await scene()
    try await scene.accepted(.setPassword(maple), as: scene.john)
    let winners: [String] = try await withThrowingTaskGroup(of: String?.self) { group in
      for index in 0..<4 {
        group.addTask { [maple] in
          let answer = try await scene.give(
            .changePassword(old: maple, "Abcdefg#\(index)"), as: scene.john)
          if case .accepted = answer { return "Abcdefg#\(index)" } else { return nil }
        }
      }
      return try await group.reduce(into: []) { if let winner = $1 { $0.append(winner) } }
    }
    #expect(winners.count == 1)
    try await scene.accepted(.changePassword(old: winners[0], "Stone$44bb"), as: scene.john)
  }
}
