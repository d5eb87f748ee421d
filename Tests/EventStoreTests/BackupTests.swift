import EventStore
import Foundation
import LMDB
import TestSupport
import Testing

@Suite("Backup and restore")
struct BackupTests {
  private let folder = TemporaryFolder()
  private var directory: DataDirectory { DataDirectory(folder.path("data")) }

  private func append(_ count: Int, to log: LMDBEventLog) async throws {
    for number in 0..<count {
      let type = EventTypeName("test.Type\(try log.head().position?.rawValue ?? 0 % 5)")
      _ = try await log.append(AppendRequest([.sample(StreamID("s\(number % 3)"), "\(number)", type: type, tags: ["t"], at: .now())]))
    }
  }

  private func events(_ directory: DataDirectory) throws -> [StoredEvent] {
    try LMDBEventLog(directory: directory, options: .init(access: .readOnly)).events(EventQuery(.all))
  }

  @Test("a backup made while appends go on is whole, and reads like the log did at some moment of it")
  func hot() async throws {
    let log = try LMDBEventLog(directory: directory)
    try await append(50, to: log)
    async let more: Void = append(50, to: log)
    let summary = try log.backup(to: folder.path("backup"))
    try await more
    log.close()
    let all = try log.events(EventQuery(.all))
    let copy = try events(DataDirectory(folder.path("backup")))
    #expect(copy.count >= 50 && copy == Array(all.prefix(copy.count)))
    #expect(summary.head.position == copy.last?.position && summary.findings == 0)
  }

  @Test("a backup never overwrites")
  func exists() async throws {
    let log = try LMDBEventLog(directory: directory)
    try await append(1, to: log)
    try log.backup(to: folder.path("backup"))
    #expect(throws: EventStoreError.self) { try log.backup(to: folder.path("backup")) }
    #expect(throws: EventStoreError.self) { try log.writeSegment(after: nil, to: folder.path("backup")) }
  }

