import EventStore
import Foundation
import Synchronization
import TestSupport
import Testing

/// A group of a log under test, in a folder of its own.
struct GroupUnderTest {
  let test: LogUnderTest
  private let folder = TemporaryFolder()
  var directory: DataDirectory { DataDirectory(folder.path("groups")) }

  init(_ kind: LogKind) throws { test = try LogUnderTest(kind) }

  func open(
    _ name: String = "mail", types: Set<EventTypeName>? = nil, key: EventKey = .stream, shares: Int = 4, after start: LogCheckpoint? = nil,
    batchSize: Int = 64, balanceInterval: Duration = .milliseconds(5)
  ) throws -> ConsumerGroup {
    try ConsumerGroup(
      name, of: test.log, in: directory, types: types, key: key, shares: shares, startingAfter: start, batchSize: batchSize,
      balanceInterval: balanceInterval)
  }

  /// Appends events `range` to ten streams.
  func append(_ range: ClosedRange<Int>) async throws {
    for number in range { try await test.append(StreamID("s\(number % 10)"), "\(number)") }
  }
}

/// What a handler saw.
final class Handled: Sendable {
  private let seen = Mutex<[StoredEvent]>([])
  var events: [StoredEvent] { seen.withLock { $0 } }
  var texts: [String] { events.map(\.text) }
  func take(_ event: StoredEvent) { seen.withLock { $0.append(event) } }
}

struct CannotHandle: Error, CustomStringConvertible {
  let description = "the printer is on fire"
}

@Suite("Consumer groups, of every kind of log")
struct GroupTests {
  @Test("every event is handled once, those of a key in their order, and opening the group again goes on from there", arguments: LogKind.allCases)
  func once(_ kind: LogKind) async throws {
    let setting = try GroupUnderTest(kind)
    let handled = Handled()
    try await setting.append(1...100)
    do { try await setting.open().catchUp(handled.take) }
    try await setting.append(101...150)
    let group = try setting.open()
    try await group.catchUp(handled.take)
    try await group.catchUp(handled.take)
    #expect(handled.events.count == 150 && Set(handled.texts).count == 150)
    for (_, events) in Dictionary(grouping: handled.events, by: \.stream) {
      #expect(events.map(\.revision.rawValue) == (0..<15).map { $0 })
    }
    #expect(try group.status().allSatisfy { $0.behind == 0 && $0.stop == nil })
  }

  @Test("a handler that throws stops its share there and no other; the share goes on when it is resumed, with the event or without it", arguments: LogKind.allCases)
  func stops(_ kind: LogKind) async throws {
    let setting = try GroupUnderTest(kind)
    try await setting.append(1...100)
    let group = try setting.open()
    let handled = Handled()
    let broken = Mutex(true)
    let handler: ConsumerGroup.Handler = { event in
      if event.text == "37", broken.withLock({ $0 }) { throw CannotHandle() }
      handled.take(event)
    }
    try await group.catchUp(handler)
    let stopped = try #require(try group.status().first { $0.stop != nil })
    #expect(stopped.stop?.position == position(37) && stopped.stop?.reason == "the printer is on fire")
    #expect(try group.status().count { $0.stop == nil && $0.behind == 0 } == 3)
    let share = stopped.number
    func isOfShare(_ number: Int) throws -> Bool {
      let query = EventQuery(.all, from: .position(position(UInt64(number))), share: EventShare(share, of: 4, by: .stream), limit: 1)
      return try setting.test.log.events(query).first?.position == position(UInt64(number))
    }
    let expected = try (1...100).filter { try $0 < 37 || !isOfShare($0) }.map(String.init)
    #expect(Set(handled.texts) == Set(expected) && handled.texts.count == expected.count)

    try await group.catchUp(handler)
    #expect(handled.texts.count == expected.count, "a share that stopped waits")
    #expect(try !group.resume(share, stoppedAt: position(36), .skipping), "only where it stopped")
    #expect(try group.resume(share, stoppedAt: position(37), .again))
    try await group.catchUp(handler)
    #expect(try group.status()[share].stop?.position == position(37))
    broken.withLock { $0 = kind == .lmdb }
    #expect(try group.resume(share, stoppedAt: position(37), kind == .lmdb ? .skipping : .again))
    #expect(try !group.resume(share, stoppedAt: position(37), .again), "it has not stopped any more")
    try await group.catchUp(handler)
    #expect(Set(handled.texts) == Set((1...100).filter { kind == .inMemory || $0 != 37 }.map(String.init)))
    #expect(handled.texts.count == Set(handled.texts).count)
  }

