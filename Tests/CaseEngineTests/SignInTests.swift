import CaseEngine
import Foundation
import Schema
import Testing

@testable import Domain

/// S5 as far as passwords go: signing in, guessing, locks.
@Suite struct SignInTests {
  private let maple = "Maple#2023x"
  private let email = "john.doe@cicc.com"

  private func scene() async throws -> Scene {
    let scene = try Scene()
    try await scene.enrol()
    try await scene.accepted(.setPassword(maple), as: scene.john)
    return scene
  }

  @Test("the address of the enrolment and the password sign in, whatever the case of the address")
  func signIn() async throws {
    let scene = try await scene()
    let acceptance = try await scene.accepted(.signIn(" John.Doe@CICC.com", maple), as: .visitor)
    #expect(acceptance.results == [.account(Scene.john)])
    #expect(try scene.types().last == "SignInSucceeded")
  }

  @Test("an unknown address, a wrong password, a lock and a closed account have one answer")
  func oneAnswer() async throws {
    let scene = try await scene()
    try await scene.refused(.signIn("nobody@cicc.com", maple), as: .visitor, .authInvalidCredentials)
    try await scene.refused(.signIn(email, "Stone$44bb"), as: .actor(.visitor), .authInvalidCredentials, events: 1)
    try await scene.accepted(.closeAccount(.requested, of: .id(Scene.john)), as: .enrolment12)
    try await scene.refused(.signIn(email, maple), as: .actor(.visitor), .authInvalidCredentials, events: 1)
  }

  @Test("five failures lock for 30 minutes, five more for a day, five more until somebody unlocks; old passwords count too")
  func locks() async throws {
    let scene = try await scene()
    func fail(_ count: Int) async throws {
      for number in 1...count {
        let last = number == count
        try await scene.refused(
          .signIn(email, "Stone$44bb"), as: .actor(.visitor), .authInvalidCredentials, events: last ? 2 : 1)
      }
    }
    try await scene.refused(.changePassword(old: "River!88aa", "Stone$44bb"), as: scene.john, .passwordOldIncorrect, events: 1)
    try await fail(4)
    try await scene.refused(.signIn(email, maple), as: .visitor, .authInvalidCredentials)
    try await scene.refused(.changePassword(old: maple, "Stone$44bb"), as: scene.john, .passwordOldIncorrect)
    scene.at("2023-05-04 09:42:29.999999")
    try await scene.refused(.signIn(email, maple), as: .visitor, .authInvalidCredentials)
    scene.at("2023-05-04 09:42:30")
    try await fail(5)
    scene.at("2023-05-05 09:42:30")
    try await fail(5)
    scene.at("2024-05-05 09:42:30")
    try await scene.refused(.signIn(email, maple), as: .visitor, .authInvalidCredentials)
    try await scene.accepted(.unlockAccount(.id(Scene.john)), as: .enrolment12)
    try await scene.accepted(.signIn(email, maple), as: .visitor)
    try await scene.refused(.unlockAccount(.id(Scene.john)), as: .enrolment12, .accountNotLocked)
  }

  @Test("who must sign in first may do nothing else")
  func visitor() async throws {
    let scene = try await scene()
    for type in Capabilities.commands where type.name != "signIn" {
      #expect(!type.givenBy.contains(.visitor), "\(type.name)")
    }
    try await scene.refused(.setPassword(maple), as: .visitor, .authRequired)
    try await scene.refused(.signIn(email, maple), as: scene.john, .authRequired)
  }
}
