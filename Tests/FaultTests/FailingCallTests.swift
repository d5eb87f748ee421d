import Foundation
import TestSupport
import Testing

@Suite("An operating system call that fails", .serialized)
struct FailingCallTests {
  private let folder = scratchFolder()
  private let questioner = Questioner()
  private let workload = "\(Depth.seed):2:\(Depth.isDeep ? 30 : 8)"

  private static let errors: [(name: String, number: Int32)] = [("EIO", EIO), ("ENOSPC", ENOSPC), ("EDQUOT", EDQUOT), ("EINTR", EINTR)]

  private func root(_ name: String) throws -> String {
    let root = folder.path(name)
    try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
    return root
  }

  private func counts() throws -> FaultCounts {
    let root = try root("undisturbed")
    let process = FaultyProcess(orders: ["FAULT_COUNT": folder.path("counts")], arguments: ["write", workload, root + "/data", "2"])
    #expect(try process.run(watching: root).lines.last == "done")
    return try FaultCounts(file: folder.path("counts"))
  }

  /// - Returns: What is wrong with how the writer took it, or with what it left.
  private func fail(_ order: String) throws -> String? {
    let root = try root("failing")
    defer { try? FileManager.default.removeItem(atPath: root) }
    let ending = try FaultyProcess(orders: ["FAULT_FAIL": order], arguments: ["write", workload, root + "/data", "2"])
      .run(watching: root)
    if let fault = fault(in: ending) { return "\(order): \(fault)" }
    let answer = try questioner.ask("check \(workload) \(root)/data")
    if let fault = Acknowledged(ending.lines).fault(in: answer) { return "\(order): \(fault)" }
    return nil
  }

  /// A no is a no until the log was opened again, except of a full disk; every request ends with a yes.
  private func fault(in ending: FaultyProcess.Ending) -> String? {
    guard ending.status == 0, !ending.wasKilled, ending.lines.last == "done" else {
      return "ended with \(ending.status) after: \(ending.lines.suffix(4))"
    }
    for line in ending.lines {
      let words = line.split(separator: " ")
      if words[0] == "no", !["inDoubt", "poisoned", "diskFull"].contains(words[3]) { return line }
      if words[0] == "then", words[1] != "poisoned" { return line }
    }
    return nil
  }

  private func failEach(_ classes: [String], with results: [String]) throws {
    let counts = try counts()
    var (calls, faults) = (0, [String]())
    let deadline = Depth.deadline
    for name in classes where counts[name] > 0 {
      for number in 1...counts[name] where .now < deadline {
        for result in Depth.isDeep ? results : [results[number % results.count]] {
          calls += 1
          if let fault = try fail("\(name):\(number):\(result)") { faults.append(fault) }
        }
      }
    }
    Depth.report("failing \(classes.joined(separator: ", ")): \(calls) runs with one failing call each, \(faults.count) bad")
    #expect(faults.prefix(8) == [], "seed \(Depth.seed)")
  }

  @Test("loses nothing, gives no yes it should not, and what is in doubt is settled by asking again", arguments: [["write", "truncate", "rename"], ["meta"], ["sync"]])
  func errors(_ classes: [String]) throws {
    try failEach(classes, with: FailingCallTests.errors.map { String($0.number) })
  }

  @Test("by writing less than it was given is no different")
  func shortWrites() throws { try failEach(["write", "meta"], with: ["short"]) }

  @Test("while opening is refused with words, and the next opening is as good as the first")
  func opening() throws { try failEach(["open", "mmap"], with: [String(EIO), String(ENOMEM), String(EMFILE), String(EACCES)]) }

  @Test("is found out when it lies, saying that it wrote: the control that must find losses")
  func control() throws {
    let writes = try counts()["write"]
    let found = try stride(from: 2, through: writes, by: 5).count { try fail("write:\($0):lie") != nil }
    Depth.report("writes that lie: \(found) found out of \(writes / 5)")
    #expect(found > 0)
  }
}
