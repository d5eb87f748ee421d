import EventStore
import Foundation
import TestSupport
import Testing

@Suite("Random histories")
struct ModelTests {
  @Test("every log answers as the model does: appends, refusals, repeats, reads, followers, closing and opening", arguments: LogKind.allCases)
  func histories(_ kind: LogKind) async throws {
    let deadline = Depth.deadline
    var (histories, events) = (0, 0)
    while Depth.isDeep ? .now < deadline : histories < 6 {
      let seed = Depth.seed &+ UInt64(histories)
      let folder = TemporaryFolder()
      do {
        var history = try RandomHistory(kind, seed: seed, folder: folder)
        try await history.run(steps: Depth.isDeep ? 400 : 120)
        events += history.length
      } catch {
        Issue.record("DOSSIER_SEED=\(seed): \(error)")
        return
      }
      histories += 1
    }
    Depth.report("random histories, \(kind): \(histories) with \(events) events")
  }

  @Test("a model that is wrong is found out: the control that must find a difference")
  func control() async throws {
    let log = try LogUnderTest(.lmdb)
    var model = LogModel()
    let request = AppendRequest([.sample("a", "1"), .sample("b", "2")])
    _ = try model.append(request, at: log.clock.now)
    _ = try await log.log.append(AppendRequest(Array(request.events.reversed())))
    #expect(try log.log.events(EventQuery(.all)).map(LogModel.Entry.init) != model.entries)
  }
}
