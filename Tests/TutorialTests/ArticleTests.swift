import EventStore
import Foundation
import Synchronization
import TestSupport
import Testing

/// What the articles show, as it runs.
@Suite("The articles")
struct ArticleTests {
  private let folder = TemporaryFolder()
  private var directory: DataDirectory { DataDirectory(folder.path("data")) }

  private func event(_ stream: StreamID, _ text: String = "") -> NewEvent { .sample(stream, text, at: .now()) }

  @Test("Appending")
  func appending() async throws {
    let log = try LMDBEventLog(directory: directory)

    let stored = NewEvent(
      id: .v7(at: .now()), stream: "locker-7", type: "lockers.v1.ParcelStored", tags: ["parcel:12"],
      origin: Origin(command: UUID(), actor: "courier/3"), payload: Array(#"{"parcel":12}"#.utf8))
    let request = AppendRequest([stored], expecting: ["locker-7": .noStream])
    let receipt = try await log.append(request)
    #expect(receipt.first == .first && receipt.revision(of: "locker-7") == 0)

    let again = try await log.append(request)
    #expect(again.isRepeat && again.last == receipt.last)

    do {
      _ = try await log.append(AppendRequest([event("locker-7")], expecting: ["locker-7": .noStream]))
      Issue.record("the conflict was not noticed")
    } catch EventStoreError.conflict(let stream, _, let actual) {
      #expect(stream == "locker-7" && actual == 0)
    }

    _ = try await log.append(
      AppendRequest(
        [event("locker-8"), event("locker-9")],
        expecting: ["locker-8": .noStream, "locker-9": .noStream, "locker-7": .revision(0)],
        notAfter: Timestamp(microseconds: Timestamp.now().microseconds + 60_000_000)))
    #expect(try log.head(of: "locker-9" as StreamID)?.count == 1)
  }

  @Test("Reading")
  func reading() async throws {
    let log = try LMDBEventLog(directory: directory)
    let yesterday = Timestamp(microseconds: Timestamp.now().microseconds - 86_400_000_000)
    for text in ["a", "b", "c"] { _ = try await log.append(AppendRequest([event("locker-7", text)])) }

    var bytes = 0
    try log.forEach(EventQuery(.stream("locker-7"))) { event in bytes += event.payload.byteCount }
    #expect(bytes == 3)

    let newest = try log.events(EventQuery(.all, direction: .backwards, limit: 2))
    #expect(newest.map(\.revision) == [2, 1])

    let recent = EventQuery(.all, from: .time(yesterday), types: ["test.Happened"], part: .header)
    var count = 0
    try log.read(recent) { _ in
      count += 1
      return count < 2 ? .next : .stop
    }
    #expect(count == 2)

    let head = try log.head(of: "locker-7" as StreamID)
    #expect(head?.count == 3 && head?.revision == 2)
  }

  @Test("Following")
  func following() async throws {
    let log = try LMDBEventLog(directory: directory)
    for number in 1...3 { _ = try await log.append(AppendRequest([event(StreamID("locker-\(number)"))])) }

    var kept: String?
    for try await batch in try log.subscribe(after: nil) {
      for event in batch.events { #expect(event.type == "test.Happened") }
      kept = batch.checkpoint.description
      if batch.isCaughtUp { break }
    }

    let checkpoint = try #require(kept.flatMap { LogCheckpoint($0) })
    #expect(try log.fault(of: checkpoint) == nil)

    let messages = try ConsumerGroup("text-messages", of: log, in: directory, key: .stream, startingAfter: nil)
    let sent = Mutex<[StreamID]>([])
    try await messages.catchUp { event in
      sent.withLock { $0.append(event.stream) }
    }
    #expect(sent.withLock { $0.count } == 3)
    #expect(try messages.status().allSatisfy { $0.stop == nil })
  }

  @Test("Backup and restore")
  func backup() async throws {
    let (monday, tuesday) = (folder.path("monday"), folder.path("tuesday"))
    let restored = DataDirectory(folder.path("restored"))
    let log = try LMDBEventLog(directory: directory)
    _ = try await log.append(AppendRequest([event("locker-7")]))

    let copy = try log.backup(to: monday)
    _ = try await log.append(AppendRequest([event("locker-7")]))
    try log.writeSegment(after: copy.head.position, to: tuesday)

    let head = try LMDBEventLog.restore(DataDirectory(monday), adding: [tuesday], to: restored).head
    #expect(try head == log.head())

    let other = DataDirectory(folder.path("other"))
    let importing = try LogImport(into: other, from: log.lineage.id)
    for event in try log.events(EventQuery(.all)) { try importing.add(event) }
    let summary = try importing.finish()
    #expect(try summary.head == log.head())

    var findings: [LogVerification.Finding] = []
    let verified = try LogVerification(log).run { findings.append($0) }
    #expect(findings.isEmpty && verified.anchor == summary.anchor)
  }
}
