import EventStore
import Foundation
import LMDB
import TestSupport
import Testing

@Suite("Subscriptions, to every kind of log")
struct SubscriptionTests {
  /// Ten events: streams a and b in turn, every third tagged, two types.
  private func filled(_ kind: LogKind) async throws -> LogUnderTest {
    let test = try LogUnderTest(kind)
    for number in 1...10 {
      try await test.append(
        number % 2 == 1 ? "a" : "b", "\(number)", type: number <= 5 ? "test.Early" : "test.Late", tags: number % 3 == 0 ? ["third"] : [])
    }
    return test
  }

  @Test("every event comes once, caught up and live, and the checkpoint moves over what does not match", arguments: LogKind.allCases)
  func live(_ kind: LogKind) async throws {
    let test = try await filled(kind)
    let log = test.log
    let reader = Task {
      var texts: [String] = []
      for try await batch in try log.subscribe(types: ["test.Late"], batchSize: 2) {
        texts += batch.events.map(\.text)
        if batch.checkpoint.position == position(30) { break }
      }
      return texts
    }
    for number in 11...30 { try await test.append("a", "\(number)", type: number % 2 == 0 ? "test.Late" : "test.Other") }
    let expected = (6...10).map(String.init) + stride(from: 12, through: 30, by: 2).map(String.init)
    #expect(try await reader.value == expected)
    var iterator = try log.subscribe(after: log.checkpoint(at: position(28))).makeAsyncIterator()
    #expect(try await iterator.next()?.events.map(\.text) == ["29", "30"])
  }

  @Test("a stream or a tag is followed; the checkpoint is the head when there is no more, the last event when the batch is full", arguments: LogKind.allCases)
  func chains(_ kind: LogKind) async throws {
    let test = try await filled(kind)
    var stream = try test.log.subscribe(to: .stream("a"), batchSize: 3).makeAsyncIterator()
    var batch = try #require(await stream.next())
    #expect(batch.events.map(\.text) == ["1", "3", "5"] && batch.checkpoint.position == position(5) && !batch.isCaughtUp)
    batch = try #require(await stream.next())
    #expect(batch.events.map(\.text) == ["7", "9"] && batch.checkpoint.position == position(10) && batch.isCaughtUp)
    var tag = try test.log.subscribe(to: .tag("third"), types: ["test.Late"]).makeAsyncIterator()
    batch = try #require(await tag.next())
    #expect(try batch.events.map(\.text) == ["6", "9"] && batch.checkpoint == test.log.checkpoint())
    try await test.append("b", "11")
    batch = try #require(await tag.next())
    #expect(batch.events.isEmpty && batch.checkpoint.position == position(11))
    var none = try test.log.subscribe(to: .stream("none")).makeAsyncIterator()
    batch = try #require(await none.next())
    #expect(batch.events.isEmpty && batch.checkpoint.position == position(11) && batch.isCaughtUp)
  }

  @Test("whoever begins after the head follows only what comes from then on", arguments: LogKind.allCases)
  func fromNowOn(_ kind: LogKind) async throws {
    let test = try await filled(kind)
    var iterator = try test.log.subscribe(after: test.log.checkpoint()).makeAsyncIterator()
    try await test.append("a", "11")
    #expect(try await iterator.next()?.events.map(\.text) == ["11"])
  }

  @Test("nothing piles up for a slow consumer: a batch ends by events, by bytes, and by what was looked at", arguments: LogKind.allCases)
  func bounds(_ kind: LogKind) async throws {
    let test = try LogUnderTest(kind)
    let large = NewEvent.sample("large", String(repeating: "x", count: 1 << 20))
    for _ in 0..<6 {
      var event = large
      event.id = .v7(at: test.clock.now)
      _ = try await test.log.append(AppendRequest([event]))
    }
    var byBytes = try test.log.subscribe().makeAsyncIterator()
    #expect(try await byBytes.next()?.events.count == 4)
    #expect(try await byBytes.next()?.events.count == 2)
    for _ in 0..<17 { _ = try await test.log.append(AppendRequest((0..<1_000).map { _ in .sample("small", type: "test.Small") })) }
    try await test.append("last", "wanted", type: "test.Wanted")
    var byLook = try test.log.subscribe(types: ["test.Wanted"]).makeAsyncIterator()
    var batch = try #require(await byLook.next())
    #expect(batch.events.isEmpty && batch.checkpoint.position?.rawValue == EventSubscription.Limits.eventsLookedAt && !batch.isCaughtUp)
    batch = try #require(await byLook.next())
    #expect(batch.events.map(\.text) == ["wanted"] && batch.isCaughtUp)
  }

