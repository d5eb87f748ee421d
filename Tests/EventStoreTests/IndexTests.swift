@testable import EventStore
import Foundation
import TestSupport
import Testing

@Suite("Heads in memory and in the file")
struct IndexTests {
  private let folder = TemporaryFolder()

  @Test("heads are those of the events, for whoever asks while they move from memory to the file")
  func moving() async throws {
    var options = LMDBEventLog.Options()
    options.headLimits = .init(entriesToStore: 10, eventsToStore: 40)
    let log = try LMDBEventLog(directory: DataDirectory(folder.path("data")), options: options)
    var random = SeededGenerator(seed: Depth.seed)
    var counts: [StreamID: UInt64] = [:]
    for _ in 0..<60 {
      let events = (0..<20).map { _ in NewEvent.sample(StreamID("s\(Int.random(in: 0..<70, using: &random))"), at: .now()) }
      _ = try await log.append(AppendRequest(events))
      for event in events { counts[event.stream, default: 0] += 1 }
      for (stream, count) in counts {
        #expect(try log.head(of: stream)?.count == count, "\(stream), seed \(Depth.seed)")
      }
    }
  }

  @Test("a read that began before an event of a new type came finds its way past it", arguments: [EventQuery.Direction.forwards, .backwards])
  func newType(_ direction: EventQuery.Direction) async throws {
    let log = try LMDBEventLog(directory: DataDirectory(folder.path("data")))
    _ = try await log.append(AppendRequest([.sample("s", "old", tags: ["t"], at: .now())]))
    let reader = log.reader(bound: .first)
    _ = try await log.append(AppendRequest([.sample("s", "new", type: "test.New", tags: ["t"], at: .now())]))
    for source in [EventQuery.Source.stream("s"), .tag("t"), .all] {
      var texts: [String] = []
      _ = try reader.read(EventQuery(source, direction: direction)) { event in
        texts.append(StoredEvent(event).text)
        return .next
      }
      #expect(texts == ["old"])
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
    reader.replaceContents(with: renewed)
    #expect(try answers(reader) == (11...20).map(head))
    #expect(try reader.renewed() == nil)
  }
}
