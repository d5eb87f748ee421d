import Foundation
import InMemoryLogging
import LMDB
import Logging
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
    #expect(
      try log.readers(at: start) == LogReaders(count: 1, oldestAge: nil), "a snapshot of the newest commit keeps nothing back")
    try await append(to: log)
    #expect(try log.readers(at: start) == LogReaders(count: 1, oldestAge: .zero))
    #expect(try log.clearStaleReaders() == 0, "a reader that lives is left alone")
    end(reader)
    #expect(try log.readers(at: start + .seconds(7)) == LogReaders(count: 1, oldestAge: .seconds(7)))
    #expect(try log.clearStaleReaders() == 1)
    #expect(try log.readers(at: start + .seconds(8)) == LogReaders(count: 0, oldestAge: nil))
  }

  @Test(
    "that hold an old snapshot are named, with what they hold back and whether they are stopped, and in the log output when it lasts"
  )
  func named() async throws {
    let lines = InMemoryLogHandler()
    var options = LMDBEventLog.Options()
    options.logger = Logger(label: "test") { _ in lines }
    let log = try LMDBEventLog(directory: directory, options: options)
    try await append(to: log)
    let reader = try hold()
    #expect(try log.snapshotHolders().isEmpty, "a snapshot of the newest commit keeps nothing back")
    for _ in 0..<20 { try await append(to: log) }
    let start = ContinuousClock.now
    kill(reader.processIdentifier, SIGSTOP)
    var holder = try #require(try log.snapshotHolders(at: start).first)
    while holder.state != .stopped { holder = try #require(try log.snapshotHolders(at: start).first) }
    #expect(holder.process == reader.processIdentifier && holder.program == "log-follower" && holder.commitsBehind == 20)
    #expect(holder.heldBytes >= 20 * 4_096 && holder.processAge != nil)
    let house = try #require(log.housekeeping)
    house.keepHouse(at: start + .seconds(10))
    #expect(!lines.entries.contains { $0.level == .warning })
    house.keepHouse(at: start + .seconds(60))
    #expect(
      lines.entries.contains {
        $0.level == .warning && "\($0.message)".hasPrefix("Process \(reader.processIdentifier) (log-follower, stopped")
      })
    end(reader)
    #expect(try log.snapshotHolders().first?.state == .gone)
    house.keepHouse(at: start + .seconds(70))
    #expect(try log.snapshotHolders().isEmpty)
  }

  @Test("that take batches hold no snapshot while they work on one, and see every event once")
  func batches() async throws {
    let log = try LMDBEventLog(directory: directory)
    for _ in 0..<30 { try await append(to: log) }
    var (positions, sizes) = ([UInt64](), [Int]())
    try log.forEachBatch(EventQuery(.all, upTo: position(28)), byteLimit: 1_000) { events in
      positions += events.map(\.position.rawValue)
      sizes.append(events.count)
      let readers = try log.readers().count
      #expect(readers == 0)
    }
    #expect(positions == Array(1...28) && sizes.count > 3)
    var limited: [Int] = []
    try log.forEachBatch(EventQuery(.all, from: .position(position(3)), limit: 7), byteLimit: 1_000) { limited.append($0.count) }
    #expect(limited.reduce(0, +) == 7)
    var within: [Int] = []
    try log.forEach(EventQuery(.all, limit: 1)) { _ in within.append(try log.readers().count) }
    #expect(within == [1], "the control")
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
