import CaseEngine
@testable import Domain
import EventStore
import Foundation
import Testing

@Suite struct IdempotencyTests {
  @Test("a command id with another body is refused, and appends nothing")
  func reused() async throws {
    let scene = try Scene()
    try await scene.enrol()
    let id = UUID()
    try await scene.accepted(.createApplication(Scene.application()), as: scene.john, id: id)
    try await scene.refused(
      .createApplication(Scene.application(.studyPermit)), as: scene.john, .commandIdReused, id: id)
  }

  @Test("a command sent twenty times at once is carried out once, and answered alike")
  func twins() async throws {
    let scene = try Scene()
    try await scene.enrol()
    let id = UUID()
    let answers = try await withThrowingTaskGroup(of: Acceptance.self) { group in
      for _ in 0..<20 {
        group.addTask { try await scene.accepted(.createApplication(Scene.application()), as: scene.john, id: id) }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(Set(answers.map(\.position)).count == 1)
    #expect(Set(answers.map(\.results)).count == 1)
    #expect(answers.count { !$0.isRepeat } == 1)
    #expect(try scene.count(of: "ApplicationCreated") == 1)
  }

  @Test("a refused command left no trace: it is decided anew")
  func refusedIsDecidedAnew() async throws {
    let scene = try Scene()
    let id = UUID()
    let create = CaseCommand.createApplication(Scene.application())
    try await scene.refused(create, as: scene.john, .accountNotActive, id: id)
    try await scene.enrol()
    try await scene.accepted(create, as: scene.john, id: id)
  }

  @Test("an append of which nobody knows what became is repeated, and stored once")
  func inDoubt() async throws {
    let scene = try Scene { SlowLog($0) }
    try await scene.enrol()
    (scene.log as? SlowLog)?.loseNextAnswer()
    try await scene.accepted(.createApplication(Scene.application()), as: scene.john)
    #expect(try scene.count(of: "ApplicationCreated") == 1)
  }

  @Test("whoever loses a race against another writer looks again and decides again")
  func conflict() async throws {
    let scene = try Scene { SlowLog($0) }
    try await scene.enrol()
    let package = try await scene.draft()
    let other = CaseEngine(log: scene.log, keys: scene.keys, secrets: scene.secrets, clock: scene.clock.read)
    (scene.log as? SlowLog)?.beforeNextAppend {
      _ = try? await other.perform(
        Order(
          id: UUID(), performer: scene.john, command: CaseCommand.submitApplication(package: package).command,
          body: Data()))
    }
    try await scene.refused(
      .deleteApplication(package: package), as: scene.john, .applicationDeleteNotAllowedSubmitted, events: 4)
  }

  @Test("every event of a command names the command, its digest, the actor and its cause")
  func origin() async throws {
    let scene = try Scene()
    let id = UUID()
    try await scene.accepted(.submitEnrolment(Scene.enrolment()), as: scene.john, id: id)
    let events = try scene.log.events(EventQuery(.all))
    #expect(events.allSatisfy { $0.origin.command == id && $0.origin.commandDigest != 0 })
    #expect(events.allSatisfy { $0.origin.actor.name == "representative/\(Scene.john.streamText)" })
    // The log's first append begins with the engine's own key, which concerns nobody.
    #expect(events.dropFirst().allSatisfy { $0.tags.contains(Tag(TagNames.representative(Scene.john))) })
    #expect(events.map { $0.tags.contains(Tag(TagNames.command(id))) } == [true, false, false, false, false])
    #expect(events.last?.origin.causation == events.dropLast().last?.id)
  }
}
