import Foundation
import TestSupport
import Testing

/// A folder for files that are written thousands of times: in memory where there is such a place.
func scratchFolder() -> TemporaryFolder {
  FileManager.default.isWritableFile(atPath: "/dev/shm") ? TemporaryFolder(in: "/dev/shm/") : TemporaryFolder()
}

/// A run of `fault-child` under the shim of `Tests/FaultShim`.
struct FaultyProcess {
  /// What the shim is told, by the names of its environment.
  var orders: [String: String] = [:]
  let arguments: [String]

  struct Ending {
    let lines: [String]
    /// The exit status, or the signal that ended the process.
    let status: Int32
    let wasKilled: Bool
  }

  /// - Parameter folder: What the shim watches.
  func run(watching folder: String) throws -> Ending {
    let output = Pipe()
    let process = BuiltProduct("fault-child").process(arguments, output: output)
    var environment = ProcessInfo.processInfo.environment
    environment["LD_PRELOAD"] = process.executableURL?.deletingLastPathComponent().appendingPathComponent("libFaultShim.so").path
    environment["SWIFT_BACKTRACE"] = "enable=no"
    environment["FAULT_FOLDER"] = folder
    environment.merge(orders) { $1 }
    process.environment = environment
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return Ending(
      lines: text.split(separator: "\n").map(String.init), status: process.terminationStatus,
      wasKilled: process.terminationReason == .uncaughtSignal)
  }
}

/// A small log, made by a writer that nobody disturbs. - Returns: its data directory.
func makeSource(in folder: TemporaryFolder, requests: Int = 14) throws -> String {
  let source = folder.path("source")
  let process = FaultyProcess(arguments: ["write", "\(Depth.seed):1:\(requests)", source, "1"])
  #expect(try process.run(watching: "/nowhere").lines.last == "done")
  return source
}
