import Foundation
import TestSupport

/// The two programs, run as a person runs them.
struct Programs: Sendable {
  struct Result: Sendable {
    let exit: Int32
    let output: String
    let errors: String
  }

  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  private let folder = TemporaryFolder()
  var data: String { folder.path("data") }

  static func sample(_ name: String) -> String { root.appendingPathComponent("samples/\(name).ndjson").path }

  func portal(_ arguments: String..., input: String? = nil) throws -> Result {
    try run("portal", [arguments[0], "--data", data] + arguments.dropFirst(), input: input)
  }

  func replay(_ arguments: String...) throws -> Result {
    try run("replay", [arguments[0], "--data", data] + arguments.dropFirst(), input: nil)
  }

  func run(_ product: String, _ arguments: [String], input: String?) throws -> Result {
    let (output, errors) = (folder.path(UUID().uuidString), folder.path(UUID().uuidString))
    for path in [output, errors] { _ = FileManager.default.createFile(atPath: path, contents: nil) }
    let process = Process()
    process.executableURL = BuiltProduct(product).url
    process.arguments = arguments
    process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: output))
    process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: errors))
    if let input {
      let path = folder.path(UUID().uuidString)
      try Data(input.utf8).write(to: URL(fileURLWithPath: path))
      process.standardInput = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
    } else {
      process.standardInput = FileHandle.nullDevice
    }
    try process.run()
    process.waitUntilExit()
    return Result(
      exit: process.terminationStatus, output: try String(contentsOfFile: output, encoding: .utf8),
      errors: try String(contentsOfFile: errors, encoding: .utf8))
  }

  /// The answers to many questions about a representative, as JSON.
  /// - Parameter day: A day within the history.
  func answers(_ representative: String, day: String) throws -> [String] {
    let moments = [[], ["--as-of", day], ["--as-of", "20"]]
    let questions =
      moments.flatMap { moment in
        [
          ["applications"], ["applications", "--status", "any", "--page-size", "50"], ["applications", "--unread"],
          ["applications", "--type", "refugee-claim", "--unread"], ["applications", "--name", "incred hel"],
          ["applications", "--number", "l100003694"], ["inbox"], ["inbox", "--unread"],
        ].map { $0 + moment }
      } + [["history"], ["history", "--backwards", "--limit", "5"]]
    return try questions.map { question in
      let arguments = [question[0], "--data", data, "--representative", representative, "--format", "json"] + question.dropFirst()
      let result = try run("replay", arguments, input: nil)
      return result.exit == 0 ? result.output : "exit \(result.exit): \(result.errors)"
    }
  }
}
