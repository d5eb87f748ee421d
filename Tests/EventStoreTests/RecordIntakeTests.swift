@testable import EventStore
import Foundation
import LMDB
import TestSupport
import Testing

@Suite("Records with positions from elsewhere")
struct RecordIntakeTests {
  private let folder = TemporaryFolder()
  private let clock = ManualClock()
  private let source: InMemoryEventLog

  init() { source = InMemoryEventLog(clock: clock.read) }

  private func records() async throws -> (bytes: [[UInt8]], types: [EventTypeName]) {
    var random = SeededGenerator(seed: Depth.seed)
    try await source.fill(300, clock: clock, using: &random)
    var (bytes, types) = ([[UInt8]](), [EventTypeName]())
    try source.read(EventQuery(.all)) { event in
      bytes.append([UInt8](event.record))
      types = event.types.map(\.name)
      return .next
    }
    return (bytes, types)
  }

  private func follower() throws -> LogFile {
    let identity = LogFile.Identity(format: LogFile.newestFormat, lineage: source.lineage, created: clock.now)
    return try LogFile(path: folder.path("log"), access: .readWrite, new: identity)
  }

  @Test("whatever pieces records come in, overlapping or again after an interruption, the log becomes the same")
  func pieces() async throws {
    var random = SeededGenerator(seed: Depth.seed)
    let (records, types) = try await records()
    let file = try follower()
    var intake = try RecordIntake(file)
    var rounds = 0
    while intake.head.position?.rawValue != UInt64(records.count) {
      if rounds.isMultiple(of: 3) { intake = try RecordIntake(file) }
      let agree = intake.learn(types)
      #expect(agree)
      let next = Int(intake.head.next.rawValue)
      let start = Int.random(in: max(1, next - 30)...next, using: &random)
      for number in start...min(records.count, start + .random(in: 0...60, using: &random)) {
        try intake.take(records[number - 1], at: position(UInt64(number)))
      }
      if Bool.random(using: &random) { try intake.flush() }
      rounds += 1
    }
    try intake.flush()
    #expect(intake.head == source.head(), "seed \(Depth.seed)")
    let known = try LMDBEventLog.snapshot(of: file, knownTypes: [])
    #expect(known.head == source.head() && known.types.map(\.name) == types)
  }

  @Test("a hole, a difference, another order, damage and unknown types are refused, and the log stays as it was")
  func refusals() async throws {
    let (records, types) = try await records()
    let file = try follower()
    var intake = try RecordIntake(file)
    var cases: [([UInt8], UInt64, String)] = [(records[0], 1, "type number 1 is not in the table")]
    expectRefusals(cases, by: &intake)
    let agree = intake.learn(types)
    #expect(agree)
    for number in 1...5 { try intake.take(records[number - 1], at: position(UInt64(number))) }
    var damaged = records[5]
    damaged[damaged.count - 1] ^= 1
    cases = [
      (records[6], 7, "the next one must be at position 6"), (records[6], 6, "checksum of its header"), (damaged, 6, "checksum"),
      ([], 6, "0 bytes"), (records[5], 5, "there is another event here"),
    ]
    expectRefusals(cases, by: &intake)
    let agreeReversed = intake.learn(types.reversed())
    #expect(!agreeReversed)
    try intake.take(records[5], at: position(6))
    try intake.flush()
    #expect(try LMDBEventLog.snapshot(of: file, knownTypes: []).head.position == position(6))
  }

  @Test("a record that follows another history is refused, though it is whole")
  func otherHistory() async throws {
    let (records, types) = try await records()
    let other = InMemoryEventLog(clock: ManualClock().read)
    for text in ["a", "b"] { _ = try await other.append(AppendRequest([.sample("s", text, type: types[0])])) }
    var intake = try RecordIntake(try follower())
    let agree = intake.learn(types)
    #expect(agree)
    try intake.take(records[0], at: .first)
    var second: [UInt8] = []
    try other.read(EventQuery(.all, from: .position(position(2)))) { event in
      second = [UInt8](event.record)
      return .stop
    }
    expectRefusals([(second, 2, "it follows another event")], by: &intake)
  }

  private func expectRefusals(_ cases: [(record: [UInt8], place: UInt64, words: String)], by intake: inout RecordIntake) {
    for (record, place, words) in cases {
      do throws(EventStoreError) {
        try intake.take(record, at: position(place))
        Issue.record("taken: \(words)")
      } catch {
        #expect(error.description.contains(words), "\(error)")
      }
    }
  }
}
