@testable import EventStore
import Foundation
import TestSupport
import Testing

@Suite("Import")
struct LogImportTests {
  private let folder = TemporaryFolder()
  private let clock = ManualClock()
  private var directory: DataDirectory { DataDirectory(folder.path("data")) }

  private func source(_ name: String = "source") throws -> LMDBEventLog {
    try LMDBEventLog(directory: DataDirectory(folder.path(name)), options: .init(clock: clock.read))
  }

  private func copy(_ events: [StoredEvent], of lineage: Lineage) throws -> LogVerification.Summary {
    let log = try LogImport(into: directory, from: lineage.id)
    for event in events { try log.add(event) }
    return try log.finish()
  }

  private func records(_ log: LMDBEventLog) throws -> [[UInt8]] {
    var records: [[UInt8]] = []
    try log.read(EventQuery(.all)) { event in
      records.append([UInt8](event.record))
      return .next
    }
    return records
  }

  @Test("events that are imported become the log they come from, to the byte, in a branch of its own")
  func same() async throws {
    var random = SeededGenerator(seed: Depth.seed)
    let source = try source()
    try await source.fill(600, clock: clock, using: &random)
    let summary = try copy(source.events(EventQuery(.all)), of: source.lineage)
    #expect(summary.head == (try source.head()) && summary.findings == 0)
    let log = try LMDBEventLog(directory: directory, options: .init(clock: clock.read))
    #expect(try records(log) == records(source))
    #expect(log.types.all == source.types.all)
    #expect(log.lineage.id == source.lineage.id && log.lineage.epoch > source.lineage.epoch)
    for event in try source.events(EventQuery(.all)) {
      #expect(try log.head(of: event.stream) == source.head(of: event.stream))
      for tag in event.tags { #expect(try log.head(of: tag) == source.head(of: tag)) }
    }
    // What is appended to both from here on is the same, too.
    let more = AppendRequest((0..<20).map { _ in NewEvent.random(at: summary.head.time, using: &random) })
    #expect(try await log.append(more) == source.append(more))
    #expect(try log.head() == source.head(), "seed \(Depth.seed)")
  }

  @Test("a log of many transactions is imported, and what is kept beside it meanwhile is gone")
  func large() async throws {
    let source = try source()
    for number in 0..<24 {
      let payload = String(repeating: "\(number) ", count: 300_000)
      _ = try await source.append(AppendRequest([.sample(StreamID("s\(number % 5)"), payload, type: EventTypeName("t\(number)"))]))
    }
    #expect(try copy(source.events(EventQuery(.all)), of: source.lineage).events == 24)
    let log = try LMDBEventLog(directory: directory, options: .init(access: .readOnly))
    #expect(try records(log) == records(source))
    #expect(Set(try FileManager.default.contentsOfDirectory(atPath: directory.path)) == ["format", "index", "log", "writer.lock"])
  }

  private func sixEvents() async throws -> (lineage: Lineage, events: [StoredEvent]) {
    let log = InMemoryEventLog(lineage: Lineage(id: .v7(at: clock.now), epoch: 0), clock: clock.read)
    for number in 0..<6 {
      clock.advance(bySeconds: 1)
      _ = try await log.append(
        AppendRequest([
          .sample(StreamID("s\(number % 2)"), "\(number)", type: number < 3 ? "odd" : "even", tags: ["t"], at: clock.now)
        ]))
    }
    return (log.lineage, try log.events(EventQuery(.all)))
  }

  /// Something that happened to the fourth of six events.
  struct Change: CustomTestStringConvertible {
    let testDescription: String
    let words: String
    let make: @Sendable ([StoredEvent]) -> StoredEvent

    init(_ name: String, _ words: String, _ make: @escaping @Sendable ([StoredEvent]) -> StoredEvent) {
      (testDescription, self.words, self.make) = (name, words, make)
    }
  }

  static let changes = [
    Change("an event left out", "the next one must be at position 4") { $0[4] },
    Change("an event twice", "the next one must be at position 4") { $0[2] },
    Change("another revision", "its revision is 7, but its stream has 1 events before it") { $0[3].with(revision: 7) },
    Change("another stream", "its revision is 1, but its stream has 0 events before it") { $0[3].with { $0.stream = "other" } },
    Change("a time before", "log time is before") { $0[3].with(logTime: $0[1].logTime) },
    Change("a time after", "another prefix hash") { $0[3].with(logTime: $0[4].logTime) },
    Change("an id from the future", "made after its log time") { events in events[3].with { $0.id = events[5].id } },
    Change("the id of another stream's event", "has the same id") { events in events[3].with { $0.id = events[2].id } },
    Change("the id of its stream's event", "has the same id") { events in events[3].with { $0.id = events[1].id } },
    Change("an id of another kind", "not a UUIDv7") { $0[3].with { $0.id = UUID(high: 0x4000, low: 0) } },
    Change("another payload", "another prefix hash") { $0[3].with { $0.payload[0] ^= 1 } },
    Change("another digest", "another prefix hash") { $0[3].with { $0.origin.commandDigest = 1 } },
    Change("another type", "another prefix hash") { $0[3].with { $0.type = "other" } },
    Change("a type as one of the log's", "another prefix hash") { $0[3].with { $0.type = $0.type == "even" ? "odd" : "even" } },
    Change("another wall time", "another prefix hash") { $0[3].with(wallTime: Timestamp(microseconds: 0)) },
    Change("a sealed part that nothing is in", "another prefix hash") {
      $0[3].with { $0.sealed = SealedPayload(subject: $0.id, bytes: []) }
    },
    Change("another prefix hash", "another prefix hash") { $0[3].with(prefixHash: 1) },
    Change("a tag twice", "same tag twice") { $0[3].with { $0.tags = ["t", "t"] } },
    Change("nine tags", "has 9 tags") { $0[3].with { $0.tags = (0..<9).map { EventStore.Tag("t\($0)") } } },
    Change("a payload that is too large", "1048577 bytes") {
      $0[3].with { $0.payload = [UInt8](repeating: 0, count: 1 << 20 + 1) }
    },
  ]

  @Test("an event that is not the one the log had is refused with its position, and nothing is imported", arguments: changes)
  func refused(_ change: Change) async throws {
    let (lineage, events) = try await sixEvents()
    var changed = events
    changed[3] = change.make(events)
    let error = #expect(throws: EventStoreError.self) { try copy(changed, of: lineage) }
    #expect(error?.description.contains(change.words) == true, "\(String(describing: error))")
    #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == ["writer.lock"])
    #expect(try copy(events, of: lineage).events == 6, "the same folder takes the right events")
  }

  @Test(
    "a type that is called otherwise in the whole log, and types that are exchanged, are noticed at the first event that has them")
  func renamed() async throws {
    let (lineage, events) = try await sixEvents()
    for names: [EventTypeName: EventTypeName] in [["even": "other"], ["even": "odd", "odd": "even"], ["odd": "other"]] {
      let changed = events.map { event in event.with { $0.type = names[$0.type] ?? $0.type } }
      let error = #expect(throws: EventStoreError.self) { try copy(changed, of: lineage) }
      let first = try #require(events.first { names[$0.type] != nil })
      #expect(
        error?.description.contains("position \(first.position)") == true
          && error?.description.contains("another prefix hash") == true)
    }
  }

