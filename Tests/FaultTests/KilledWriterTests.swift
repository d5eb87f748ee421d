import Foundation
import TestSupport
import Testing

@Suite("A writer that is killed at a chosen operation", .serialized)
struct KilledWriterTests {
  private let folder = scratchFolder()
  private let questioner = Questioner()
  private let appending = Errand.append(workload: "\(Depth.seed):2:\(Depth.isDeep ? 40 : 8)", sessions: 2)

  private func root(_ name: String) throws -> String {
    let root = folder.path(name)
    try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
    return root
  }

  /// How many changes a run makes that nobody disturbs.
  private func changes(_ errand: Errand) throws -> Int {
    let root = try root("undisturbed")
    defer { try? FileManager.default.removeItem(atPath: root) }
    let process = FaultyProcess(orders: ["FAULT_COUNT": folder.path("counts")], arguments: errand.command(in: root))
    #expect(try process.run(watching: root).lines.last == "done")
    return try FaultCounts(file: folder.path("counts"))["change"]
  }

  /// - Returns: What is wrong with what the killed process left.
  private func kill(_ errand: Errand, _ order: String, lying: Bool = false) throws -> String? {
    let root = try root("killed")
    defer { try? FileManager.default.removeItem(atPath: root) }
    let process = FaultyProcess(orders: ["FAULT_KILL": order], arguments: errand.command(in: root, isLying: lying))
    let ledger = errand.ledger.hearing(try process.run(watching: root).lines)
    if let fault = ledger.fault(in: try questioner.ask(errand.check(in: root))) { return "\(order): \(fault)" }
    guard let question = errand.goOn(in: root) else { return nil }
    let rest = try questioner.ask(question)
    return rest.begins(with: "holds") ? nil : "\(order), going on: \(rest)"
  }

  private func killEverywhere(_ errand: Errand, by step: Int = 1) throws {
    let changes = try changes(errand)
    var (kills, faults) = (0, [String]())
    let deadline = Depth.deadline
    for number in Array(stride(from: 1, through: changes, by: step)).scattered(7) where .now < deadline {
      let moments = ["before", "within", "after"]
      for moment in Depth.isDeep ? moments : [moments[number % 3]] {
        kills += 1
        if let fault = try kill(errand, "\(moment):\(number)") { faults.append(fault) }
      }
    }
    Depth.report("SIGKILL, \(errand.name): \(kills) kills, \(changes) changes in a run, \(faults.count) bad")
    #expect(faults.prefix(5) == [], "seed \(Depth.seed)")
  }

  @Test("before, within or after any change it makes to a file, loses nothing it acknowledged, and the next one goes on")
  func everyChange() throws { try killEverywhere(appending) }

  @Test(
    "when it imports, backs up, writes a segment, restores or adds one leaves each of them whole or not there, and it can be made again",
    arguments: Product.allCases)
  func making(_ product: Product) throws { try killEverywhere(product.errand(in: folder), by: product.step) }

  @Test("when it is a group leaves no event unhandled, and no more than a batch of each share to be handled again")
  func following() throws { try killEverywhere(.following(source: makeSource(in: folder) + "/data"), by: Depth.isDeep ? 1 : 5) }

  @Test("is found out when it says yes too early: the control that must find losses")
  func control() throws {
    let source = try makeSource(in: folder)
    for errand in [
      appending, .making("imported", source: source), .making("backup,segment", source: source),
      .following(source: source + "/data"),
    ] {
      let numbers = stride(from: 20, through: try changes(errand), by: 10)
      let lost = try numbers.count { try kill(errand, "before:\($0)", lying: true) != nil }
      Depth.report("SIGKILL with a liar, \(errand.name): \(lost) found out")
      #expect(lost > 0)
    }
  }
}

/// How many calls of each class a run made, from the shim's `FAULT_COUNT`.
struct FaultCounts {
  private let counts: [String: Int]

  init(file: String) throws {
    let lines = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").map { $0.split(separator: " ") }
    counts = Dictionary(lines.map { (String($0[0]), Int($0[1]) ?? 0) }) { $1 }
  }

  subscript(name: String) -> Int { counts[name] ?? 0 }
}
