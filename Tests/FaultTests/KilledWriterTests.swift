import Foundation
import TestSupport
import Testing

@Suite("A writer that is killed at a chosen operation", .serialized)
struct KilledWriterTests {
  private let folder = scratchFolder()
  private let questioner = Questioner()
  private let workload = "\(Depth.seed):2:\(Depth.isDeep ? 40 : 8)"

  private func root(_ name: String) throws -> String {
    let root = folder.path(name)
    try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
    return root
  }

  /// How many changes a run makes that nobody disturbs.
  private func changes() throws -> Int {
    let root = try root("undisturbed")
    let process = FaultyProcess(orders: ["FAULT_COUNT": folder.path("counts")], arguments: ["write", workload, root + "/data", "2"])
    #expect(try process.run(watching: root).lines.last == "done")
    return try FaultCounts(file: folder.path("counts"))["change"]
  }

  /// - Returns: What is wrong with what the killed writer left.
  private func kill(_ order: String, lying: Bool = false) throws -> String? {
    let root = try root("killed")
    defer { try? FileManager.default.removeItem(atPath: root) }
    let process = FaultyProcess(
      orders: ["FAULT_KILL": order], arguments: ["write", workload, root + "/data", "2"] + (lying ? ["lie"] : []))
    let ending = try process.run(watching: root)
    let acknowledged = Acknowledged(ending.lines)
    if let fault = acknowledged.fault(in: try questioner.ask("check \(workload) \(root)/data")) { return "\(order): \(fault)" }
    let rest = try questioner.ask("finish \(workload) \(root)/data")
    return rest.begins(with: "holds") ? nil : "\(order), going on: \(rest)"
  }

  @Test("before, within or after any change it makes to a file, loses nothing it acknowledged, and the next one goes on")
  func everyChange() throws {
    let changes = try changes()
    var (kills, faults) = (0, [String]())
    let deadline = Depth.deadline
    for number in 1...changes where .now < deadline {
      let moments = ["before", "within", "after"]
      for moment in Depth.isDeep ? moments : [moments[number % 3]] {
        kills += 1
        if let fault = try kill("\(moment):\(number)") { faults.append(fault) }
      }
    }
    Depth.report("SIGKILL at a chosen operation: \(kills) kills, \(changes) changes in a run, \(faults.count) bad")
    #expect(faults.prefix(5) == [], "seed \(Depth.seed)")
  }

  @Test("is found out when it says yes too early: the control that must find losses")
  func control() throws {
    let lost = try stride(from: 20, through: try changes(), by: 10).count { try kill("before:\($0)", lying: true) != nil }
    Depth.report("SIGKILL with a lying writer: \(lost) found out")
    #expect(lost > 0)
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