  @Test("a subscription that waits ends when its task is cancelled", arguments: LogKind.allCases)
  func cancelled(_ kind: LogKind) async throws {
    let log = try LogUnderTest(kind).log
    let reader = Task {
      for try await _ in try log.subscribe() { Issue.record("nothing was appended") }
      return true
    }
    reader.cancel()
    #expect(try await reader.value)
  }

  @Test("whoever follows a log that is closed is told, once everything in it was followed", arguments: [true, false])
  func closed(isWriter: Bool) async throws {
    let folder = TemporaryFolder()
    let directory = DataDirectory(folder.path("data"))
    do {
      let log = try LMDBEventLog(directory: directory)
      _ = try await log.append(AppendRequest([.sample("a", at: .now())]))
      log.close()
    }
    let log = try LMDBEventLog(directory: directory, options: .init(access: isWriter ? .readWrite : .readOnly))
    let group = try ConsumerGroup("mail", of: log, in: directory, startingAfter: nil)
    let (seen, handled) = AsyncStream.makeStream(of: Int.self)
    let follower = Task { for try await batch in try log.subscribe() { handled.yield(batch.events.count) } }
    let member = Task { try await group.run { _ in handled.yield(1) } }
    var count = 0
    for await number in seen.prefix(2) { count += number }
    #expect(count == 2)
    log.close()
    await #expect(throws: EventStoreError.closed) { try await follower.value }
    await #expect(throws: EventStoreError.closed) { try await member.value }
  }

  @Test("a share has all events of the keys that fall to it, and the shares together have every event once", arguments: LogKind.allCases)
  func shares(_ kind: LogKind) async throws {
    let test = try LogUnderTest(kind)
    for number in 0..<200 {
      try await test.append(StreamID("s\(number % 23)"), "", tags: number % 5 == 0 ? [] : ["a", EventStore.Tag("k:\(number % 11)")])
    }
    let all = try test.log.events(EventQuery(.all))
    for key in [EventKey.stream, .tag(prefix: "k:")] {
      let shares = try (0..<7).map { try test.log.events(EventQuery(.all, share: EventShare($0, of: 7, by: key))) }
      #expect(shares.joined().sorted { $0.position < $1.position } == all)
      for event in all { #expect(shares[expectedShare(of: event, by: key, of: 7)].contains(event)) }
      #expect(shares.count { !$0.isEmpty } > 3, "the keys are spread")
    }
  }

  private func expectedShare(of event: StoredEvent, by key: EventKey, of count: UInt64) -> Int {
    let tag = event.tags.first { $0.name.hasPrefix("k:") }
    let name = key == .stream ? event.stream.name : tag?.name ?? event.stream.name
    return Int(Checksum.of(name, seed: 0) % count)
  }

  @Test("which share a key falls to never changes: XXH3-64 of its name")
  func stableKeys() {
    // As the library's own XXH3_64bits says.
    #expect(Checksum.of("rep:7", seed: 0) == 0x828b_e701_2251_d7b5)
    #expect(Checksum.of("pkg-0189ab7e-0c00-7a3e-9b41-5f0f3c1d2e4f", seed: 0) == 0xc19f_fb2a_4fea_f47f)
  }

  @Test("a follower in another process gets what is there and what comes, once and in order", .timeLimit(.minutes(1)))
  func otherProcess() async throws {
    let folder = TemporaryFolder()
    let log = try LMDBEventLog(directory: DataDirectory(folder.path("data")))
    var expected: [String] = []
    func append(_ count: Int) async throws {
      for _ in 0..<count {
        let isTagged = expected.count % 3 != 1
        let receipt = try await log.append(AppendRequest([.sample("s", tags: isTagged ? ["t"] : ["other"], at: .now())]))
        expected.append(isTagged ? "\(receipt.first)" : "")
      }
    }
    try await append(20)
    let output = Pipe()
    let process = BuiltProduct("log-follower").process([folder.path("data"), "follow"], output: output)
    try process.run()
    try await append(200)
    var bytes = Data()
    let lines = expected.filter { !$0.isEmpty }
    while bytes.count(where: { $0 == 10 }) < lines.count { bytes.append(output.fileHandleForReading.availableData) }
    process.terminate()
    process.waitUntilExit()
    #expect(String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init) == lines)
  }
}

@Suite("Checkpoints of followers")
struct CheckpointTests {
  private func refusal(_ log: any EventLog, _ checkpoint: LogCheckpoint) throws -> CheckpointFault? {
    let error = #expect(throws: EventStoreError.self) { try log.subscribe(after: checkpoint) }
    guard case .checkpointRefused(checkpoint, let fault) = error else { return nil }
    #expect(try log.fault(of: checkpoint) == fault)
    return fault
  }

