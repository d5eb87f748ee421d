import EventStore
import Foundation
import TestSupport
import Testing

@Suite("A writer whose files are moved or removed under it")
struct MovedFolderTests {
  private let folder = TemporaryFolder()
  private var directory: DataDirectory { DataDirectory(folder.path("data")) }

  private func append(_ log: LMDBEventLog) async throws(EventStoreError) {
    _ = try await log.append(AppendRequest([.sample(StreamID("s"), at: .now())]))
  }

  enum Mishap: CaseIterable {
    case folderMoved, folderRemoved, logMoved, lockRemoved
  }

  @Test("says yes to nothing more, and does not call it damage", arguments: Mishap.allCases)
  func refuses(_ mishap: Mishap) async throws {
    let log = try LMDBEventLog(directory: directory)
    try await append(log)
    let files = FileManager.default
    switch mishap {
    case .folderMoved: try files.moveItem(atPath: directory.path, toPath: folder.path("elsewhere"))
    case .folderRemoved: try files.removeItem(atPath: directory.path)
    case .logMoved: try files.moveItem(atPath: directory.log, toPath: folder.path("elsewhere"))
    case .lockRemoved: try files.removeItem(atPath: directory.path + "/writer.lock")
    }
    for _ in 0..<2 {
      let error = await #expect(throws: EventStoreError.self) { try await append(log) }
      guard case .poisoned(let reason) = error else {
        Issue.record("not told: \(String(describing: error))")
        continue
      }
      #expect(reason.contains(mishap == .lockRemoved ? "writer.lock was removed" : "was moved, removed or replaced"))
      #expect(reason.contains("not damaged"))
    }
    log.close()
  }

  @Test("a second writer after the lock was removed goes on, and the first is told the truth")
  func twoWriters() async throws {
    let log = try LMDBEventLog(directory: directory)
    try await append(log)
    try FileManager.default.removeItem(atPath: directory.path + "/writer.lock")
    try Data().write(to: URL(fileURLWithPath: directory.path + "/writer.lock"))
    let error = await #expect(throws: EventStoreError.self) { try await append(log) }
    #expect(error?.description.contains("another process may be writing") == true)
    log.close()
  }
}
