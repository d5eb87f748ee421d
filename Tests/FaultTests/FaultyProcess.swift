import Foundation
import TestSupport

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

/// The requests of a run that have their yes, by lane, from what the writer said.
struct Acknowledged {
  private(set) var counts: [Int: Int] = [:]

  init(_ lines: some Sequence<String> = []) { for line in lines { hear(line) } }

  mutating func hear(_ line: String) {
    let words = line.split(separator: " ")
    guard words.count == 3, words[0] == "yes" || words[0] == "again", let lane = Int(words[1]), let number = Int(words[2]) else { return }
    counts[lane] = number + 1
  }

  /// What is wrong with an answer of the server to `check`; `nil` if it holds everything that was acknowledged.
  func fault(in answer: Answer) -> String? {
    guard case .line(let line) = answer, line.hasPrefix("holds") else { return "\(answer)" }
    let held = line.split(separator: " ").dropFirst().compactMap { Int($0) }
    for (lane, count) in counts where lane >= held.count || held[lane] < count {
      return "\(line), but \(count) requests of lane \(lane) were acknowledged"
    }
    return nil
  }
}
