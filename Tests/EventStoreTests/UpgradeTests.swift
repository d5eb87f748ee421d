@testable import EventStore
import Foundation
import LMDB
import TestSupport
import Testing

@Suite("Upgrading the format of a log")
struct UpgradeTests {
  private let folder = TemporaryFolder()
  private let clock = ManualClock()
  private var directory: DataDirectory { DataDirectory(folder.path("data")) }

  /// Makes a log as builds before made them. - Returns: Its events.
  private func formerLog(_ events: Int = 400) async throws -> [StoredEvent] {
    var random = SeededGenerator(seed: Depth.seed)
    let identity = LogFile.Identity(format: 1, lineage: Lineage(id: .v7(at: clock.now), epoch: 7), created: clock.now)
    try FileSystem.makeFolder(directory.path)
    _ = try LogFile(path: directory.log, access: .readWrite, new: identity)
    let log = try LMDBEventLog(directory: directory, options: .init(clock: clock.read))
    defer { log.close() }
    try await log.fill(events, clock: clock, using: &random)
    return try log.events(EventQuery(.all))
  }

  private func reading() throws -> LMDBEventLog { try LMDBEventLog(directory: directory, options: .init(access: .readOnly)) }

  private func findings(after anchor: LogVerification.Anchor? = nil) throws -> [String] {
    var found: [String] = []
    _ = try LogVerification(directory: directory).run(from: anchor) { found.append($0.description) }
    return found
  }

  private func appendMore() async throws {
    let log = try LMDBEventLog(directory: directory, options: .init(clock: clock.read))
    defer { log.close() }
    _ = try await log.append(AppendRequest([.sample("more", at: clock.now)]))
  }

  private func importing(_ events: [StoredEvent], into copy: DataDirectory) throws {
    let importing = try LogImport(into: copy, from: reading().lineage.id)
    for event in events { try importing.add(event) }
    _ = try importing.finish()
  }

