import Foundation
import TestSupport

/// A line for bash, in which `$portal` and `$replay` are the two programs and `$data` is a data directory.
struct Shell: Sendable {
  struct Result: Sendable {
    /// 128 and more: ended by a signal, as a shell says it.
    let exit: Int32
    let output: String
    let errors: String

    /// Not ended by a signal, and no report of a crash.
    var isOrderly: Bool {
      (exit < 128 || exit == 141) && !errors.contains("Fatal error") && !errors.contains("Crash")
        && errors.split(separator: "\n").count < 8
    }
  }

  let programs = Programs()
  var data: String { programs.data }

  /// Fills the data directory with the sample history.
  func fill() throws {
    let result = try programs.portal("act", "--clock", "input", Programs.sample("incredible"))
    precondition(result.exit == 0, result.errors)
  }

  func callAsFunction(_ line: String, _ environment: [String: String] = [:]) throws -> Result {
    let process = process(line, environment)
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let texts = [output, errors].map { String(decoding: $0.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self) }
    process.waitUntilExit()
    let code = process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus
    return Result(exit: code, output: texts[0], errors: texts[1])
  }

  func process(_ line: String, _ environment: [String: String] = [:]) -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-c", line]
    var all = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    for name in ["portal", "replay"] { all[name] = BuiltProduct(name).url.path }
    all["data"] = data
    all["sample"] = Programs.sample("incredible")
    process.environment = all
    return process
  }
}
