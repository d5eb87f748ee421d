import EventStore
import Foundation
import LMDB
import TestSupport
import Testing

@Suite("Verification")
struct VerificationTests {
  private let folder = TemporaryFolder()
  private var directory: DataDirectory { DataDirectory(folder.path("data")) }

  private func fill() async throws {
    let log = try LMDBEventLog(directory: directory)
    for number in 1...12 {
      _ = try await log.append(AppendRequest([.sample(StreamID("s\(number % 3)"), "event \(number)", tags: [Tag("t\(number % 2)")], at: .now())]))
    }
  }

  private func findings(from anchor: LogVerification.Anchor? = nil) throws -> [String] {
    var findings: [String] = []
    _ = try LogVerification(directory: directory).run(from: anchor) { findings.append($0.description) }
    return findings
  }

  /// Changes the log's file behind the log's back.
  private func tamper(_ body: (inout WriteTransaction, Table<UInt64, [UInt8]>) throws -> Void) throws {
    let environment = try Environment(path: directory.log, tables: ["events", "types", "meta"])
    let events = environment.table("events", UInt64.self, [UInt8].self)
    try environment.write { txn throws -> LMDB.Outcome<Void> in
      try body(&txn, events)
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
    try tamper { txn, events in
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
    try tamper { txn, events in
      let (a, b) = (try #require(try txn.get(4, in: events)), try #require(try txn.get(5, in: events)))
      try txn.put(4, b, in: events)
      try txn.put(5, a, in: events)
    }
    #expect(try findings().contains("position 4: the checksum of its header is wrong"))
  }

  @Test("records cut off at the end are found through the index")
  func cut() async throws {
    try await fill()
    try tamper { txn, events in for key in [UInt64(11), 12] { try txn.delete(key, in: events) } }
    #expect(try findings().contains { $0.hasPrefix("index: ") })
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
