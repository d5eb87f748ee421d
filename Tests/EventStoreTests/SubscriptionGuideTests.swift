import EventStore
import Foundation
import Synchronization
import TestSupport
import Testing

/// The examples of `docs/subscriptions.md`, word for word: `TidyTests` compares.
@Suite("The guide to subscriptions")
struct SubscriptionGuideTests {
  private let folder = TemporaryFolder()

  /// Something outside that takes each event once, however often it is told.
  private actor Printer {
    var printed: [UUID: Int] = [:]
    func print(_ event: StoredEvent) { printed[event.id] = printed.count }
  }

  private func fill(_ directory: DataDirectory) async throws -> LMDBEventLog {
    let log = try LMDBEventLog(directory: directory)
    for number in 0..<30 {
      let event = NewEvent.sample(
        StreamID("app-\(number)"), type: number % 3 == 0 ? "guide.ApplicationSubmitted" : "guide.NoteAdded",
        tags: [EventStore.Tag("rep:\(number % 4)")], at: .now())
      _ = try await log.append(AppendRequest([event]))
    }
    return log
  }

  @Test("a follower that keeps its checkpoint goes on where it was")
  func follow() async throws {
    let log = try await fill(DataDirectory(folder.path("data")))
    var seen: [Position] = []
    let file = folder.path("checkpoint")

    func follow(_ log: any EventLog) async throws {
      let stored = try? String(contentsOfFile: file, encoding: .utf8)
      let subscription = try log.subscribe(to: .tag("rep:3"), after: stored.flatMap(LogCheckpoint.init), batchSize: 2)
      for try await batch in subscription {
        for event in batch.events { seen.append(event.position) }
        try batch.checkpoint.description.write(toFile: file, atomically: true, encoding: .utf8)
        if batch.isCaughtUp { break }
      }
    }

    try await follow(log)
    _ = try await log.append(AppendRequest([.sample("app-31", tags: ["rep:3"], at: .now())]))
    try await follow(log)
    #expect(try seen == log.events(EventQuery(.tag("rep:3"))).map(\.position))
  }

  @Test("a group handles what is there and what comes, and shows and resumes what stopped")
  func group() async throws {
    let directory = DataDirectory(folder.path("data"))
    let log = try await fill(directory)
    let printer = Printer()

    let group = try ConsumerGroup(
      "letters", of: log, in: directory, types: ["guide.ApplicationSubmitted"], key: .tag(prefix: "rep:"), shares: 16,
      startingAfter: nil)
    try await group.catchUp { event in
      await printer.print(event)
    }
    #expect(await printer.printed.count == 10)

    let member = Task { try await group.run { event in await printer.print(event) } }
    member.cancel()
    try await member.value

    for share in try group.status() {
      guard let stop = share.stop else { continue }
      print("share \(share.number) stopped at position \(stop.position): \(stop.reason)")
      try group.resume(share.number, stoppedAt: stop.position, .again)
    }

    try group.reset(to: log.checkpoint(at: position(20)))
    try await group.catchUp { _ in }
    #expect(try group.status().allSatisfy { $0.behind == 0 })
  }
}
