import EventStore
import Foundation
import LMDB
import Synchronization
import TestSupport
import Testing

@Suite("Opening a log")
struct OpeningTests {
  private let folder = TemporaryFolder()
  private var directory: DataDirectory { DataDirectory(folder.path("data")) }

  private func fill(_ count: Int, directory: DataDirectory? = nil) async throws {
    let log = try LMDBEventLog(directory: directory ?? self.directory)
    defer { log.close() }
    let start = try log.head().position?.rawValue ?? 0
    for number in 0..<count {
      _ = try await log.append(
        AppendRequest([.sample(StreamID("s\(number % 7)"), "\(start + UInt64(number))", tags: [Tag("t\(number % 3)")], at: .now())])
      )
    }
  }

  private func answers(_ access: LMDB.Environment.Access) throws -> [[StoredEvent]] {
    let log = try LMDBEventLog(directory: directory, options: .init(access: access))
    let queries = (0..<7).map { EventQuery(.stream(StreamID("s\($0)"))) } + (0..<3).map { EventQuery(.tag(Tag("t\($0)"))) }
    return try queries.map { try log.events($0) } + [log.events(EventQuery(.all))]
  }

  @Test("everything is there after opening again, and the log goes on where it was")
  func reopen() async throws {
    try await fill(20)
    let before = try answers(.readWrite)
    #expect(try answers(.readOnly) == before)
    try await fill(5)
    let log = try LMDBEventLog(directory: directory, options: .init(access: .readOnly))
    #expect(try log.head().position?.rawValue == 25)
    #expect(try log.events(EventQuery(.all)).prefix(20) == before.last?.prefix(20))
  }

  @Test("without its index a log answers the same, to readers and to the writer, and the writer makes it again")
  func indexDeleted() async throws {
    try await fill(50)
    let before = try answers(.readOnly)
    try FileManager.default.removeItem(atPath: directory.index)
    #expect(try answers(.readOnly) == before)
    #expect(try answers(.readWrite) == before)
    #expect(FileManager.default.fileExists(atPath: directory.index))
    #expect(try answers(.readOnly) == before)
  }

  @Test("an index of another log is refused with what to do")
  func foreignIndex() async throws {
    try await fill(3)
    let other = DataDirectory(folder.path("other"))
    try await fill(3, directory: other)
    try FileManager.default.removeItem(atPath: directory.index)
    try FileManager.default.copyItem(atPath: other.index, toPath: directory.index)
    for access in [LMDB.Environment.Access.readWrite, .readOnly] {
      let error = #expect(throws: EventStoreError.self) { try LMDBEventLog(directory: directory, options: .init(access: access)) }
      #expect(error?.description.contains("belongs to another log. Delete the folder") == true)
    }
  }

  @Test("a log that is shorter than its index has seen is refused: events are missing")
  func rolledBack() async throws {
    try await fill(3)
    let copy = folder.path("old.mdb")
    try FileManager.default.copyItem(atPath: directory.log + "/data.mdb", toPath: copy)
    try await fill(4)
    try FileManager.default.removeItem(atPath: directory.log + "/data.mdb")
    try FileManager.default.copyItem(atPath: copy, toPath: directory.log + "/data.mdb")
    let error = #expect(throws: EventStoreError.self) { try LMDBEventLog(directory: directory) }
    #expect(error?.description.contains("The log ends at 3 but its index has seen 7") == true)
  }

  @Test("an older copy that went another way is noticed although its length fits")
  func otherHistory() async throws {
    try await fill(3)
    let copy = folder.path("old.mdb")
    try FileManager.default.copyItem(atPath: directory.log + "/data.mdb", toPath: copy)
    try await fill(4)
    let index = folder.path("index")
    try FileManager.default.copyItem(atPath: directory.index, toPath: index)
    for name in [directory.log + "/data.mdb", directory.index] { try FileManager.default.removeItem(atPath: name) }
    try FileManager.default.copyItem(atPath: copy, toPath: directory.log + "/data.mdb")
    try await fill(6)
    try FileManager.default.removeItem(atPath: directory.index)
    try FileManager.default.copyItem(atPath: index, toPath: directory.index)
    let error = #expect(throws: EventStoreError.self) { try LMDBEventLog(directory: directory) }
    #expect(error?.description.contains("another history") == true)
  }

  @Test("data of a newer format is refused, and so is a format line that is none")
  func formats() async throws {
    try await fill(1)
    for (line, words) in [("3 whatever", "Use the build that wrote it"), ("hello", "not the format line")] {
      try Data(line.utf8).write(to: URL(fileURLWithPath: directory.path + "/format"))
      let error = #expect(throws: EventStoreError.self) { try LMDBEventLog(directory: directory) }
      #expect(error?.description.contains(words) == true)
    }
  }

  @Test("there is no log to read where there is none, and none is made")
  func nothingThere() {
    #expect(throws: EventStoreError.self) { try LMDBEventLog(directory: directory, options: .init(access: .readOnly)) }
    #expect(!FileManager.default.fileExists(atPath: directory.path))
  }

