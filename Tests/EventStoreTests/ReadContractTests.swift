import EventStore
import Foundation
import TestSupport
import Testing

@Suite("Reading, from every kind of log")
struct ReadContractTests {
  /// Ten events a minute apart: streams a and b in turn, every third tagged, two types.
  private func filled(_ kind: LogKind) async throws -> LogUnderTest {
    let test = try LogUnderTest(kind)
    for number in 1...10 {
      try await test.append(
        number % 2 == 1 ? "a" : "b", "\(number)", type: number <= 5 ? "test.Early" : "test.Late",
        tags: number % 3 == 0 ? ["third"] : [])
      test.clock.advance(bySeconds: 60)
    }
    return test
  }

  private func time(_ minute: Int64) -> Timestamp {
    Timestamp(microseconds: ManualClock().now.microseconds + minute * 60_000_000)
  }

  @Test("by stream, tag and whole log, both ways", arguments: LogKind.allCases)
  func sources(_ kind: LogKind) async throws {
    let test = try await filled(kind)
    #expect(try test.texts(EventQuery(.all)) == (1...10).map(String.init))
    #expect(try test.texts(EventQuery(.stream("a"))) == ["1", "3", "5", "7", "9"])
    #expect(try test.texts(EventQuery(.tag("third"))) == ["3", "6", "9"])
    for source in [EventQuery.Source.all, .stream("a"), .tag("third")] {
      let forwards = try test.texts(EventQuery(source))
      #expect(try test.texts(EventQuery(source, direction: .backwards)) == forwards.reversed())
    }
    #expect(try test.texts(EventQuery(.stream("none"))).isEmpty)
    #expect(try test.texts(EventQuery(.tag("none"))).isEmpty)
  }

  @Test("from a position, up to a position, with a limit", arguments: LogKind.allCases)
  func positions(_ kind: LogKind) async throws {
    let test = try await filled(kind)
    #expect(try test.texts(EventQuery(.all, from: .position(position(9)))) == ["9", "10"])
    #expect(try test.texts(EventQuery(.stream("a"), from: .position(position(4)), upTo: position(8))) == ["5", "7"])
    #expect(try test.texts(EventQuery(.tag("third"), from: .position(position(8)), direction: .backwards)) == ["6", "3"])
    #expect(try test.texts(EventQuery(.all, direction: .backwards, limit: 2)) == ["10", "9"])
    #expect(try test.texts(EventQuery(.all, from: .position(position(11)))).isEmpty)
    #expect(try test.texts(EventQuery(.all, from: .position(position(5)), upTo: position(4))).isEmpty)
    #expect(try test.texts(EventQuery(.all, limit: 0)).isEmpty)
  }

  @Test("from a time: forwards what is not before it, backwards what is not after it", arguments: LogKind.allCases)
  func times(_ kind: LogKind) async throws {
    let test = try await filled(kind)
    #expect(try test.texts(EventQuery(.all, from: .time(time(8)))) == ["9", "10"])
    #expect(try test.texts(EventQuery(.stream("a"), from: .time(time(3)))) == ["5", "7", "9"])
    #expect(try test.texts(EventQuery(.all, from: .time(time(1)), direction: .backwards)) == ["2", "1"])
    #expect(try test.texts(EventQuery(.all, from: .time(time(-1)), direction: .backwards)).isEmpty)
    #expect(try test.texts(EventQuery(.all, from: .time(time(99)))).isEmpty)
  }

  @Test("only the types asked for, and the answer says how far it looked", arguments: LogKind.allCases)
  func types(_ kind: LogKind) async throws {
    let test = try await filled(kind)
    #expect(try test.texts(EventQuery(.stream("b"), types: ["test.Late"])) == ["6", "8", "10"])
    var delivered = 0
    let last = try test.log.read(EventQuery(.all, types: ["test.Early"])) { _ in
      delivered += 1
      return .next
    }
    #expect(delivered == 5)
    #expect(last == position(10))
    #expect(try test.texts(EventQuery(.all, types: ["test.Never"])).isEmpty)
  }

  @Test("headers alone are read without the payloads, and a payload when it is asked for", arguments: LogKind.allCases)
  func headers(_ kind: LogKind) async throws {
    let test = try await filled(kind)
    var revisions: [UInt64] = []
    var texts: [String] = []
    try test.log.forEach(EventQuery(.stream("a"), part: .header)) { event in
      revisions.append(event.revision.rawValue)
      texts.append(StoredEvent(try event.whole()).text)
    }
    #expect(revisions == [0, 1, 2, 3, 4])
    #expect(try texts == test.texts(EventQuery(.stream("a"))))
  }

  @Test("a body that has enough, or fails, ends the read", arguments: LogKind.allCases)
  func stop(_ kind: LogKind) async throws {
    let test = try await filled(kind)
    let last = try test.log.read(EventQuery(.all)) { $0.position == position(4) ? .stop : .next }
    #expect(last == position(4))
    struct Enough: Error {}
    #expect(throws: Enough.self) { try test.log.forEach(EventQuery(.all)) { _ in throw Enough() } }
  }

  @Test("a read sees the log as it was when it began", arguments: LogKind.allCases)
  func snapshot(_ kind: LogKind) async throws {
    let test = try await filled(kind)
    let log = test.log
    let before = try log.head().position
    try await test.append("a", "11")
    #expect(try test.texts(EventQuery(.all, upTo: before)).count == 10)
    #expect(try log.prefixHash(at: position(12)) == nil)
    #expect(try log.prefixHash(at: position(11)) == log.head().prefixHash)
  }

  @Test("a long stream is read forwards, backwards and from its middle", arguments: LogKind.allCases)
  func longChain(_ kind: LogKind) async throws {
    let test = try LogUnderTest(kind)
    var number = 0
    for _ in 0..<6 {
      let events = (0..<500).map { _ in
        number += 1
        return NewEvent.sample("long", "\(number)", tags: ["all"])
      }
      _ = try await test.log.append(AppendRequest(events + [.sample("other")]))
    }
    for source in [EventQuery.Source.stream("long"), .tag("all")] {
      #expect(try test.texts(EventQuery(source)) == (1...3_000).map(String.init))
      #expect(try test.texts(EventQuery(source, direction: .backwards)) == (1...3_000).reversed().map(String.init))
      for start in [1, 500, 501, 1_024, 1_025, 1_026, 2_047, 2_048, 2_500, 3_006] as [UInt64] {
        let all = try test.log.events(EventQuery(.all)).filter { $0.stream == "long" }.map(\.position.rawValue)
        let forwards = try test.log.events(EventQuery(source, from: .position(position(start)), limit: 3)).map(\.position.rawValue)
        #expect(forwards == all.filter { $0 >= start }.prefix(3).map { $0 })
        let backwards = try test.log.events(EventQuery(source, from: .position(position(start)), direction: .backwards, limit: 3))
        #expect(backwards.map(\.position.rawValue) == all.filter { $0 <= start }.suffix(3).reversed())
      }
    }
  }
}
