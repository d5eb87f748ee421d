@testable import EventStore
import Foundation
import TestSupport
import Testing

@Suite("The ids of the newest events")
struct RecentIDsTests {
  @Test("none that is stored is taken for a new one, however old its id; of the new ones few are looked for")
  func noneIsMissed() {
    var random = SeededGenerator(seed: Depth.seed)
    var time = Timestamp(microseconds: 1_700_000_000_000_000)
    /// Made some time before it is stored, as ids are; many events have the same log time.
    func id() -> UUID {
      let age = Int64.random(in: 0..<4, using: &random) == 0 ? Int64.random(in: 0...60_000_000, using: &random) : 0
      return .v7(at: Timestamp(microseconds: time.microseconds - age), using: &random)
    }
    var recent = RecentIDs(after: time, knowing: 20)
    var stored: [UUID] = []
    var (fresh, lookedFor) = (0, 0)
    for _ in 0..<2_000 {
      if Bool.random(using: &random) { time = Timestamp(microseconds: time.microseconds + .random(in: 0...3_000, using: &random)) }
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let id = id()
        recent.insert(id)
        stored.append(id)
      }
      recent.trim(at: time)
      #expect(stored.suffix(200).allSatisfy(recent.mayContain), "seed \(Depth.seed)")
      fresh += 1
      if recent.mayContain(.v7(at: time, using: &random)) { lookedFor += 1 }
    }
    #expect(stored.allSatisfy(recent.mayContain))
    #expect(lookedFor < fresh / 4, "\(lookedFor) of \(fresh)")
  }
}
