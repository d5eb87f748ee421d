@testable import EventStore
import Foundation
import TestSupport
import Testing

@Suite("Heads in memory and in the file")
struct IndexTests {
  private let folder = TemporaryFolder()

  @Test("a head never goes back, for whoever asks while it moves from memory to the file", .timeLimit(.minutes(1)))
  func monotonic() async throws {
    var options = LMDBEventLog.Options()
    options.headLimits = .init(entriesToStore: 10, eventsToStore: 40)
    let writer = try LMDBEventLog(directory: DataDirectory(folder.path("data")), options: options)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        for number in 0..<1_500 {
          _ = try await writer.append(AppendRequest([.sample(StreamID("s\(number % 70)"), tags: ["all"], at: .now())]))
        }
      }
      for asker in 0..<2 {
        group.addTask {
          var random = SeededGenerator(seed: Depth.seed &+ UInt64(asker))
          var seen: [Int: UInt64] = [:]
          while (try writer.head(of: Tag("all"))?.count ?? 0) < 1_500 {
            let stream = Int.random(in: 0..<70, using: &random)
            let count = try writer.head(of: StreamID("s\(stream)"))?.count ?? 0
            #expect(count >= seen[stream, default: 0], "s\(stream), seed \(Depth.seed)")
            seen[stream] = count
            await Task.yield()
          }
        }
      }
      try await group.waitForAll()
    }
  }

  @Test("a reader whose memory is full goes over to the file, and answers as before until it has folded what the file lacks")
  func renewed() throws {
    let file = try IndexFile(path: folder.path("index"), access: .readWrite)
    let (writer, reader) = (HeadIndex(file: file, folded: .empty), HeadIndex(file: file, folded: .empty, limits: .init(entriesToStore: 2)))
    func chain(_ number: UInt64) -> ChainName { ChainName(StreamID("s\(number % 10)")) }
    func head(_ number: UInt64) -> Head { Head(position: Position(unchecked: number), count: (number + 9) / 10) }
    func advance(_ index: HeadIndex, _ numbers: ClosedRange<UInt64>) {
      for number in numbers {
        var map = HeadMap()
        map[chain(number)] = head(number)
        index.advance(map, to: LogHead(position: Position(unchecked: number), time: Timestamp(microseconds: 0), prefixHash: number))
      }
    }
    func answers(_ index: HeadIndex) throws -> [Head?] { try (11...20).map { try index.head(of: chain($0)) } }

    advance(writer, 1...15)
    advance(reader, 1...20)
    #expect(try reader.renewed() == nil, "the file has nothing yet")
    try writer.store(lineage: Lineage(id: UUID(), epoch: 0))
    let renewed = try #require(try reader.renewed())
    #expect(renewed.folded.position?.rawValue == 15)
    #expect(try answers(renewed) != (11...20).map(head) && answers(reader) == (11...20).map(head))
    advance(renewed, 16...20)
    reader.become(renewed)
    #expect(try answers(reader) == (11...20).map(head))
    #expect(try reader.renewed() == nil)
  }
}