  @Test("one of another log, of an abandoned branch, beyond the end or of another history is refused; one of this log is not", arguments: LogKind.allCases)
  func refused(_ kind: LogKind) async throws {
    let test = try LogUnderTest(kind)
    let (log, lineage) = (test.log, test.log.lineage)
    for number in 1...5 { try await test.append("a", "\(number)") }
    let right = try log.checkpoint(at: position(3))
    _ = try log.subscribe(after: right)
    _ = try log.subscribe(after: LogCheckpoint(beginningOf: lineage))
    let other = LogCheckpoint(lineage: Lineage(id: UUID(), epoch: 0), position: right.position, prefixHash: right.prefixHash)
    #expect(try refusal(log, other) == .otherLog)
    let abandoned = LogCheckpoint(lineage: Lineage(id: lineage.id, epoch: 7), position: nil, prefixHash: 0)
    #expect(try refusal(log, abandoned) == .otherBranch)
    let beyond = LogCheckpoint(lineage: lineage, position: position(6), prefixHash: 1)
    #expect(try refusal(log, beyond) == .logEndsBefore(head: position(5)))
    let differs = LogCheckpoint(lineage: lineage, position: right.position, prefixHash: right.prefixHash ^ 1)
    #expect(try refusal(log, differs) == .logDiffers)
    #expect(throws: EventStoreError.self) { try log.checkpoint(at: position(6)) }
  }

  @Test("a follower of the branch that a restore abandoned is refused, and told what to do")
  func restored() async throws {
    let folder = TemporaryFolder()
    let directory = DataDirectory(folder.path("data"))
    let seen: LogCheckpoint
    do {
      let log = try LMDBEventLog(directory: directory)
      _ = try await log.append(AppendRequest([.sample("a", at: .now())]))
      try log.backup(to: folder.path("backup"))
      seen = try log.checkpoint()
      log.close()
    }
    let copy = DataDirectory(folder.path("copy"))
    _ = try LMDBEventLog.restore(DataDirectory(folder.path("backup")), to: copy)
    let restored = try LMDBEventLog(directory: copy)
    let error = #expect(throws: EventStoreError.self) { try restored.subscribe(after: seen) }
    #expect(error?.description.contains("is of another branch of this log, which was restored from a backup since") == true)
    _ = try restored.subscribe(after: restored.checkpoint())
  }

  @Test("its text is the checkpoint again; any other text is none")
  func text() throws {
    var random = SeededGenerator(seed: Depth.seed)
    for _ in 0..<200 {
      let position = Bool.random(using: &random) ? Position(random.next()) : nil
      let checkpoint = LogCheckpoint(
        lineage: Lineage(id: UUID(), epoch: random.next()), position: position, prefixHash: random.next() >> Int.random(in: 0...63, using: &random))
      #expect(LogCheckpoint(checkpoint.description) == checkpoint && checkpoint.description.utf8.count <= 96)
    }
    for wrong in ["", "////", "x/0/0/0000000000000000", "0189ab7e-0c00-7a3e-9b41-5f0f3c1d2e4f/0/1/f", "0189ab7e-0c00-7a3e-9b41-5f0f3c1d2e4f/00/1/0000000000000001"] {
      #expect(LogCheckpoint(wrong) == nil)
    }
  }
}
