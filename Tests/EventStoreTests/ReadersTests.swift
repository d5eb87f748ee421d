import Foundation
import LMDB
import Synchronization
import TestSupport
import Testing

@testable import EventStore

@Suite("Readers of the log's file")
struct ReadersTests {
  private let folder = TemporaryFolder()
  private var directory: DataDirectory { DataDirectory(folder.path("data")) }

  /// A process that has begun to read, and keeps its snapshot.
  private func hold() throws -> Process { try process("hold", saying: "reading") }

  /// A process that has every slot for readers of the index.
  private func crowd() throws -> Process { try process("crowd", saying: "\(LMDBError.readersFull)") }

  private func process(_ verb: String, saying line: String) throws -> Process {
    let output = Pipe()
    let process = BuiltProduct("log-follower").process([directory.path, verb], output: output)
    try process.run()
    #expect(String(decoding: output.fileHandleForReading.availableData, as: UTF8.self) == line + "\n")
    return process
  }

  private func end(_ process: Process) {
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  private func append(to log: LMDBEventLog) async throws { _ = try await log.append(AppendRequest([.sample("a", at: .now())])) }

  @Test("are counted in all processes; one that is killed keeps its slot until it is cleared")
  func killed() async throws {
    let log = try LMDBEventLog(directory: directory)
    try await append(to: log)
    let start = ContinuousClock.now
    #expect(try log.readers(at: start) == LogReaders(count: 0, oldestAge: nil))
    let reader = try hold()
    #expect(try log.readers(at: start) == LogReaders(count: 1, oldestAge: nil), "a snapshot of the newest commit keeps nothing back")
    try await append(to: log)
    #expect(try log.readers(at: start) == LogReaders(count: 1, oldestAge: .zero))
    #expect(try log.clearStaleReaders() == 0, "a reader that lives is left alone")
    end(reader)
    #expect(try log.readers(at: start + .seconds(7)) == LogReaders(count: 1, oldestAge: .seconds(7)))
    #expect(try log.clearStaleReaders() == 1)
    #expect(try log.readers(at: start + .seconds(8)) == LogReaders(count: 0, oldestAge: nil))
  }

  @Test("that were killed are cleared when the log is opened")
  func opening() async throws {
    do {
      let log = try LMDBEventLog(directory: directory)
      try await append(to: log)
      log.close()
    }
    let first = try hold()
    end(first)
    let log = try LMDBEventLog(directory: directory, options: .init(access: .readOnly))
    #expect(try log.readers().count == 0)
  }

  @Test("that take every slot of the index stop appends that have to look into it, one by one and only until they are cleared")
  func crowdedIndex() async throws {
    do {
      let log = try LMDBEventLog(directory: directory)
      try await append(to: log)
      log.close()
    }
    let log = try LMDBEventLog(directory: directory)
    let readers = try crowd()
    for _ in 0..<2 { await #expect(throws: EventStoreError.storage(.readersFull)) { try await append(to: log) } }
    end(readers)
    #expect(try log.clearStaleReaders() == 512)
    try await append(to: log)
    #expect(try log.head(of: StreamID("a"))?.count == 2)
  }

  @Test("that keep the index from being stored stop appends when memory for it is full, and not for good")
  func indexThatIsNotStored() async throws {
    var options = LMDBEventLog.Options()
    options.headLimits = .init(entriesToStore: 10)
    let log = try LMDBEventLog(directory: directory, options: options)
    let readers = try crowd()
    var refused: EventStoreError?
    var stored = 0
    while refused == nil, stored < 1_000 {
      do throws(EventStoreError) {
        _ = try await log.append(AppendRequest([.sample(StreamID("s\(stored)"), at: .now())]))
        stored += 1
      } catch { refused = error }
    }
    #expect(refused == .readOnly(.indexBehind) && stored == options.headLimits.entriesAtMost)
    #expect(try log.head(of: StreamID("s7"))?.count == 1, "reads go on")
    end(readers)
    #expect(try log.clearStaleReaders() == 512)
    try await append(to: log)
    for number in 0..<stored { #expect(try log.head(of: StreamID("s\(number)"))?.count == 1) }
  }

  @Test("keep the file from using pages again while they hang, and no longer once they are cleared")
  func growth() async throws {
    do {
      let log = try LMDBEventLog(directory: directory)
      try await append(to: log)
      log.close()
    }
    let environment = try Environment(path: directory.log, tables: ["meta"])
    let meta = environment.table("meta", String.self, String.self)
    /// How much the file grows by 200 commits.
    func growth() throws -> Int {
      let before = try #require(FileSystem.size(of: directory.log + "/data.mdb"))
      for number in 0..<200 {
        try environment.write { (txn) throws(LMDBError) in
          try txn.put("test", "\(number)", in: meta)
          return .commit(())
        }
      }
      return try #require(FileSystem.size(of: directory.log + "/data.mdb")) - before
    }
    _ = try growth()
    let reader = try hold()
    let held = try growth()
    end(reader)
    #expect(try growth() > held / 2, "the control: a slot that is not cleared holds pages back")
    #expect(try environment.clearStaleReaders() == 1)
    #expect(try growth() < held / 10)
  }

  @Test("a lease of a snapshot is over after 1,024 events, or sooner if they are slow")
  func lease() {
    func length(secondsPerEvent: Double) -> Int {
      let time = Mutex(ContinuousClock.now)
      var lease = SnapshotLease(now: { time.withLock { $0 } })
      for events in 1... {
        time.withLock { $0 += .seconds(secondsPerEvent) }
        if lease.spend() { return events }
      }
      return 0
    }
    #expect(length(secondsPerEvent: 0) == 1_024)
    #expect(length(secondsPerEvent: 0.001) == 1_024)
    #expect(length(secondsPerEvent: 0.01) == 256)
    #expect(length(secondsPerEvent: 60) == 1)
  }
}
