import Foundation
import TestSupport
import Testing

@Suite("A process that writes and processes that read")
struct TwoProcessTests {
  @Test("while one acts, others read tables and verify: never an error, never a torn view")
  func together() async throws {
    let programs = Programs()
    let lines = try String(contentsOfFile: Programs.sample("incredible"), encoding: .utf8).split(separator: "\n").map(String.init)
    // The enrolment first, so that there is somebody to ask about; then a line at a time, each in a process of its own.
    let enrolment = lines.prefix(12).joined(separator: "\n")
    #expect(try programs.portal("act", "--clock", "input", "-", input: enrolment).exit == 0)
    async let writing: Void = {
      for line in lines.dropFirst(12) {
        let result = try programs.portal("act", "--clock", "input", "-", input: line)
        #expect(result.exit == 0, "\(result.errors)")
      }
    }()
    async let reading: Int = {
      var rounds = 0
      for _ in 0..<12 {
        let table = try programs.replay("applications", "--representative", "P010001243312", "--status", "any", "--format", "json")
        #expect(table.exit == 0, "\(table.errors)")
        let verification = try programs.replay("verify", "--views")
        #expect(verification.exit == 0, "\(verification.output)\(verification.errors)")
        rounds += 1
      }
      return rounds
    }()
    #expect(try await reading == 12)
    try await writing
    #expect(try programs.replay("verify", "--views").exit == 0)
  }

  @Test("a second writer is told who writes, and changes nothing")
  func secondWriter() throws {
    let programs = Programs()
    #expect(try programs.portal("act", "--clock", "input", Programs.sample("incredible")).exit == 0)
    let lock = Process()
    lock.executableURL = URL(fileURLWithPath: "/usr/bin/flock")
    lock.arguments = [programs.data + "/writer.lock", "sh", "-c", "echo held; exec cat"]
    let (input, output) = (Pipe(), Pipe())
    (lock.standardInput, lock.standardOutput) = (input, output)
    try lock.run()
    // It holds the lock until its input ends.
    defer { try? input.fileHandleForWriting.close() }
    #expect(String(decoding: output.fileHandleForReading.availableData, as: UTF8.self) == "held\n")
    let result = try programs.portal("act", "--clock", "input", Programs.sample("incredible"))
    #expect(result.exit == 1)
    #expect(result.output.isEmpty)
    #expect(result.errors.contains("is being written by") && result.errors.split(separator: "\n").count == 1)
  }
}
