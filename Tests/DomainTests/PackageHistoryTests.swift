import Domain
import Foundation
import Schema
import Testing
import TestSupport

@Suite("Any history of a package")
struct PackageHistoryTests {
  private static let actors: [CommandActor] = [
    Sample.representative, Sample.representative, Sample.representative, .system, Sample.enrolmentOfficer,
    .representative(account: Sample.tremblay),
  ]

  private static func command(_ dice: inout Dice) -> PackageCommand {
    let section = FormSection.allCases.randomElement(using: &dice) ?? .applicant
    let person = [nil, Sample.helen, Sample.alice].randomElement(using: &dice) ?? nil
    return switch Int.random(in: 0..<12, using: &dice) {
    case 0: .create(Sample.creation(.visitorVisa, mode: .group))
    case 1 where Bool.random(using: &dice): .addApplicant(AddApplicant(person: Sample.person(Sample.alice), relation: .child))
    case 2 where Bool.random(using: &dice): [.delete(.officer), .expire].randomElement(using: &dice) ?? .expire
    case 3 where Bool.random(using: &dice): .freeze([.standing, .investigation].randomElement(using: &dice) ?? .standing)
    case 4: .unfreeze([.standing, .investigation].randomElement(using: &dice) ?? .standing)
    case 5: .submit(SubmitPackage(numbers: ["V200000017"], isNumberTaken: false, formHash: Data()))
    default: .save(Sample.save(section, person: person, digest: UInt64.random(in: 0...3, using: &dice)))
    }
  }

  @Test("Rules hold after every command of 300 random histories, which reach every state")
  func invariants() throws {
    var reached: Set<String> = []
    for seed in UInt64(0)..<300 {
      var dice = Dice(state: seed)
      var spec = DeciderSpec(
        PackageDecider.self,
        context: .test(Sample.representative, at: .utc("2024-01-15 15:00:00"), account: Sample.account()))
      for _ in 0..<60 {
        let actor = Self.actors.randomElement(using: &dice) ?? .system
        spec = spec.with {
          $0.actor = actor
          $0.now = $0.now.adding(days: Int64.random(in: 0...3, using: &dice))
          $0.account = Sample.account(Int.random(in: 0..<8, using: &dice) == 0 ? .suspended : .good)
        }
        let command = Self.command(&dice)
        let outcome = spec.when(command)
        let next = spec.given(outcome.events)
        try check(command, from: spec.state, to: next.state, outcome, spec.context)
        spec = next
        reached.insert(Self.name(spec.state))
      }
    }
    #expect(reached == ["none", "draft", "frozen", "submitted", "deleted", "expired"])
  }

  private static func name(_ state: PackageState) -> String {
    switch state {
    case .none: "none"
    case .draft: "draft"
    case .frozen: "frozen"
    case .submitted: "submitted"
    case .deleted: "deleted"
    case .expired: "expired"
    }
  }

  private func check(
    _ command: PackageCommand, from before: PackageState, to after: PackageState,
    _ outcome: DeciderOutcome<PackageEvent.OneOf_Event>, _ context: DecisionContext
  ) throws {
    if let draft = before.draft, let next = after.draft {
      try #require(next.deadlineDay == draft.deadlineDay, "Nothing moves a deadline.")
      try #require(next.revision == draft.revision + UInt64(outcome.events.count), "Every event counts the revision.")
    }
    switch before {
    case .submitted, .deleted, .expired:
      try #require(outcome.events.isEmpty && after == before, "Nothing follows the end of a draft.")
    case .none, .draft, .frozen: break
    }
    if case .representative = context.actor, case .frozen = before, case .save = command {
      try #require(outcome.events.isEmpty, "A frozen draft is not saved.")
    }
    if case .save = command, !outcome.events.isEmpty {
      let again = DeciderSpec(PackageDecider.self, context: context, state: after).when(command)
      try #require(again == .nothing, "Saving the same again records nothing.")
    }
    if context.actor == .representative(account: Sample.tremblay), before != .none {
      switch command {
      case .freeze, .unfreeze: break
      default: try #require(outcome.events.isEmpty, "Nobody else touches the package.")
      }
    }
  }
}
