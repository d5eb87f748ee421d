import Domain
import EventStore
import Foundation
import LMDB
import Schema
import Testing
import TestSupport

@testable import Projections

@Suite("Folding")
struct FoldingTests {
  @Test("after any history, live, rebuilt and as-of rows are the same, byte for byte", arguments: 1...20 as ClosedRange<UInt64>)
  func oneTruth(seed: UInt64) async throws {
    let spec = ProjectionSpec()
    var history = RandomHistory(of: spec.story, seed: seed)
    var other = RandomHistory(of: AccountStory(log: spec.log, clock: spec.clock), seed: seed + 1_000)
    for _ in 0..<3 {
      try await history.run(steps: 15)
      try spec.models.catchUp()
    }
    try spec.expectOneTruth("seed \(seed)")
    try await other.run(steps: 15)
    let problems = try differences(in: spec.models)
    #expect(problems.isEmpty)
  }

  @Test("rows folded event by event, in batches or at once are the same")
  func steps() async throws {
    let spec = ProjectionSpec()
    var history = RandomHistory(of: spec.story, seed: 99)
    for _ in 0..<40 {
      try await history.run(steps: 1)
      try spec.models.catchUp()
    }
    #expect(try differences(in: spec.models).isEmpty)
  }

  @Test("a changed row is found by verification, and made right by a rebuild")
  func verification() async throws {
    let spec = ProjectionSpec()
    try await spec.story.receive("One")
    let message = try #require(try spec.inbox().rows.first)
    let key = RowKey(spec.story.account, AccountInbox.Kind.message, message.id)
    try spec.models.inboxes.store().write { (rows) throws(ProjectionError) in
      try rows.store(EncodedRow(key: key, bytes: try InboxRow.with { $0.readAt = 1 }.rowBytes()))
    }
    let found = try differences(in: spec.models)
    #expect(found.map(\.row.kind) == ["InboxRow"])
    #expect(found.first?.stored != found.first?.fresh)
    try spec.models.rebuild(["account-inbox"])
    #expect(try differences(in: spec.models).isEmpty)
  }

  @Test("a type this build does not know stops the read models of its kind of stream, before it, with words")
  func unknownType() async throws {
    let spec = ProjectionSpec()
    try await spec.story.receive("One")
    _ = try spec.inbox()
    let unknown = NewEvent.sample(
      StreamID(StreamNames.inbox(spec.story.account)), type: "dossier.v1.MessageRecalled",
      tags: [Tag(TagNames.representative(spec.story.account))], at: spec.clock.now)
    let position = try await spec.log.append(AppendRequest([unknown])).last
    try await spec.story.receive("Two")
    let error = #expect(throws: ProjectionError.self) { try spec.inbox() }
    #expect(error?.description.contains("dossier.v1.MessageRecalled at position \(position)") == true)
    #expect(try spec.table().rows.isEmpty, "another read model goes on")
    let status = try #require(spec.models.status().first { $0.name == AccountInbox.name })
    guard case .stopped(let fault) = status.health else {
      Issue.record("The status says \(status.health).")
      return
    }
    #expect(fault.position == position)
    #expect(status.checkpoint?.position == position.previous)
  }

  @Test("an event that cannot be folded stops the rows of its account, and of nobody else")
  func quarantine() async throws {
    let spec = ProjectionSpec()
    let stranger = AccountStory(log: spec.log, clock: spec.clock)
    try await spec.story.receive("One")
    try await spec.story.read(UUID())
    try await spec.story.receive("Two")
    try await stranger.receive("Three")
    #expect(throws: ProjectionError.self) { try spec.inbox() }
    #expect(try spec.models.inbox(of: stranger.account, InboxQuery()).total == 1)
    let status = try #require(spec.models.status().first { $0.name == AccountInbox.name })
    #expect(status.health == .quarantined([Fault(position: .first.next, reason: faultReason(in: status))]))
    #expect(try differences(in: spec.models).isEmpty, "a fresh fold stops at the same event")
  }

  @Test("an event that contradicts those before it changes no row", arguments: 1...10 as ClosedRange<UInt64>)
  func contradictions(seed: UInt64) async throws {
    let spec = ProjectionSpec()
    var history = RandomHistory(of: spec.story, seed: seed)
    try await history.run(steps: 150)
    var random = SeededGenerator(seed: seed)
    var contradictions = 0
    for projection in ReadModels.all {
      var events: [FoldEvent] = []
      var scan = LogScan([projection])
      #expect(scan.run(spec.log, EventQuery(.all)) { events.append(FoldEvent($0)) }.stop == nil)
      var rows = WorkingRows()
      for event in events.shuffled(using: &random) {
        var before = rows
        do throws(ProjectionError) {
          try projection.init().apply(event, to: &rows)
        } catch {
          contradictions += 1
          var after = rows
          #expect(try before.drain() == after.drain())
        }
      }
    }
    #expect(contradictions > 10)
  }

  private func faultReason(in status: ReadModelStatus) -> String {
    if case .quarantined(let faults) = status.health { faults.first?.reason ?? "" } else { "" }
  }

  private func differences(in models: ReadModels) throws -> [RowDifference] {
    var found: [RowDifference] = []
    _ = try models.verify { found.append($0) }
    return found
  }
}
