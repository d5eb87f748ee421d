import Foundation
import TestSupport
import Testing

@testable import EventStore

@Suite("What a verification remembers")
struct FoldedHeadsTests {
  @Test("is the same in memory and in a file, which has no name")
  func spilled() throws {
    let folder = TemporaryFolder()
    var small = FoldedHeads(.init(bytes: 0, folder: folder.path))
    var large = FoldedHeads(.init(folder: folder.path))
    for number in 1...500 {
      let chain = ChainName(.stream, "s\(number % 37)")
      let (position, count) = (Position(unchecked: UInt64(number)), UInt64(number / 37 + 1))
      try small.advance(chain, to: position, count: count)
      try large.advance(chain, to: position, count: count)
      #expect(try small.head(of: chain) == large.head(of: chain))
    }
    #expect(small.isSpilled && !large.isSpilled)
    for number in 0..<40 {
      let chain = ChainName(.stream, "s\(number)")
      #expect(try small.head(of: chain) == large.head(of: chain))
    }
    #expect(try small.count { $0.position.rawValue > 480 } == large.count { $0.position.rawValue > 480 })
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
  }

  @Test("is bounded without being less exact: the same findings with memory for sixteen chains")
  func findings() async throws {
    let folder = TemporaryFolder()
    let directory = DataDirectory(folder.path("data"))
    do {
      let log = try LMDBEventLog(directory: directory)
      for number in 1...300 {
        _ = try await log.append(AppendRequest([.sample(StreamID("s\(number % 90)"), "event \(number)", tags: [Tag("t\(number % 7)")], at: .now())]))
      }
    }
    let verification = try LogVerification(directory: directory, memory: .init(bytes: 0, folder: folder.path))
    let summary = try verification.run { Issue.record("\($0)") }
    #expect(summary.events == 300 && summary.findings == 0)
  }
}
