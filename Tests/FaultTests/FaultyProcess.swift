import Foundation
import TestSupport
import Testing

/// A folder for files that are written thousands of times: in memory where there is such a place.
func scratchFolder() -> TemporaryFolder {
  FileManager.default.isWritableFile(atPath: "/dev/shm") ? TemporaryFolder(in: "/dev/shm/") : TemporaryFolder()
}

extension Array {
  /// In so many rounds, each of which takes every so manieth: what is left out at the end is left out evenly.
  func scattered(_ rounds: Int) -> [Element] {
    (0..<rounds).flatMap { start in stride(from: start, to: count, by: rounds).map { self[$0] } }
  }
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

/// A log, made by a writer that nobody disturbs: `data`, and beside it `early`, as it was when it was a third as long, with keys.
/// - Parameter sized: What goes behind the workload.
/// - Returns: The folder.
func makeSource(in folder: TemporaryFolder, sized size: String = "") throws -> String {
  let source = folder.path(size.isEmpty ? "small" : "large")
  func write(_ requests: Int, _ name: String, sized size: String) throws {
    let process = FaultyProcess(arguments: ["write", "\(Depth.seed):1:\(requests)\(size)", "\(source)/\(name)", "1"])
    #expect(try process.run(watching: "/nowhere").lines.last == "done")
  }
  try FileManager.default.createDirectory(atPath: source, withIntermediateDirectories: true)
  try write(5, "data", sized: size)
  try FileManager.default.copyItem(atPath: source + "/data", toPath: source + "/early")
  try write(14, "data", sized: size)
  // To the store keys are a file of LMDB like any other.
  try write(2, "other", sized: "")
  try FileManager.default.moveItem(atPath: source + "/other/log", toPath: source + "/early/keys")
  return source
}
