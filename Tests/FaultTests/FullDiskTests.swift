import Foundation
import TestSupport
import Testing

@Suite("A full disk", .serialized)
struct FullDiskTests {
  private let folder = scratchFolder()
  private let cycles = Depth.isDeep ? 50 : 10

  private func expectWhole(_ ending: FaultyProcess.Ending, _ what: String) {
    Depth.report(
      "full disk, \(what): \(ending.lines.count { $0.hasPrefix("cycle") }) cycles, then '\(ending.lines.last ?? "nothing")'")
    #expect(ending.status == 0 && !ending.wasKilled, "\(ending.lines.suffix(3))")
    #expect(ending.lines.last?.hasPrefix("whole") == true)
    #expect(ending.lines.count { $0.hasPrefix("cycle") } == cycles)
  }

  @Test("makes the log read-only, reads go on, and appends go on when there is room again")
  func simulated() throws {
    let flag = folder.path("full")
    let process = FaultyProcess(orders: ["FAULT_FULL": flag], arguments: ["fill", folder.path("data"), flag, "\(cycles)", "file"])
    expectWhole(try process.run(watching: folder.path), "simulated")
  }

  /// `DOSSIER_SMALL_DISKS` names folders of small file systems, as `scripts/test-deep` mounts them.
  @Test(
    "does so on a real file system that is small",
    arguments: ProcessInfo.processInfo.environment["DOSSIER_SMALL_DISKS"]?.split(separator: ":").map(String.init) ?? [])
  func real(disk: String) throws {
    let process = FaultyProcess(arguments: ["fill", disk + "/data", disk + "/ballast", "\(cycles)", "space"])
    expectWhole(try process.run(watching: "/nowhere"), disk)
  }
}
