import EventStore
import Foundation
import TestSupport
import Testing

@Suite("A writer that is killed", .serialized)
struct KillTests {
  private let folder = TemporaryFolder()

  /// Runs the writer, kills it after `lines` and `milliseconds`, and gives back what it acknowledged: position and id.
  private func runAndKill(
    afterLines lines: Int = 1, andMilliseconds milliseconds: UInt32, lying: Bool = false
  ) throws -> [(position: UInt64, id: UUID)] {
    let output = Pipe()
    let process = BuiltProduct("stress-writer").process([folder.path("data")] + (lying ? ["lie"] : []), output: output)
    try process.run()
    var bytes = Data()
    while bytes.count(where: { $0 == UInt8(ascii: "\n") }) < lines {
      let more = output.fileHandleForReading.availableData
      try #require(!more.isEmpty, "the writer ended by itself")
      bytes.append(more)
    }
    usleep(milliseconds * 1_000)
    kill(process.processIdentifier, SIGKILL)
    bytes.append(output.fileHandleForReading.readDataToEndOfFile())
    process.waitUntilExit()
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    return lines.compactMap { line in
      let words = line.split(separator: " ")
      guard words.count == 2, let position = UInt64(words[0]), let id = UUID(uuidString: String(words[1])) else { return nil }
      return (position, id)
    }
  }

  /// Which of the acknowledged events are not where they were acknowledged.
  private func lost(_ acknowledged: [(position: UInt64, id: UUID)]) throws -> Int {
    let log = try LMDBEventLog(directory: DataDirectory(folder.path("data")))
    defer { log.close() }
    var ids: [UUID] = []
    try log.read(EventQuery(.all)) { event in
      ids.append(event.id)
      return .next
    }
    #expect(Set(ids).count == ids.count, "nothing is there twice")
    var findings: [LogVerification.Finding] = []
    let summary = try LogVerification(log).run { findings.append($0) }
    #expect(findings == [] && summary.events == UInt64(ids.count))
    return acknowledged.count { $0.position > ids.count || ids[Int($0.position) - 1] != $0.id }
  }

  @Test("at 50 random moments loses nothing that it acknowledged, and the log goes on dense and whole")
  func killed() throws {
    var acknowledged: [(position: UInt64, id: UUID)] = []
    var random = SeededGenerator(seed: Depth.seed)
    for _ in 0..<50 {
      acknowledged += try runAndKill(andMilliseconds: .random(in: 0...30, using: &random))
      #expect(try lost(acknowledged) == 0, "seed \(Depth.seed)")
    }
    #expect(acknowledged.count > 50)
  }

  @Test("is caught when it lies: the control that must find losses")
  func control() throws {
    // More than one request, all of them said to be at the beginning.
    let acknowledged = try runAndKill(afterLines: 10, andMilliseconds: 0, lying: true)
    #expect(try lost(acknowledged) > 0)
  }
}
