import Domain
import EventStore
import Foundation
import Schema
import Testing
import TestSupport

@testable import Projections

@Suite("Rebuilding")
struct RebuildTests {
  private let spec = ProjectionSpec()

  /// Histories of several accounts, their events mixed with each other.
  private func mixedHistories(_ seed: UInt64, accounts: Int, steps: Int) async throws {
    var random = SeededGenerator(seed: seed)
    var histories = (0..<accounts).map { number in
      let account = number == 0 ? spec.story.account : UUID.v7(at: spec.clock.now, using: &random)
      return RandomHistory(of: AccountStory(account: account, log: spec.log, clock: spec.clock), seed: seed + UInt64(number))
    }
    for _ in 0..<steps { try await histories[Int.random(in: 0..<accounts, using: &random)].run(steps: 1) }
  }

  private func rows(workers: Int, memoryBytes: Int) throws -> (rows: [RowKey: [UInt8]], checkpoint: Checkpoint?, peak: Int) {
    let folder = TemporaryFolder()
    let store = try ViewStore(path: folder.path("rows"), .new)
    let fold = ParallelFold([ClientApplications.self], of: spec.log, into: [store], memoryBytes: memoryBytes, workers: workers)
    let head = try #require(spec.log.head().position)
    var peak = 0
    try fold.run(upTo: head) { _ in peak = max(peak, fold.byteCount) }
    try fold.finish(Checkpoint(of: spec.log, at: head))
    var rows: [RowKey: [UInt8]] = [:]
    let checkpoint = try store.read { (snapshot) throws(ProjectionError) in
      try snapshot.forEachRow(from: .lowest) { key, bytes in
        rows[key] = [UInt8](bytes)
        return .next
      }
      return try snapshot.checkpoint()
    }
    return (rows, checkpoint, peak)
  }

  @Test(
    "however many fold at the same time and however often rows go to the disk, they are those that one fold makes live",
    arguments: 1...6 as ClosedRange<UInt64>)
  func workers(seed: UInt64) async throws {
    try await mixedHistories(seed, accounts: 7, steps: 200)
    let live = try spec.rows(of: spec.models.clientApplications)
    let checkpoint = try spec.models.clientApplications.store().read { (rows) throws(ProjectionError) in try rows.checkpoint() }
    for workers in [1, 2, 3, 8] {
      for memoryBytes in [1, 20_000, 1_000_000] {
        let rebuilt = try rows(workers: workers, memoryBytes: memoryBytes)
        #expect(rebuilt.rows == live)
        #expect(rebuilt.checkpoint == checkpoint)
      }
    }
  }

  @Test("rows that take more memory than they may go to the disk before the end")
  func memory() async throws {
    try await mixedHistories(3, accounts: 5, steps: 300)
    let free = try rows(workers: 2, memoryBytes: 100_000_000)
    #expect(free.peak > 50_000, "without a bound they take more")
    let bound = try rows(workers: 2, memoryBytes: 30_000)
    #expect(bound.peak <= 30_000)
    #expect(bound.rows == free.rows)
  }

  @Test("a type this build does not know stops a rebuild, with position, type and what to do; the live version stays")
  func unknownType() async throws {
    try await spec.story.receive("One")
    _ = try spec.inbox()
    let live = spec.models.inboxes.folder.current()
    let position = try await happen("dossier.v1.MessageRecalled", in: StreamNames.inbox(spec.story.account))
    try await spec.story.receive("Two")
    let error = #expect(throws: ProjectionError.unknownEventType("dossier.v1.MessageRecalled", at: position)) {
      try spec.models.rebuild()
    }
    #expect(error?.description.contains("Use the build that wrote it") == true)
    #expect(spec.models.inboxes.folder.current() == live)
    #expect(throws: Never.self, "nobody reads that kind of stream there") {
      try spec.models.rebuild([ClientApplications.name, AccountProfile.name])
    }
  }

  @Test("a type this build does not know, in a kind of stream that nobody reads, stands in nobody's way")
  func unknownElsewhere() async throws {
    try await spec.story.receive("One")
    try await happen("dossier.v9.Strange", in: "strange-1")
    try await spec.story.receive("Two")
    #expect(try spec.models.rebuild() == spec.log.head().position)
    #expect(try spec.inbox().total == 2)
  }

  @Test("an event of which it is enough that it happened may hold anything; of any other, what cannot be read stops its account")
  func blank() async throws {
    let draft = try await spec.story.create(1, deadline: .day(2023, 10, 30))
    spec.clock.advance(bySeconds: 60)
    let stream = StreamNames.package(draft)
    try await happen("dossier.v1.ApplicationSaved", in: stream, [0xFF, 0xFF])
    #expect(try spec.table().rows.map(\.saved.microseconds) == [spec.clock.now.microseconds])
    try spec.expectOneTruth()
    let position = try await happen("dossier.v1.DraftFrozen", in: stream, [0xFF, 0xFF])
    #expect(throws: ProjectionError.self) { try spec.table() }
    let status = try #require(spec.models.status().first { $0.name == ClientApplications.name })
    guard case .quarantined(let faults) = status.health else {
      Issue.record("The status says \(status.health).")
      return
    }
    #expect(faults.map(\.position) == [position])
  }

  @Test("an event that says of no account that it concerns it stops a rebuild")
  func nobodys() async throws {
    try await spec.story.receive("One")
    let position = try await happen("dossier.v1.AccountMessageRead", in: StreamNames.inbox(UUID()), tags: [])
    let error = #expect(throws: ProjectionError.self) { try spec.models.rebuild() }
    guard case .cannotFold(_, at: position, _) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @discardableResult
  private func happen(
    _ type: EventTypeName, in stream: String, _ payload: [UInt8] = [], tags: [EventStore.Tag]? = nil
  ) async throws -> Position {
    var event = NewEvent.sample(
      StreamID(stream), type: type, tags: tags ?? [EventStore.Tag(TagNames.representative(spec.story.account))], at: spec.clock.now)
    event.payload = payload
    return try await spec.log.append(AppendRequest([event])).last
  }
}