  @Test("the events of a log are not those of another")
  func otherLog() async throws {
    let (_, events) = try await sixEvents()
    let error = #expect(throws: EventStoreError.self) { try copy(events, of: Lineage(id: .v7(at: .now()), epoch: 0)) }
    #expect(error?.description.contains("position 1 ") == true)
  }

  @Test(
    "nothing is imported into a folder with anything in it but keys and what imports leave that were cut short, and two imports do not meet"
  )
  func folders() async throws {
    let (lineage, events) = try await sixEvents()
    for name in ["keys", "import.draft-0123456789abcdef", "index"] {
      try FileManager.default.createDirectory(atPath: folder.path("data/" + name), withIntermediateDirectories: true)
    }
    try Data("1 of another\n".utf8).write(to: URL(fileURLWithPath: folder.path("data/format")))
    do {
      let first = try LogImport(into: directory, from: lineage.id)
      let error = #expect(throws: EventStoreError.self) { try LogImport(into: directory, from: lineage.id) }
      #expect(error?.description.contains("is being written by") == true)
      for event in events { try first.add(event) }
      _ = try first.finish()
      #expect(throws: EventStoreError.closed) { try first.add(events[0]) }
      #expect(throws: EventStoreError.closed) { try first.finish() }
    }
    let error = #expect(throws: EventStoreError.self) { try LogImport(into: directory, from: lineage.id) }
    #expect(error?.description.contains("There is something here already: log") == true)
    #expect(try LMDBEventLog(directory: directory).head().position?.rawValue == 6)
  }
}

extension StoredEvent {
  fileprivate func with(
    revision: Revision? = nil, logTime: Timestamp? = nil, wallTime: Timestamp? = nil, prefixHash: UInt64? = nil,
    _ change: (inout NewEvent) -> Void = { _ in }
  ) -> StoredEvent {
    var event = NewEvent(self)
    change(&event)
    return StoredEvent(
      event, position: position, revision: revision ?? self.revision, logTime: logTime ?? self.logTime,
      wallTime: wallTime ?? self.wallTime, prefixHash: prefixHash ?? self.prefixHash)
  }
}
