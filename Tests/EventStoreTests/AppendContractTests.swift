import EventStore
import Foundation
import TestSupport
import Testing

@Suite("Appending, to every kind of log")
struct AppendContractTests {
  @Test("positions are dense from 1 and revisions from 0", arguments: LogKind.allCases)
  func densePlaces(_ kind: LogKind) async throws {
    let test = try LogUnderTest(kind)
    for (stream, revision) in [("a", 0), ("b", 0), ("a", 1)] as [(StreamID, UInt64)] {
      let receipt = try await test.append(stream, "x")
      #expect(receipt.revisions == [StreamRevision(stream, Revision(revision))])
    }
    let events = try test.log.events(EventQuery(.all))
    #expect(events.map(\.position.rawValue) == [1, 2, 3])
    #expect(try test.log.head().position == position(3))
    #expect(try test.log.head(of: StreamID("a")) == Head(position: position(3), count: 2))
  }

  @Test("everything given is given back", arguments: LogKind.allCases)
  func roundTrip(_ kind: LogKind) async throws {
    let test = try LogUnderTest(kind)
    var event = NewEvent.sample("case-1", "clear", tags: ["rep:1", "command:2"], sealed: .init(subject: UUID(), bytes: [0, 255, 7]))
    event.origin = Origin(
      command: UUID(), commandDigest: .max, correlation: UUID(), causation: UUID(), actor: "officer/77")
    _ = try await test.log.append(AppendRequest([event]))
    let stored = try #require(try test.log.events(EventQuery(.all)).first)
    #expect(stored.id == event.id && stored.type == event.type && stored.stream == event.stream)
    #expect(stored.tags == event.tags && stored.origin == event.origin)
    #expect(stored.payload == event.payload && stored.sealed == event.sealed)
    #expect(stored.logTime == test.clock.now && stored.wallTime == test.clock.now)
  }

  @Test("payloads of any bytes and any size up to the limit are kept", arguments: LogKind.allCases, [0, 1, 2_000, 4_096, AppendLimits.bytesPerEvent])
  func sizes(_ kind: LogKind, bytes: Int) async throws {
    let test = try LogUnderTest(kind)
    var event = NewEvent.sample("a")
    event.payload = (0..<bytes).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    _ = try await test.log.append(AppendRequest([event]))
    #expect(try test.log.events(EventQuery(.stream("a"))).map(\.payload) == [event.payload])
  }