  @Test("a new group begins where it is told; one that exists goes on", arguments: LogKind.allCases)
  func start(_ kind: LogKind) async throws {
    let setting = try GroupUnderTest(kind)
    try await setting.append(1...10)
    let handled = Handled()
    do { _ = try setting.open(after: setting.test.log.checkpoint(at: position(7))) }
    try await setting.open(after: nil).catchUp(handled.take)
    #expect(handled.texts.sorted() == ["10", "8", "9"])
    let other = LogCheckpoint(beginningOf: Lineage(id: UUID(), epoch: 0))
    #expect(throws: EventStoreError.self) { try setting.open("other", after: other) }
  }

  @Test("a group is refused to whoever would open it otherwise than it was made", arguments: LogKind.allCases)
  func definition(_ kind: LogKind) throws {
    let setting = try GroupUnderTest(kind)
    do { _ = try setting.open(key: .tag(prefix: "rep:"), shares: 8) }
    let error = #expect(throws: EventStoreError.self) { try setting.open(key: .stream, shares: 9) }
    #expect(error?.description.contains("made with 'key tag rep:, shares 8' and is opened with 'key stream, shares 9'") == true)
    #expect(throws: EventStoreError.self) { try setting.open(types: ["test.Happened"], key: .tag(prefix: "rep:"), shares: 8) }
    _ = try setting.open(key: .tag(prefix: "rep:"), shares: 8)
  }

  @Test("a group that followed another log or an abandoned branch is refused until somebody says where it goes on")
  func otherLog() async throws {
    let setting = try GroupUnderTest(.inMemory)
    try await setting.append(1...10)
    do { try await setting.open().catchUp { _ in } }
    let lineage = setting.test.log.lineage
    let restored = InMemoryEventLog(lineage: Lineage(id: lineage.id, epoch: 1), clock: setting.test.clock.read)
    _ = try await restored.append(AppendRequest([.sample("a", "1"), .sample("b", "2")]))
    let group = try ConsumerGroup("mail", of: restored, in: setting.directory, shares: 4, startingAfter: nil)
    let handled = Handled()
    let error = await #expect(throws: EventStoreError.self) { try await group.catchUp(handled.take) }
    #expect(error?.description.contains("is of another branch of this log") == true)
    await #expect(throws: EventStoreError.self) { try await group.run(handled.take) }
    #expect(handled.events.isEmpty)
    try group.reset(to: restored.checkpoint(at: position(1)))
    try await group.catchUp(handled.take)
    #expect(handled.texts == ["2"])
    try group.reset(to: nil)
    try await group.catchUp(handled.take)
    #expect(handled.texts.sorted() == ["1", "2", "2"])
  }

