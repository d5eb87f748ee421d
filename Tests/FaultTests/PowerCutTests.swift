import Foundation
import TestSupport
import Testing

@Suite("A power cut", .serialized)
struct PowerCutTests {
  private let folder = scratchFolder()
  private let questioner = Questioner()

  /// One lane makes the trace the same every time; three make commits of several requests.
  private func record(_ errand: Errand, killing kill: String? = nil) throws -> (trace: Trace, root: String) {
    let root = folder.path("recorded")
    try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
    var process = FaultyProcess(orders: ["FAULT_TRACE": folder.path("trace")], arguments: errand.command(in: root))
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

  /// Cuts the power at the operations of `trace`, in the ways `cuts` gives for each, and looks at what is left: in several rounds when
  /// time may be short, so that what is left out is left out evenly.
  private func cutAll(
    _ trace: Trace, _ root: String, _ errand: Errand, ignoringSyncs: Bool = false, until deadline: ContinuousClock.Instant,
    cuts: (_ index: Int, _ operation: Trace.Operation) -> [PowerCut]
  ) throws -> Tally {
    var tally = Tally()
    let rounds = Depth.isDeep ? 7 : 1
    for round in 0..<rounds {
      try cut(trace, root, errand, ignoringSyncs: ignoringSyncs, until: deadline, &tally) {
        $0 % rounds == round ? cuts($0, $1) : []
      }
    }
    return tally
  }

  private func cut(
    _ trace: Trace, _ root: String, _ errand: Errand, ignoringSyncs: Bool, until deadline: ContinuousClock.Instant,
    _ tally: inout Tally,
    cuts: (_ index: Int, _ operation: Trace.Operation) -> [PowerCut]
  ) throws {
    var disk = Disk(root: root, ignoresSyncs: ignoringSyncs)
    var ledger = errand.ledger
    for (index, operation) in trace.operations.enumerated() where ContinuousClock.now < deadline {
      if case .say(let line) = operation { ledger.hear(line) }
      let change = disk.change(of: operation)
      for cut in cuts(index, operation) {
        var image = disk.content
        for change in cut.leaves(disk.pending, change) { image.apply(change) }
        let path = folder.path("image")
        try image.write(to: path, isFolder: disk.isFolder)
        tally.images += 1
        let answer = try questioner.ask(errand.check(in: path))
        if let fault = ledger.fault(in: answer) { tally.faults.append("operation \(index), \(cut): \(fault)") }
        if tally.images % 8 == 0, !ignoringSyncs, let question = errand.goOn(in: path) {
          let rest = try questioner.ask(question)
          if !rest.begins(with: "holds") { tally.faults.append("going on after operation \(index), \(cut): \(rest)") }
        }
        try FileManager.default.removeItem(atPath: path)
      }
      disk.finish(operation, making: change)
    }
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
    let errand = Errand.append(workload: "\(Depth.seed):\(lanes):\(Depth.isDeep ? 60 : 12 / lanes)", sessions: 2)
    let (trace, root) = try record(errand)
    let answers = trace.answersOfCommits
    #expect(lanes == 1 || answers.contains { $0 > 1 }, "requests of several clients are committed together")
    let tally = try cutAll(trace, root, errand, until: Depth.deadline) { everyWay($0, $1, rounds: Depth.isDeep ? 4 : 1) }
    Depth.report(
      "power cuts, \(lanes) lanes: \(tally.images) images of \(trace.operations.count) operations, "
        + "\(answers.count { $0 > 1 }) of \(answers.count) commits with several requests, \(tally.faults.count) bad")
    #expect(tally.faults.prefix(5) == [], "seed \(Depth.seed)")
    #expect(tally.images > 100)
  }

  /// At every `step`th operation, and wherever something was said.
  private func cutSome(_ what: String, _ errand: Errand, by step: Int, rounds: Int) throws {
    let (trace, root) = try record(errand)
    let tally = try cutAll(trace, root, errand, until: Depth.deadline) { index, operation in
      if case .say = operation { return [.nothing] }
      return index % step == 0 ? everyWay(index, operation, rounds: rounds) : []
    }
    Depth.report("power cuts, \(what): \(tally.images) images of \(trace.operations.count) operations, \(tally.faults.count) bad")
    #expect(tally.faults.prefix(5) == [], "seed \(Depth.seed)")
    #expect(tally.images > 10)
  }

  @Test(
    "while a log is imported, backed up, written to a segment, restored or added to leaves each of them whole or not there, there if it was said to be, and it can be made again",
    arguments: Product.allCases)
  func making(_ product: Product) throws {
    try cutSome(product.rawValue, product.errand(in: folder), by: product.step, rounds: product.rounds)
  }

  @Test("while a group follows a log leaves no event unhandled, and no more than a batch of each share to be handled again")
  func following() throws {
    try cutSome(
      "a group", .following(source: makeSource(in: folder) + "/data"), by: Depth.isDeep ? 1 : 5, rounds: Depth.isDeep ? 4 : 1)
  }

  @Test("loses nothing either when one writer was killed before it, in the middle of whatever it did, and another went on")
  func afterKill() throws {
    let errand = Errand.append(workload: "\(Depth.seed):1:4", sessions: 1)
    let changes = try record(errand).trace.operations.count { if case .say = $0 { false } else { true } }
    var images = 0
    for number in stride(from: 1, through: changes, by: Depth.isDeep ? 1 : 3) {
      let (trace, root) = try record(errand, killing: "within:\(number)")
      let tally = try cutAll(trace, root, errand, until: .now + .seconds(600)) { index, operation in
        if case .say = operation { [.nothing, .some(seed: UInt64(index))] } else { [] }
      }
      images += tally.images
      #expect(tally.faults.prefix(3) == [], "killed within change \(number)")
    }
    Depth.report("power cuts after a kill: \(images) images, killed within each of \(changes) changes")
  }

  @Test("loses events when syncs are left out of the record: the control that must find losses")
  func control() throws {
    let errand = Errand.append(workload: "\(Depth.seed):1:10", sessions: 3)
    let (trace, root) = try record(errand)
    let tally = try cutAll(trace, root, errand, ignoringSyncs: true, until: .now + .seconds(600)) { index, _ in
      index % 4 == 0 ? [.some(seed: UInt64(index))] : []
    }
    Depth.report("power cuts without syncs: \(tally.faults.count) bad of \(tally.images) images")
    #expect(tally.faults.count > tally.images / 4)
  }

  @Test("breaks imports, backups and groups, too, when syncs are left out")
  func controls() throws {
    let source = try makeSource(in: folder)
    for errand in [
      Errand.making("imported", source: source), .making("backup,segment", source: source), .following(source: source + "/data"),
    ] {
      let (trace, root) = try record(errand)
      let tally = try cutAll(trace, root, errand, ignoringSyncs: true, until: .now + .seconds(600)) { index, _ in
        index % 4 == 0 ? [.some(seed: UInt64(index))] : []
      }
      Depth.report("power cuts without syncs, \(errand.name): \(tally.faults.count) bad of \(tally.images) images")
      #expect(tally.faults.count > 0)
    }
  }
}