  @Test("a log of an earlier format is read, verified and written on as such; its hash does not say what its types are called")
  func former() async throws {
    let events = try await formerLog()
    #expect(try findings().isEmpty)
    #expect(try String(contentsOfFile: directory.format, encoding: .utf8).hasPrefix("1 "))
    try await appendMore()
    #expect(try reading().file.format.number == 1)
    #expect(try findings().isEmpty)

    // The control of what the newest format is for.
    let copy = DataDirectory(folder.path("copy"))
    let types = Set(events.map(\.type)).sorted()
    let names = Dictionary(uniqueKeysWithValues: zip(types, types.dropFirst() + types.prefix(1)))
    #expect(types.count > 1)
    try importing(events.map { $0.with(type: names[$0.type] ?? $0.type) }, into: copy)
    #expect(try LogUpgrade(directory).run() != nil)
    let head = try #require(events.last?.position)
    #expect(
      try LMDBEventLog(directory: copy).prefixHash(at: head) != reading().prefixHash(at: head), "what it ends at tells them apart")
  }

  @Test(
    "an upgraded log has the same events under other hashes, is whole, is written on, and is what an import makes of its export")
  func upgraded() async throws {
    let events = try await formerLog()
    let summary = try #require(try LogUpgrade(directory).run())
    let last = try #require(events.last)
    #expect(summary.former == .init(position: last.position, prefixHash: last.prefixHash) && summary.verification.findings == 0)
    #expect(try findings().isEmpty)
    #expect(try !FileManager.default.fileExists(atPath: directory.upgrade) && LogUpgrade(directory).run() == nil)

    let imported = DataDirectory(folder.path("imported"))
    try importing(events, into: imported)
    #expect(try LMDBEventLog(directory: imported).head() == reading().head())
    let now = try reading().events(EventQuery(.all))
    #expect(zip(now, events).allSatisfy { $0.with(prefixHash: 0) == $1.with(prefixHash: 0) && $0.prefixHash != $1.prefixHash })
    #expect(try reading().lineage.epoch == 7)
    try await appendMore()
    #expect(try findings().isEmpty)
  }

  @Test("what followers and auditors kept of the log before is understood after the upgrade, and what was never its own is not")
  func formerHashes() async throws {
    let events = try await formerLog(60)
    _ = try LogUpgrade(directory).run()
    for event in events {
      for (hash, fault) in [(event.prefixHash, nil), (event.prefixHash ^ 1, CheckpointFault.logDiffers)] {
        let log = try reading()
        #expect(try log.fault(of: LogCheckpoint(lineage: log.lineage, position: event.position, prefixHash: hash)) == fault)
      }
      #expect(try findings(after: .init(position: event.position, prefixHash: event.prefixHash)).isEmpty)
    }
    #expect(try findings(after: .init(position: events[9].position, prefixHash: events[8].prefixHash)).count == 1)
  }

  @Test("records of the one format are never added to a log of the other")
  func segments() async throws {
    let events = try await formerLog(60)
    try reading().backup(to: folder.path("backup"))
    try reading().writeSegment(after: events[9].position, to: folder.path("former"))
    _ = try LogUpgrade(directory).run()
    try reading().writeSegment(after: events[9].position, to: folder.path("newest"))
    let error = #expect(throws: EventStoreError.self) {
      try LMDBEventLog.add(segment: folder.path("newest"), to: DataDirectory(folder.path("backup")))
    }
    #expect(error?.description.contains("These records are of format 2 and the log is of format 1") == true)
    #expect(throws: EventStoreError.self) { try LMDBEventLog.add(segment: folder.path("former"), to: directory) }
    #expect(try LMDBEventLog.add(segment: folder.path("former"), to: DataDirectory(folder.path("backup"))) == events.last?.position)
  }

  @Test(
    "an upgrade that was interrupted when the old log was moved away is completed by the next one, and until then nothing opens")
  func interrupted() async throws {
    let events = try await formerLog(60)
    // What is there when a process is killed between the two renames.
    let other = DataDirectory(folder.path("other"))
    try FileManager.default.copyItem(atPath: directory.path, toPath: other.path)
    _ = try LogUpgrade(other).run()
    try FileSystem.makeFolder(directory.upgrade)
    try FileSystem.rename(directory.log, to: directory.upgrade + "/old")
    try FileSystem.rename(other.log, to: directory.upgrade + "/log")
    for access in [Environment.Access.readOnly, .readWrite] {
      let error = #expect(throws: EventStoreError.self) { try LMDBEventLog(directory: directory, options: .init(access: access)) }
      #expect(error?.description.contains("'portal admin upgrade'") == true)
    }
    #expect(try LogUpgrade(directory).run()?.former?.prefixHash == events.last?.prefixHash)
    #expect(try findings().isEmpty && !FileManager.default.fileExists(atPath: directory.upgrade))
  }

  @Test("a damaged log is not upgraded, and stays as it was")
  func damaged() async throws {
    let events = try await formerLog(60)
    do {
      let file = try LogFile(path: directory.log, access: .readWrite)
      try file.environment.write { (txn) throws(LMDBError) in
        var record = try txn.get(30, in: file.events) ?? []
        record[record.count - 1] ^= 1
        try txn.put(30, record, in: file.events)
        return .commit(())
      }
    }
    let error = #expect(throws: EventStoreError.self) { try LogUpgrade(directory).run() }
    #expect(error?.description.contains("position 30") == true)
    #expect(try reading().head().prefixHash == events.last?.prefixHash)
  }
}

extension StoredEvent {
  fileprivate func with(type: EventTypeName? = nil, prefixHash: UInt64? = nil) -> StoredEvent {
    var event = NewEvent(self)
    if let type { event.type = type }
    return StoredEvent(
      event, position: position, revision: revision, logTime: logTime, wallTime: wallTime, prefixHash: prefixHash ?? self.prefixHash
    )
  }
}