  @Test("each expectation accepts what it names and refuses the rest with the facts", arguments: LogKind.allCases)
  func expectations(_ kind: LogKind) async throws {
    let test = try LogUnderTest(kind)
    try await test.append("old", "0")
    let cases: [(StreamID, EventStore.Expectation, Bool)] = [
      ("old", .any, true), ("new1", .any, true), ("old", .streamExists, true), ("new2", .streamExists, false),
      ("new3", .noStream, true), ("old", .noStream, false), ("new4", .revision(0), false), ("old", .revision(7), false),
    ]
    for (stream, expectation, accepted) in cases {
      let before = try test.log.head()
      let actual = try test.log.head(of: stream)?.revision
      if accepted {
        try await test.append(stream, "x", expecting: expectation)
      } else {
        await #expect(throws: EventStoreError.conflict(stream: stream, expected: expectation, actual: actual)) {
          try await test.append(stream, "x", expecting: expectation)
        }
        #expect(try test.log.head() == before, "a refused append leaves nothing behind")
      }
    }
    let last = try #require(try test.log.head(of: StreamID("old"))).revision
    try await test.append("old", "x", expecting: .revision(last))
  }

  @Test("events of several streams are appended together or not at all", arguments: LogKind.allCases)
  func severalStreams(_ kind: LogKind) async throws {
    let test = try LogUnderTest(kind)
    let events = [NewEvent.sample("a", "1"), .sample("b", "2"), .sample("a", "3")]
    await #expect(throws: EventStoreError.self) {
      try await test.log.append(AppendRequest(events, expecting: ["a": .noStream, "b": .streamExists]))
    }
    #expect(try test.log.head() == .empty)
    let receipt = try await test.log.append(AppendRequest(events, expecting: ["a": .noStream, "b": .noStream]))
    #expect(receipt.revisions == [StreamRevision("a", 1), StreamRevision("b", 0)])
    #expect(receipt.revision(of: "b") == 0 && receipt.revision(of: "c") == nil)
    #expect(try test.texts(EventQuery(.stream("a"))) == ["1", "3"])
  }

  @Test("a stream that is not written can be guarded", arguments: LogKind.allCases)
  func guards(_ kind: LogKind) async throws {
    let test = try LogUnderTest(kind)
    await #expect(throws: EventStoreError.conflict(stream: "guard", expected: .streamExists, actual: nil)) {
      try await test.log.append(AppendRequest([.sample("a")], expecting: ["guard": .streamExists]))
    }
    try await test.append("guard", "x")
    _ = try await test.log.append(AppendRequest([.sample("a")], expecting: ["guard": .revision(0)]))
  }

  @Test("an append repeated with the same ids gets the first receipt, whatever happened since", arguments: LogKind.allCases)
  func repeats(_ kind: LogKind) async throws {
    let test = try LogUnderTest(kind)
    try await test.append("a", "0")
    let request = AppendRequest([.sample("a", "1"), .sample("b", "2")], expecting: ["a": .revision(0), "b": .noStream])
    let first = try await test.log.append(request)
    test.clock.advance(bySeconds: 60)
    try await test.append("a", "later")
    try await test.append("b", "later")
    let second = try await test.log.append(request)
    #expect(second.isRepeat && !first.isRepeat)
    #expect((second.first, second.last, second.time) == (first.first, first.last, first.time))
    #expect(second.revisions == first.revisions)
    #expect(try test.log.head().position == position(5))
  }

  @Test("an id that stands for another event is refused", arguments: LogKind.allCases)
  func reusedIdentifier(_ kind: LogKind) async throws {
    let test = try LogUnderTest(kind)
    let (first, second) = (NewEvent.sample("a", "1"), NewEvent.sample("a", "2"))
    _ = try await test.log.append(AppendRequest([first, second]))
    await #expect(throws: EventStoreError.eventIDReused(first.id, at: position(1))) {
      try await test.log.append(AppendRequest([first, .sample("a", "3")]))
    }
    await #expect(throws: EventStoreError.eventIDReused(second.id, at: position(2))) {
      try await test.log.append(AppendRequest([second, .sample("b", "3")]))
    }
    await #expect(throws: EventStoreError.eventIDReused(first.id, at: position(1))) {
      try await test.log.append(AppendRequest([.sample("b", "3"), .sample("a", "4"), first, second]))
    }
    #expect(try test.log.head().position == position(2))
  }

  @Test("what can never be stored is refused before anything is looked at", arguments: LogKind.allCases)
  func limits(_ kind: LogKind) async throws {
    let test = try LogUnderTest(kind)
    let tags = (0...AppendLimits.tagsPerEvent).map { Tag("t\($0)") }
    var random = UUID().uuid
    random.6 = 0x40 | random.6 & 0xF
    var notV7 = NewEvent.sample("a")
    notV7.id = UUID(uuid: random)
    var large = NewEvent.sample("a")
    large.payload = [UInt8](repeating: 1, count: AppendLimits.bytesPerEvent)
    large.sealed = .init(subject: UUID(), bytes: [1])
    let twice = NewEvent.sample("a")
    let future = NewEvent.sample("a", at: Timestamp(microseconds: test.clock.now.microseconds + 3_600_000_000))
    let cases: [([NewEvent], AppendFault)] = [
      ([], .noEvents),
      ((0...AppendLimits.eventsPerAppend).map { _ in .sample("a") }, .tooManyEvents(1_001)),
      ([.sample("a", tags: tags)], .tooManyTags(index: 0, count: 9)),
      ([.sample("a"), .sample("a", tags: ["x", "x"])], .repeatedTag(index: 1)),
      ([notV7], .notUUIDv7(index: 0)),
      ([large], .eventTooLarge(index: 0, bytes: AppendLimits.bytesPerEvent + 1)),
      ([twice, twice], .repeatedEventID(index: 1)),
      ([future], .idFromTheFuture(index: 0)),
    ]
    for (events, fault) in cases {
      await #expect(throws: EventStoreError.invalid(fault)) { try await test.log.append(AppendRequest(events)) }
    }
    #expect(try test.log.head() == .empty)
  }

  @Test("log time never goes back, wall time may", arguments: LogKind.allCases)
  func clockGoesBack(_ kind: LogKind) async throws {
    let test = try LogUnderTest(kind)
    let start = test.clock.now
    try await test.append("a", "1")
    test.clock.advance(bySeconds: -2_400)
    try await test.append("a", "2")
    let events = try test.log.events(EventQuery(.all))
    #expect(events.map(\.logTime) == [start, start])
    #expect(events[1].wallTime == test.clock.now)
  }

  @Test("an append that would be written after its limit is refused", arguments: LogKind.allCases)
  func tooLate(_ kind: LogKind) async throws {
    let test = try LogUnderTest(kind)
    let limit = test.clock.now
    let request = AppendRequest([.sample("a")], notAfter: limit)
    test.clock.advance(bySeconds: 1)
    await #expect(throws: EventStoreError.tooLate(limit: limit, logTime: test.clock.now)) { try await test.log.append(request) }
    _ = try await test.log.append(AppendRequest([.sample("a")], notAfter: test.clock.now))
  }

  @Test("of many that expect the same revision exactly one is let through", arguments: LogKind.allCases)
  func race(_ kind: LogKind) async throws {
    let test = try LogUnderTest(kind)
    try await test.append("a", "0")
    let accepted = await withTaskGroup(of: Bool.self) { group in
      for number in 0..<50 {
        group.addTask { (try? await test.append("a", "\(number)", expecting: .revision(0))) != nil }
      }
      return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
    #expect(accepted == 1)
    #expect(try test.log.head().position == position(2))
  }
}
