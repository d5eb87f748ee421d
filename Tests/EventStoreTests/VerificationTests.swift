import Foundation
import LMDB
import TestSupport
import Testing

@testable import EventStore

@Suite("Verification")
struct VerificationTests {
  private let folder = TemporaryFolder()
  private var directory: DataDirectory { DataDirectory(folder.path("data")) }

  private func fill() async throws {
    let log = try LMDBEventLog(directory: directory)
    for number in 1...12 {
      _ = try await log.append(
        AppendRequest([.sample(StreamID("s\(number % 3)"), "event \(number)", tags: [Tag("t\(number % 2)")], at: .now())]))
    }
  }

  private func findings(from anchor: LogVerification.Anchor? = nil) throws -> [String] {
    var findings: [String] = []
    _ = try LogVerification(directory: directory).run(from: anchor) { findings.append($0.description) }
    return findings
  }

  /// Changes the log's file, or that of its index, behind the log's back.
  private func tamper<Key>(
    _ path: String? = nil, table: String = "events", _ body: (inout WriteTransaction, Table<Key, [UInt8]>) throws -> Void
  ) throws {
    let environment = try Environment(path: path ?? directory.log, tables: [table])
    try environment.write { txn throws -> LMDB.Outcome<Void> in
      try body(&txn, environment.table(table, Key.self, [UInt8].self))
      return .commit(())
    }
  }

  @Test("a log that is whole has no findings")
  func whole() async throws {
    try await fill()
    #expect(try findings() == [])
  }

  @Test("all that is wrong is found, not only the first")
  func everything() async throws {
    try await fill()
    try tamper { (txn, events: Table<UInt64, [UInt8]>) in
      var record = try #require(try txn.get(3, in: events))
      record[record.count - 1] ^= 1
      try txn.put(3, record, in: events)
      try txn.delete(6, in: events)
      record = try #require(try txn.get(9, in: events))
      record[50] ^= 1
      try txn.put(9, record, in: events)
      try txn.put(12, [1, 2, 3], in: events)
    }
    let found = try findings()
    #expect(found.contains("position 3: the checksum of its payload is wrong"))
    #expect(found.contains("position 6: it is missing"))
    #expect(found.contains("the file says that there are 11 events, the last is at position 12"))
    #expect(found.contains("position 9: the checksum of its header is wrong"))
    #expect(found.contains("position 12: it has only 3 bytes"))
    #expect(found.contains { $0.hasPrefix("index: ") }, "heads that point to what is gone")
  }

  @Test("two records that changed places are found")
  func swapped() async throws {
    try await fill()
    try tamper { (txn, events: Table<UInt64, [UInt8]>) in
      let (a, b) = (try #require(try txn.get(4, in: events)), try #require(try txn.get(5, in: events)))
      try txn.put(4, b, in: events)
      try txn.put(5, a, in: events)
    }
    #expect(try findings().contains("position 4: the checksum of its header is wrong"))
  }

  @Test("records cut off at the end are found through the index")
  func cut() async throws {
    try await fill()
    try tamper { (txn, events: Table<UInt64, [UInt8]>) in for key in [UInt64(11), 12] { try txn.delete(key, in: events) } }
    #expect(try findings().contains { $0.hasPrefix("index: ") })
  }

  @Test(
    "a record that is whole but that no append makes is found",
    arguments: [
      (NewEvent.sample("a", tags: ["x", "x"], at: .now()), "malformed name"),
      (.sample(StreamID(unchecked: ""), at: .now()), "malformed name"),
      (.sample("a", tags: (0..<9).map { Tag("n\($0)") }, at: .now()), "malformed name"),
      (.sample("a", at: Timestamp(microseconds: Timestamp.now().microseconds + 3_600_000_000)), "id"),
    ])
  func impossible(_ event: NewEvent, words: String) async throws {
    try await fill()
    let (head, format) = try { [directory] in
      let log = try LMDBEventLog(directory: directory, options: .init(access: .readOnly))
      return (try log.head(), log.file.format)
    }()
    let images = RecordImages([event], format)
    var record = [UInt8](repeating: 0, count: images.byteCount(of: 0))
    record.withMutableBytes {
      _ = images.write(
        0, into: &$0,
        at: .init(position: position(13), typeNumber: 1, previousChecksum: head.prefixHash, logTime: .now(), wallTime: .now()),
        links: ArraySlice(repeating: 0, count: 1 + event.tags.count), heads: [nil])
    }
    try tamper { (txn, events: Table<UInt64, [UInt8]>) in try txn.put(13, record, in: events) }
    let found = try findings()
    #expect(
      found.count >= 1 && found.allSatisfy { $0.hasPrefix("position 13: ") } && found.contains { $0.contains(words) }, "\(found)")
  }