  @Test("a backup with keys has those that were made while it was, in a folder of its name alone, however that was written")
  func keys() async throws {
    let log = try LMDBEventLog(directory: directory)
    try await append(1, to: log)
    func make(_ key: String) {
      #expect(throws: Never.self) {
        let keys = try Environment(path: directory.keys, tables: ["t"])
        try keys.write { txn in
          try txn.put(key, [], in: keys.table("t", String.self, [UInt8].self))
          return .commit(())
        }
      }
    }
    make("before")
    try log.backup(to: folder.path("backup") + "/", scope: .logAndKeys) { _, _ in make("meanwhile") }
    let keys = try Environment(path: folder.path("backup/keys"), tables: ["t"], options: .init(access: .readOnly))
    #expect(try keys.read { txn in try txn.count(of: keys.table("t", String.self, [UInt8].self)) } == 2)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["backup", "data"])
  }

  @Test("a restored log goes on in a new epoch, and what was folded from the abandoned branch is refused")
  func restore() async throws {
    var log: LMDBEventLog? = try LMDBEventLog(directory: directory)
    try await append(10, to: #require(log))
    try #require(log).backup(to: folder.path("backup"))
    try await append(5, to: #require(log))
    let before = try #require(log).lineage
    log?.close()
    log = nil
    let abandonedIndex = folder.path("index")
    try FileManager.default.moveItem(atPath: directory.index, toPath: abandonedIndex)
    try FileManager.default.moveItem(atPath: directory.log, toPath: folder.path("abandoned"))
    #expect(try LMDBEventLog.restore(DataDirectory(folder.path("backup")), to: directory).events == 10)
    #expect(throws: EventStoreError.self) { try LMDBEventLog.restore(DataDirectory(folder.path("backup")), to: directory) }
    do {
      let restored = try LMDBEventLog(directory: directory)
      #expect(restored.lineage.id == before.id && restored.lineage.epoch > before.epoch)
      try await append(8, to: restored)
    }
    #expect(try events(directory).count == 18)
    let other = DataDirectory(folder.path("other"))
    try FileManager.default.copyItem(atPath: directory.path, toPath: other.path)
    try FileManager.default.removeItem(atPath: other.index)
    try FileManager.default.moveItem(atPath: abandonedIndex, toPath: other.index)
    let error = #expect(throws: EventStoreError.self) { try LMDBEventLog(directory: other) }
    #expect(error?.description.contains("belongs to another log") == true)
  }

  @Test("segments added one after the other to a restored backup give the whole log again")
  func segments() async throws {
    let log = try LMDBEventLog(directory: directory)
    try await append(20, to: log)
    let first = try log.backup(to: folder.path("backup")).head.position
    try await append(30, to: log)
    let second = try log.writeSegment(after: first, to: folder.path("1"))
    try await append(7, to: log)
    let third = try log.writeSegment(after: second, to: folder.path("2"))
    #expect(try log.writeSegment(after: third, to: folder.path("3")) == nil)
    log.close()
    let copy = DataDirectory(folder.path("copy"))
    _ = try LMDBEventLog.restore(DataDirectory(folder.path("backup")), to: copy)
    let hole = #expect(throws: EventStoreError.self) { try LMDBEventLog.add(segment: folder.path("2"), to: copy) }
    #expect(hole?.description.contains("the next one must be at position 21") == true)
    // A segment again, or one that overlaps, changes nothing that is there.
    try log.writeSegment(after: position(10), to: folder.path("overlapping"))
    for (segment, head) in [("1", second), ("1", second), ("2", third), ("2", third), ("1", third), ("overlapping", third)] {
      #expect(try LMDBEventLog.add(segment: folder.path(segment), to: copy) == head)
    }
    #expect(try events(copy) == log.events(EventQuery(.all)))
    let whole = try LMDBEventLog(directory: copy)
    #expect(try LogVerification(whole).run { Issue.record("\($0)") }.events == 57)
    whole.close()
  }

  @Test("a restore with segments has all of them, or leaves no log and can be made again")
  func restoreWithSegments() async throws {
    let log = try LMDBEventLog(directory: directory)
    var last = try log.backup(to: folder.path("backup")).head.position
    for name in ["1", "2", "3"] {
      try await append(4, to: log)
      last = try log.writeSegment(after: last, to: folder.path(name))
    }
    log.close()
    let copy = DataDirectory(folder.path("copy"))
    func restore(_ names: [String]) throws -> LogVerification.Summary {
      try LMDBEventLog.restore(DataDirectory(folder.path("backup")), adding: names.map(folder.path), to: copy)
    }
    for (names, words) in [(["1", "3"], "must be at position 5"), (["2", "1"], "must be at position 1"), (["1", "none"], "cannot be read")] {
      let error = #expect(throws: EventStoreError.self) { try restore(names) }
      #expect(error?.description.contains(words) == true)
      #expect(try FileManager.default.contentsOfDirectory(atPath: copy.path) == ["writer.lock"])
    }
    #expect(try restore(["1", "2", "2", "3"]).head == log.head())
    #expect(try events(copy) == log.events(EventQuery(.all)))
  }

  @Test("a segment after a position that the log does not have is refused, and one is not added where there is no log")
  func segmentOfNothing() async throws {
    let log = try LMDBEventLog(directory: directory)
    try await append(3, to: log)
    let error = #expect(throws: EventStoreError.self) { try log.writeSegment(after: position(.max), to: folder.path("segment")) }
    #expect(error?.description.contains("The log ends at 3, before position") == true)
    try log.writeSegment(after: position(1), to: folder.path("segment"))
    #expect(throws: EventStoreError.self) { try LMDBEventLog.add(segment: folder.path("segment"), to: DataDirectory(folder.path("other"))) }
    #expect(!FileManager.default.fileExists(atPath: folder.path("other")))
  }

  @Test("a segment of what became of the log on another branch is refused where the two differ")
  func otherBranch() async throws {
    let log = try LMDBEventLog(directory: directory)
    try await append(5, to: log)
    try log.backup(to: folder.path("backup"))
    try await append(5, to: log)
    try log.writeSegment(after: position(3), to: folder.path("segment"))
    log.close()
    let copy = DataDirectory(folder.path("copy"))
    _ = try LMDBEventLog.restore(DataDirectory(folder.path("backup")), to: copy)
    do {
      let branch = try LMDBEventLog(directory: copy)
      try await append(2, to: branch)
    }
    let error = #expect(throws: EventStoreError.self) { try LMDBEventLog.add(segment: folder.path("segment"), to: copy) }
    #expect(error?.description.contains("position 6 does not belong there: there is another event here") == true)
    #expect(try events(copy).count == 7)
  }

  @Test("a backup that is damaged is not restored: there is no log afterwards")
  func damagedBackup() async throws {
    let log = try LMDBEventLog(directory: directory)
    try await append(40, to: log)
    try log.backup(to: folder.path("backup"))
    let file = folder.path("backup/log/data.mdb")
    var bytes = try Data(contentsOf: URL(fileURLWithPath: file))
    let place = try #require(bytes.range(of: Data("test/1".utf8))).lowerBound
    bytes[place] ^= 1
    try bytes.write(to: URL(fileURLWithPath: file))
    let copy = DataDirectory(folder.path("copy"))
    #expect(throws: EventStoreError.self) { try LMDBEventLog.restore(DataDirectory(folder.path("backup")), to: copy) }
    #expect(!FileManager.default.fileExists(atPath: copy.log))
  }

  @Test("a segment that is cut short or changed is refused, and what was added before the fault is whole", arguments: [10, 40, 200, 1_500])
  func damagedSegment(_ offset: Int) async throws {
    let log = try LMDBEventLog(directory: directory)
    try log.backup(to: folder.path("empty"))
    try await append(10, to: log)
    try log.writeSegment(after: nil, to: folder.path("segment"))
    log.close()
    let bytes = try Data(contentsOf: URL(fileURLWithPath: folder.path("segment")))
    #expect(bytes.count > 1_600)
    let changed = Data(bytes.enumerated().map { $0 == offset ? $1 ^ 4 : $1 })
    for (number, damaged) in [bytes.prefix(offset), changed].enumerated() {
      try damaged.write(to: URL(fileURLWithPath: folder.path("damaged\(number)")))
      let copy = DataDirectory(folder.path("copy\(number)"))
      _ = try LMDBEventLog.restore(DataDirectory(folder.path("empty")), to: copy)
      #expect(throws: EventStoreError.self) { try LMDBEventLog.add(segment: folder.path("damaged\(number)"), to: copy) }
      #expect(try events(copy).isEmpty)
      #expect(try LMDBEventLog.add(segment: folder.path("segment"), to: copy).rawValue == 10)
      #expect(try events(copy) == log.events(EventQuery(.all)))
    }
  }
}
