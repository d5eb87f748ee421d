import Foundation
import TestSupport

/// What `fault-child serve` makes of a question.
enum Answer: Equatable, CustomStringConvertible {
  case line(String)
  /// The question ended the process: by this signal.
  case died(signal: Int32)

  var description: String {
    switch self {
    case .line(let line): line
    case .died(let signal): "the process that looked was ended by signal \(signal)"
    }
  }

  func begins(with word: String) -> Bool {
    if case .line(let line) = self { line.hasPrefix(word) } else { false }
  }
}

/// Asks `fault-child serve`, and starts it again when a question has ended it.
final class Questioner {
  private var process: Process?
  private var input = Pipe()
  private var output = Pipe()
  private var unread = Data()

  init() { signal(SIGPIPE, SIG_IGN) }

  deinit { try? input.fileHandleForWriting.close() }

  /// Whether it answers without being started again.
  var isRunning: Bool { process != nil }

  func ask(_ question: String) throws -> Answer {
    let process = try running()
    try? input.fileHandleForWriting.write(contentsOf: Data((question + "\n").utf8))
    while true {
      if let end = unread.firstIndex(of: UInt8(ascii: "\n")) {
        let line = String(decoding: unread[..<end], as: UTF8.self)
        unread = Data(unread[(end + 1)...])
        return .line(line)
      }
      let more = output.fileHandleForReading.availableData
      if more.isEmpty {
        process.waitUntilExit()
        self.process = nil
        return .died(signal: process.terminationStatus)
      }
      unread.append(more)
    }
  }

  private func running() throws -> Process {
    if let process { return process }
    (input, output, unread) = (Pipe(), Pipe(), Data())
    let process = BuiltProduct("fault-child").process(["serve"], output: output)
    process.standardInput = input
    process.environment = ProcessInfo.processInfo.environment.merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }
    try process.run()
    self.process = process
    return process
  }
}