  @Test("a log that lost all its events is not taken for an empty one")
  func emptied() async throws {
    try await fill()
    try tamper { (txn, events: Table<UInt64, [UInt8]>) in try txn.removeAll(in: events) }
    #expect(try findings().contains { $0.hasPrefix("index: ") })
  }

  @Test("a hole of any size is one finding", arguments: [1 << 40, UInt64.max])
  func farAway(_ key: UInt64) async throws {
    try await fill()
    try tamper { (txn, events: Table<UInt64, [UInt8]>) in try txn.put(key, [1, 2, 3], in: events) }
    #expect(
      try findings() == [
        "the file says that there are 13 events, the last is at position \(key)",
        "position 13: this and all up to \(key - 1) are missing",
        "position \(key): it has only 3 bytes",
      ])
  }

  @Test("a key that is not a position is found, and so is what comes after it")
  func strangeKey() async throws {
    try await fill()
    try tamper { (txn, events: Table<[UInt8], [UInt8]>) in
      try txn.put([0, 0, 0, 0, 0, 0, 0, 4, 1], [1], in: events)
      var record = try #require(try txn.get([0, 0, 0, 0, 0, 0, 0, 9], in: events))
      record[50] ^= 1
      try txn.put([0, 0, 0, 0, 0, 0, 0, 9], record, in: events)
    }
    let found = try findings()
    #expect(found.contains("position 5: the key after the record before it is not a position"))
    #expect(found.contains("position 9: the checksum of its header is wrong"))
  }

  @Test("a damaged name of a type is one finding among others, and so is a row that no event can have")
  func types() async throws {
    try await fill()
    try tamper(table: "types") { (txn, types: Table<UInt64, [UInt8]>) in
      try txn.put(1, [1, 2, 3], in: types)
      try txn.put(3, [1, 2, 3], in: types)
    }
    #expect(
      try findings() == [
        "the row of event type 1 is damaged", "the file says that there are 2 event types, but they end with number 1",
      ])
  }

  @Test(
    "what opening would refuse about the index is found",
    arguments: [
      ("meta", "checkpoint", 7, "another log"), ("meta", "checkpoint", 39, "another history"), ("heads", "ss1", 0, "damaged"),
    ])
  func index(table: String, key: String, byte: Int, words: String) async throws {
    try await fill()
    try tamper(directory.index, table: table) { (txn, rows: Table<String, [UInt8]>) in
      var row = try #require(try txn.get(key, in: rows))
      row[byte] ^= 1
      try txn.put(key, row, in: rows)
    }
    #expect(try findings().contains { $0.hasPrefix("index: ") && $0.contains(words) })
  }

  @Test("what is appended, and moved to the index, while the log is verified is no finding")
  func living() async throws {
    try await fill()
    try BuiltProduct("stress-writer").beside([directory.path, "briefly"]) {
      var head: UInt64 = 0
      while head < 60 {
        head = try LogVerification(directory: directory).run { Issue.record("\($0)") }.head.position?.rawValue ?? 0
      }
    }
  }

  @Test("from a trusted position only what follows is read, and another history before it is noticed")
  func anchored() async throws {
    try await fill()
    let hash = try #require(try LMDBEventLog(directory: directory, options: .init(access: .readOnly)).prefixHash(at: position(8)))
    var findings: [LogVerification.Finding] = []
    let trusted = LogVerification.Anchor(position: position(8), prefixHash: hash)
    #expect(try LogVerification(directory: directory).run(from: trusted) { findings.append($0) }.events == 4)
    #expect(findings == [])
    let other = LogVerification.Anchor(position: position(8), prefixHash: hash ^ 1)
    #expect(try self.findings(from: other).contains("position 8: the log differs from the trusted position"))
  }
}
