import Foundation
import TestSupport
import Testing

@Suite("A power cut", .serialized)
struct PowerCutTests {
  private let folder = scratchFolder()
  private let questioner = Questioner()

  /// One lane makes the trace the same every time; three make commits of several requests.
  private func record(_ workload: String, sessions: Int, killing kill: String? = nil) throws -> (trace: Trace, root: String) {
    let root = folder.path("recorded")
    try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
    var process = FaultyProcess(
      orders: ["FAULT_TRACE": folder.path("trace")], arguments: ["write", workload, root + "/data", "\(sessions)"])
    if let kill {
      process.orders["FAULT_KILL"] = kill
      _ = try process.run(watching: root)
      process.orders["FAULT_KILL"] = nil
    }
    let ending = try process.run(watching: root)
    #expect(ending.lines.last == "done")
    defer { for name in ["recorded", "trace"] { try? FileManager.default.removeItem(atPath: folder.path(name)) } }
    return (try Trace(file: folder.path("trace")), root)
  }

  private struct Tally {
    var images = 0
    var faults: [String] = []
  }

  /// Cuts the power at the operations of `trace`, in the ways `cuts` gives for each, and looks at what is left.
  private func cutAll(
    _ trace: Trace, _ root: String, _ workload: String, ignoringSyncs: Bool = false, until deadline: ContinuousClock.Instant,
    cuts: (_ index: Int, _ operation: Trace.Operation) -> [PowerCut]
  ) throws -> Tally {
    var disk = Disk(root: root, ignoresSyncs: ignoringSyncs)
    var acknowledged = Acknowledged()
    var tally = Tally()
    for (index, operation) in trace.operations.enumerated() where ContinuousClock.now < deadline {
      if case .say(let line) = operation { acknowledged.hear(line) }
      let change = disk.change(of: operation)
      for cut in cuts(index, operation) {
        var image = disk.content
        for change in cut.leaves(disk.pending, change) { image.apply(change) }
        let path = folder.path("image")
        try image.write(to: path, isFolder: disk.isFolder)
        tally.images += 1
        let answer = try questioner.ask("check \(workload) \(path)/data")
        if let fault = acknowledged.fault(in: answer) { tally.faults.append("operation \(index), \(cut): \(fault)") }
        if tally.images % 8 == 0, !ignoringSyncs {
          let rest = try questioner.ask("finish \(workload) \(path)/data")
          if !rest.begins(with: "holds") { tally.faults.append("going on after operation \(index), \(cut): \(rest)") }
        }
        try FileManager.default.removeItem(atPath: path)
      }
      disk.finish(operation, making: change)
    }
    return tally
  }

  private func everyWay(_ index: Int, _ operation: Trace.Operation, rounds: Int) -> [PowerCut] {
    if case .say = operation { return [.nothing] }
    var cuts: [PowerCut] = [.nothing, .everythingBefore]
    for round in 0..<rounds {
      let seed = Depth.seed &+ UInt64(index) &* 10_007 &+ UInt64(round)
      cuts += [.some(seed: seed), .sectors(seed: seed)]
    }
    if case .write(_, _, let bytes, isSynced: true) = operation {
      let words = (1..<(bytes.count + 7) / 8)
      let chosen = Depth.isDeep ? Array(words) : [words.lowerBound + index % words.count]
      cuts += chosen.map { .torn(words: $0) }
    }
    return cuts
  }

  @Test("loses nothing that was acknowledged, at any operation, whatever became of what was not synced", arguments: [1, 3])
  func powerCut(lanes: Int) throws {
    let workload = "\(Depth.seed):\(lanes):\(Depth.isDeep ? 60 : 12 / lanes)"
    let (trace, root) = try record(workload, sessions: 2)
    let tally = try cutAll(trace, root, workload, until: Depth.deadline) { everyWay($0, $1, rounds: Depth.isDeep ? 4 : 1) }
    Depth.report("power cuts, \(lanes) lanes: \(tally.images) images of \(trace.operations.count) operations, \(tally.faults.count) bad")
    #expect(tally.faults.prefix(5) == [], "seed \(Depth.seed)")
    #expect(tally.images > 100)
  }

  @Test("loses nothing either when one writer was killed before it, in the middle of whatever it did, and another went on")
  func afterKill() throws {
    let workload = "\(Depth.seed):1:4"
    let changes = try record(workload, sessions: 1).trace.operations.count { if case .say = $0 { false } else { true } }
    var images = 0
    for number in stride(from: 1, through: changes, by: Depth.isDeep ? 1 : 3) {
      let (trace, root) = try record(workload, sessions: 1, killing: "within:\(number)")
      let tally = try cutAll(trace, root, workload, until: .now + .seconds(600)) { index, operation in
        if case .say = operation { [.nothing, .some(seed: UInt64(index))] } else { [] }
      }
      images += tally.images
      #expect(tally.faults.prefix(3) == [], "killed within change \(number)")
    }
    Depth.report("power cuts after a kill: \(images) images, killed within each of \(changes) changes")
  }

  @Test("loses events when syncs are left out of the record: the control that must find losses")
  func control() throws {
    let workload = "\(Depth.seed):1:10"
    let (trace, root) = try record(workload, sessions: 3)
    let tally = try cutAll(trace, root, workload, ignoringSyncs: true, until: .now + .seconds(600)) { index, _ in
      index % 4 == 0 ? [.some(seed: UInt64(index))] : []
    }
    Depth.report("power cuts without syncs: \(tally.faults.count) bad of \(tally.images) images")
    #expect(tally.faults.count > tally.images / 4)
  }
}
