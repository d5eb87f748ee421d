import Foundation
import Testing

/// The program itself, as a process.
@Suite struct ProcessTests {
  private static let line =
    #"{"command":"setSequence","commandId":"0187e000-0000-4000-8000-000000000001","actor":{"role":"operator","name":"1"},"name":"package","next":10}"#

  private func portal(_ arguments: String...) -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appendingPathComponent("portal")
    process.arguments = arguments
    process.standardOutput = Pipe()
    process.standardError = Pipe()
    process.standardInput = Pipe()
    return process
  }

  private func finish(_ process: Process) -> (code: Int32, output: String, errors: String) {
    func text(_ pipe: Any?) -> String {
      String(decoding: (pipe as? Pipe)?.fileHandleForReading.readDataToEndOfFile() ?? Data(), as: UTF8.self)
    }
    let (output, errors) = (text(process.standardOutput), text(process.standardError))
    process.waitUntilExit()
    return (process.terminationStatus, output, errors)
  }

  @Test("a line is answered while the input stays open; a signal then ends the run well", arguments: [SIGTERM, SIGINT])
  func signals(signal: Int32) throws {
    let bench = Bench()
    let process = portal("act", "--data", bench.data, "-")
    try process.run()
    let (input, output) = (process.standardInput as? Pipe, process.standardOutput as? Pipe)
    try input?.fileHandleForWriting.write(contentsOf: Data((Self.line + "\n").utf8))
    let answer = String(decoding: output?.fileHandleForReading.availableData ?? Data(), as: UTF8.self)
    #expect(answer.hasPrefix(#"{"line":1,"status":"accepted","position":2,"events":2,"#))
    kill(process.processIdentifier, signal)
    let end = finish(process)
    #expect(end.code == 0 && end.errors.isEmpty)
    #expect(try bench.count() == 2)
  }

  @Test("a refusal leaves the exit code 0, a malformed line makes it 1, a wrong command line 64")
  func exitCodes() throws {
    let bench = Bench()
    let refused = portal("act", "--data", bench.data, "-")
    try refused.run()
    let order = Self.line.replacingOccurrences(of: #""operator","name":"1""#, with: #""officer","number":77"#)
    try (refused.standardInput as? Pipe)?.fileHandleForWriting.write(contentsOf: Data(order.utf8))
    try (refused.standardInput as? Pipe)?.fileHandleForWriting.close()
    let refusal = finish(refused)
    #expect(refusal.code == 0 && refusal.output.contains(#""code":"auth.required""#))

    let malformed = portal("act", "--data", bench.data, "-")
    try malformed.run()
    try (malformed.standardInput as? Pipe)?.fileHandleForWriting.write(contentsOf: Data("nonsense\n".utf8))
    let fault = finish(malformed)
    #expect(fault.code == 1 && fault.output.isEmpty)
    #expect(fault.errors == "portal act: line 1: not JSON: a value should be here (column 1)\n")

    for arguments in [["act"], ["act", "/nowhere.ndjson"], ["act", "/"], ["act", "--clock", "sundial", "-"], ["no-such-verb"]] {
      let process = portal()
      process.arguments = arguments
      try process.run()
      #expect(finish(process).code == 64, "\(arguments)")
    }
  }
}