  @Test("a log that is missing where there was one is refused, and none is made in its place", arguments: [true, false])
  func missingLog(hasIndex: Bool) async throws {
    try await fill(3)
    let format = try String(contentsOfFile: directory.path + "/format", encoding: .utf8)
    try FileManager.default.removeItem(atPath: directory.log + "/data.mdb")
    if !hasIndex { try FileManager.default.removeItem(atPath: directory.index) }
    for path in [directory.log + "/lock.mdb", directory.log] {
      for access in [LMDB.Environment.Access.readWrite, .readOnly] {
        let error = #expect(throws: EventStoreError.self) { try LMDBEventLog(directory: directory, options: .init(access: access)) }
        #expect(error?.description.contains("restore a backup; nothing was changed") == true)
      }
      try FileManager.default.removeItem(atPath: path)
    }
    #expect(try String(contentsOfFile: directory.path + "/format", encoding: .utf8) == format)
  }

  @Test("a reader can open a log at any moment, whatever the process that writes is doing")
  func openingWhileWritersComeAndGo() async throws {
    try await fill(1)
    try BuiltProduct("stress-writer").beside([directory.path, "briefly"]) {
      var head: UInt64 = 0
      while head < 300 {
        head = try LMDBEventLog(directory: directory, options: .init(access: .readOnly)).head().position?.rawValue ?? 0
      }
    }
  }

  @Test("a data directory is made, but not the folders above it")
  func nowhere() {
    #expect(
      throws: EventStoreError.unusable(
        path: folder.path("no/data"), reason: "The folder in which it is to be does not exist. Make it first.")
    ) {
      try LMDBEventLog(directory: DataDirectory(folder.path("no/data")))
    }
  }

  @Test("an LMDB file that is no log is refused")
  func notALog() throws {
    try FileManager.default.createDirectory(atPath: directory.path, withIntermediateDirectories: true)
    _ = try Environment(path: directory.log, tables: ["events", "types", "meta"], options: .init(mapSizeBytes: 1 << 20))
    #expect(throws: EventStoreError.unusable(path: directory.log, reason: "The file is an LMDB file but not a log.")) {
      try LMDBEventLog(directory: directory, options: .init(access: .readOnly))
    }
  }

  @Test("a second writer is told who holds the log; readers are not in the way")
  func secondWriter() async throws {
    let writer = try LMDBEventLog(directory: directory)
    let error = #expect(throws: EventStoreError.self) { try LMDBEventLog(directory: directory) }
    #expect(error?.description.contains("process \(ProcessInfo.processInfo.processIdentifier)") == true)
    writer.close()
  }

  @Test("a closed log takes no appends and still reads")
  func closed() async throws {
    let log = try LMDBEventLog(directory: directory)
    _ = try await log.append(AppendRequest([.sample("a", "1", at: .now())]))
    log.close()
    log.close()
    await #expect(throws: EventStoreError.closed) { try await log.append(AppendRequest([.sample("a", at: .now())])) }
    #expect(try log.events(EventQuery(.all)).map(\.text) == ["1"])
  }

  @Test("another process can write when the last append is done, and not before, however many close the log")
  func closedTwice() async throws {
    let lock = directory.path + "/writer.lock"
    let isHolding = Atomic(false)
    let (holding, goOn, closed) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    let log = try LMDBEventLog(
      directory: directory,
      options: .init(clock: {
        if isHolding.exchange(false, ordering: .relaxed) {
          holding.signal()
          goOn.wait()
        }
        return .now()
      }))
    isHolding.store(true, ordering: .relaxed)
    async let receipt = log.append(AppendRequest([.sample("a", at: .now())]))
    await withCheckedContinuation { continuation in
      Thread.detachNewThread {
        holding.wait()
        for _ in 0..<2 {
          Thread.detachNewThread {
            log.close()
            closed.signal()
          }
        }
        #expect(closed.wait(timeout: .now() + .milliseconds(50)) == .timedOut)
        continuation.resume()
      }
    }
    #expect(try FileLock.holder(of: lock) != nil)
    goOn.signal()
    _ = try await receipt
    log.close()
    #expect(try FileLock.holder(of: lock) == nil)
  }

  @Test("a log opened for reading takes no appends")
  func readOnly() async throws {
    try await fill(1)
    let log = try LMDBEventLog(directory: directory, options: .init(access: .readOnly))
    await #expect(throws: EventStoreError.readOnly(.openedForReading)) { try await log.append(AppendRequest([.sample("a")])) }
  }

  @Test("a full map refuses the append, keeps what is there, and takes what still fits")
  func mapFull() async throws {
    let log = try LMDBEventLog(directory: directory, options: .init(mapSizeBytes: 1 << 18))
    _ = try await log.append(AppendRequest([.sample("a", "first", at: .now())]))
    var large = NewEvent.sample("a", at: .now())
    large.payload = [UInt8](repeating: 1, count: 400_000)
    await #expect(throws: EventStoreError.readOnly(.mapFull)) { try await log.append(AppendRequest([large])) }
    _ = try await log.append(AppendRequest([.sample("a", "second", at: .now())]))
    #expect(try log.events(EventQuery(.stream("a"))).map(\.text) == ["first", "second"])
  }

  @Test("address space that is not to be had is refused with words")
  func noAddressSpace() {
    let error = #expect(throws: EventStoreError.self) {
      try LMDBEventLog(directory: directory, options: .init(mapSizeBytes: 1 << 60))
    }
    #expect(error?.description.contains("smaller map size") == true)
  }

  @Test("a log that was closed and let go of can be opened again at once, even if it was just keeping house")
  func openingAgain() async throws {
    var options = LMDBEventLog.Options()
    options.housekeepingInterval = .zero
    for _ in 0..<200 {
      let log = try LMDBEventLog(directory: directory, options: options)
      _ = try await log.append(AppendRequest([.sample("s", at: .now())]))
      log.close()
    }
  }
}
