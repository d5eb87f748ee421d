import Domain
import EventStore
import Foundation
import Keys
import Projections
import StrictJSON
import TestSupport

@testable import portal

/// A data directory, and runs of `portal act` on it in this process.
final class Bench {
  let folder = TemporaryFolder()
  var data: String { folder.path("data") }

  /// What a run printed, and why it ended early if it did.
  struct Result {
    var lines: [String] = []
    var fault: String?

    /// The values of a member over all lines, strings without their quotes.
    func values(of name: String) throws -> [String?] {
      try lines.map { line in
        guard case .object(let members) = try JSONParser.parse(Array(line.utf8)) else { return nil }
        guard let value = members.first(where: { $0.name == name })?.value else { return nil }
        if case .string(let string) = value { return string }
        return value.text
      }
    }
  }

  func act(_ text: String, clock: ClockChoice = .input) async throws -> Result {
    try await act(Data(text.utf8), clock: clock)
  }

  func act(_ bytes: Data, clock: ClockChoice = .input) async throws -> Result {
    let file = folder.path("commands.ndjson")
    try bytes.write(to: URL(fileURLWithPath: file))
    return try await act(file: file, clock: clock)
  }

  func act(file: String, clock: ClockChoice = .input) async throws -> Result {
    let workplace = try Workplace(data, clock: clock, environment: [:])
    defer { workplace.close() }
    var result = Result()
    do {
      try await ActRun(workplace, clock: clock, input: CommandInput(file)).run { result.lines.append($0) }
    } catch {
      result.fault = "\(error)"
    }
    return result
  }

  /// Opens the data for reading.
  func read<Value>(_ body: (any EventLog, ReadModels) throws -> Value) throws -> Value {
    let directory = DataDirectory(data)
    let log = try LMDBEventLog(directory: directory, options: .init(access: .readOnly))
    let keys = try KeyReader(path: directory.keys, log: log)
    return try body(log, ReadModels(dataDirectory: directory, log: log, keys: keys))
  }

  func count() throws -> UInt64 {
    guard FileManager.default.fileExists(atPath: data) else { return 0 }
    return try read { log, _ in try log.head().position?.rawValue ?? 0 }
  }

  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static func sample(_ name: String) -> String { root.appendingPathComponent("samples/\(name).ndjson").path }
}
