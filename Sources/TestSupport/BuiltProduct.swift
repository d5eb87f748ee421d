import Foundation

/// An executable of this package, built together with the tests.
public struct BuiltProduct: Sendable {
  public let url: URL

  /// - Precondition: the tests run as SwiftPM runs them, from the folder that holds all products.
  public init(_ name: String) {
    url = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().appendingPathComponent(name)
    precondition(FileManager.default.isExecutableFile(atPath: url.path), "\(url.path) was not built.")
  }

  /// A process that is not started yet, its output going to `output`.
  public func process(_ arguments: [String], output: Pipe) -> Process {
    let process = Process()
    process.executableURL = url
    process.arguments = arguments
    process.standardOutput = output
    return process
  }

  /// Runs `body` beside a process, which is killed afterwards.
  public func beside(_ arguments: [String], _ body: () throws -> Void) throws {
    let process = process(arguments, output: Pipe())
    try process.run()
    defer {
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
    }
    try body()
  }
}