  @Test("a group whose file is damaged says so, and handles nothing", arguments: ["source all", "/0/0/0000"])
  func damaged(_ text: String) async throws {
    let setting = try GroupUnderTest(.inMemory)
    try await setting.append(1...10)
    do { _ = try setting.open() }
    let path = setting.directory.groups + "/mail/state/data.mdb"
    var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    var start = bytes.startIndex
    while let found = bytes[start...].range(of: Data(text.utf8)) {
      bytes[found.lowerBound + 1] ^= 1
      start = found.upperBound
    }
    #expect(start > bytes.startIndex, "the text was found")
    try bytes.write(to: URL(fileURLWithPath: path))
    let error = await #expect(throws: EventStoreError.self) {
      try await setting.open().catchUp { _ in Issue.record("nobody knows how far this group has come") }
    }
    #expect(error?.description.contains("Stop its members, delete the folder") == true)
  }

  @Test("a member takes nothing that another works on, and goes on where the other was when it left", arguments: LogKind.allCases)
  func handover(_ kind: LogKind) async throws {
    let setting = try GroupUnderTest(kind)
    try await setting.append(1...40)
    let group = try setting.open(shares: 1)
    let handled = Handled()
    let (started, start) = AsyncStream.makeStream(of: Void.self)
    let member = Task {
      try await group.run { event in
        if event.text == "20" {
          start.finish()
          while true { try await Task.sleep(for: .seconds(1_000)) }
        }
        handled.take(event)
      }
    }
    for await _ in started {}
    #expect(try group.members().count == 1)
    try await group.catchUp { _ in Issue.record("somebody else works on the share") }
    #expect(throws: EventStoreError.self) { try group.reset(to: nil) }
    member.cancel()
    try await member.value
    #expect(try group.members().isEmpty)
    #expect(try group.status()[0].stop == nil, "leaving is no failure")
    #expect(handled.texts == (1...19).map(String.init))
    try await group.catchUp(handled.take)
    #expect(handled.texts == (1...40).map(String.init))
  }

  @Test("a share that is slow holds up no other", arguments: LogKind.allCases)
  func slow(_ kind: LogKind) async throws {
    let setting = try GroupUnderTest(kind)
    try await setting.append(1...50)
    let group = try setting.open()
    let slowShare = try #require((0..<4).first { share in
      try setting.test.log.events(EventQuery(.all, share: EventShare(share, of: 4, by: .stream))).contains { $0.text == "1" }
    })
    let others = try (0..<4).filter { $0 != slowShare }.flatMap {
      try setting.test.log.events(EventQuery(.all, share: EventShare($0, of: 4, by: .stream))).map(\.text)
    }
    let (progress, step) = AsyncStream.makeStream(of: String.self)
    let member = Task {
      try await group.run { event in
        if event.text == "1" { while true { try await Task.sleep(for: .seconds(1_000)) } }
        step.yield(event.text)
      }
    }
    var seen: Set<String> = []
    for await text in progress {
      seen.insert(text)
      if seen.isSuperset(of: others) { break }
    }
    member.cancel()
    try await member.value
  }

  @Test("members that run divide the shares, take what comes, and take over from one that leaves", arguments: LogKind.allCases)
  func members(_ kind: LogKind) async throws {
    let setting = try GroupUnderTest(kind)
    let group = try setting.open()
    let (progress, step) = AsyncStream.makeStream(of: (member: Int, event: StoredEvent).self)
    func join(_ member: Int) -> Task<Void, any Error> {
      Task { try await group.run { event in step.yield((member, event)) } }
    }
    let first = join(1)
    let second = join(2)
    // Every stream gets one event after the other until both members have seen some: how soon the shares are divided is not promised.
    var number = 0
    var handled: [(member: Int, event: StoredEvent)] = []
    var next = progress.makeAsyncIterator()
    while Set(handled.suffix(10).map(\.member)) != [1, 2] {
      for _ in 0..<10 {
        number += 1
        try await setting.append(number...number)
      }
      while handled.count < number { handled.append(try #require(await next.next())) }
    }
    first.cancel()
    try await first.value
    try await setting.append(number + 1...number + 10)
    for _ in 0..<10 { handled.append(try #require(await next.next())) }
    #expect(Set(handled.suffix(10).map(\.member)) == [2])
    second.cancel()
    try await second.value
    #expect(Set(handled.map(\.event.position)).count == number + 10 && handled.count == number + 10)
  }

  @Test("a member whose locks were removed stops working")
  func locksRemoved() async throws {
    let setting = try GroupUnderTest(.inMemory)
    let group = try setting.open()
    let (events, stream) = AsyncStream.makeStream(of: StoredEvent.self)
    let member = Task { try await group.run { stream.yield($0) } }
    try await setting.append(1...1)
    for await _ in events { break }
    try FileManager.default.removeItem(atPath: setting.directory.groups + "/mail/locks")
    let error = await #expect(throws: EventStoreError.self) { try await member.value }
    #expect(error?.description.contains("Stop all members") == true)
  }
}
