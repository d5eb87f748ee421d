import Foundation
import TestSupport
import Testing

@Suite("An operating system call that fails", .serialized)
struct FailingCallTests {
  private let folder = scratchFolder()
  private let questioner = Questioner()
  private let appending = Errand.append(workload: "\(Depth.seed):2:\(Depth.isDeep ? 30 : 8)", sessions: 2)

  private static let errors: [(name: String, number: Int32)] = [
    ("EIO", EIO), ("ENOSPC", ENOSPC), ("EDQUOT", EDQUOT), ("EINTR", EINTR),
  ]

  private func root(_ name: String) throws -> String {
    let root = folder.path(name)
    try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
    return root
  }

  private func counts(_ errand: Errand) throws -> FaultCounts {
    let root = try root("undisturbed")
    let process = FaultyProcess(orders: ["FAULT_COUNT": folder.path("counts")], arguments: errand.command(in: root))
    #expect(try process.run(watching: root).lines.last == "done")
    return try FaultCounts(file: folder.path("counts"))
  }

  /// - Returns: What is wrong with how the process took it, or with what it left.
  private func fail(_ errand: Errand, _ order: String) throws -> String? {
    let root = try root("failing")
    defer { try? FileManager.default.removeItem(atPath: root) }
    let ending = try FaultyProcess(orders: ["FAULT_FAIL": order], arguments: errand.command(in: root)).run(watching: root)
    if let fault = fault(in: ending) { return "\(order): \(fault)" }
    let answer = try questioner.ask(errand.check(in: root))
    if let fault = errand.ledger.hearing(ending.lines).fault(in: answer) { return "\(order): \(fault)" }
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

  private func failEach(_ classes: [String], with results: [String], of errand: Errand? = nil, by step: Int = 1) throws {
    let errand = errand ?? appending
    let counts = try counts(errand)
    var (calls, faults) = (0, [String]())
    let deadline = Depth.deadline
    for name in classes where counts[name] > 0 {
      for number in Array(stride(from: 1, through: counts[name], by: step)).scattered(7) where .now < deadline {
        for result in Depth.isDeep ? results : [results[number % results.count]] {
          calls += 1
          if let fault = try fail(errand, "\(name):\(number):\(result)") { faults.append(fault) }
        }
      }
    }
    Depth.report(
      "\(errand.name), failing \(classes.joined(separator: ", ")): \(calls) runs with one failing call each, \(faults.count) bad")
    #expect(faults.prefix(8) == [], "seed \(Depth.seed)")
  }

  @Test(
    "loses nothing, gives no yes it should not, and what is in doubt is settled by asking again",
    arguments: [["write", "truncate", "rename"], ["meta"], ["sync"]])
  func errors(_ classes: [String]) throws {
    try failEach(classes, with: FailingCallTests.errors.map { String($0.number) })
  }

  @Test("by writing less than it was given is no different")
  func shortWrites() throws { try failEach(["write", "meta"], with: ["short"]) }

  @Test(
    "in an import, a backup, a segment, a restore or an addition leaves each whole or not there and the disk no fuller, and a second try goes through",
    arguments: Product.allCases)
  func making(_ product: Product) throws {
    try failEach(
      Depth.isDeep ? ["change", "open", "mmap"] : ["change"], with: [String(EIO), String(ENOSPC)], of: product.errand(in: folder),
      by: product.step)
  }

  @Test("in a group, at any change, leaves no event unhandled, and a second try goes on")
  func following() throws {
    try failEach(
      ["change"], with: [String(EIO), String(ENOSPC)], of: .following(source: makeSource(in: folder) + "/data"),
      by: Depth.isDeep ? 1 : 5)
  }

  @Test("while opening is refused with words, and the next opening is as good as the first")
  func opening() throws { try failEach(["open", "mmap"], with: [String(EIO), String(ENOMEM), String(EMFILE), String(EACCES)]) }

  @Test("is found out when it lies, saying that it wrote: the control that must find losses")
  func control() throws {
    let source = try makeSource(in: folder)
    // An import, like the log of a backup, is read before it is said to be there.
    for errand in [appending, .making("backup,segment", source: source), .following(source: source + "/data")] {
      let writes = try counts(errand)["write"]
      let numbers = Array(stride(from: 2, through: writes, by: max(1, writes / 6)))
      let found = try numbers.count { try fail(errand, "write:\($0):lie") != nil }
      Depth.report("\(errand.name), writes that lie: \(found) found out of \(numbers.count)")
      #expect(found > 0)
    }
  }
}
