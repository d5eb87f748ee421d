import Foundation
import Testing
import TestSupport

@testable import replay

@Suite("Verbs of replay")
struct VerbTests {
  private static let representative = ["--representative", SeedHistory.representative]

  @Test("every verb answers, and none changes a byte of the log")
  func logUnchanged() async throws {
    let seed = try await SeedHistory()
    let data = seed.folder.path("log/data.mdb")
    let before = try Data(contentsOf: URL(fileURLWithPath: data))
    let verbs: [[String]] = [
      ["status"], ["history"] + Self.representative, ["show", "9"], ["applications"] + Self.representative,
      ["applications", "--as-of", "2023-08-02"] + Self.representative, ["inbox"] + Self.representative,
      ["inbox", "--as-of", "3"] + Self.representative, ["rebuild"], ["rebuild", "account-inbox", "--keep"],
      ["verify"], ["verify", "--views"], ["export"], ["status", "--format", "csv"],
    ]
    for verb in verbs {
      let run = try Run(verb + ["--data", seed.folder.path])
      #expect(run.status == 0, "\(verb): \(run.errors)")
      #expect(!run.output.isEmpty && run.errors.isEmpty, "\(verb)")
      #expect(try Data(contentsOf: URL(fileURLWithPath: data)) == before, "\(verb)")
    }
  }

  @Test(
    "json is json in every verb that has it",
    arguments: [
      ["status"], ["history"] + representative, ["show", "9"], ["applications", "--status", "any"] + representative,
      ["inbox"] + representative, ["rebuild"], ["verify", "--views"],
    ])
  func json(verb: [String]) async throws {
    let seed = try await SeedHistory()
    let run = try Run(verb + ["--format", "json", "--data", seed.folder.path])
    #expect(run.status == 0)
    #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(run.output.utf8)) }
  }

  @Test("without the master key names are sealed, and everything else is there")
  func sealed() async throws {
    let seed = try await SeedHistory()
    let run = try Run(["applications", "--status", "submitted", "--data", seed.folder.path] + Self.representative)
    #expect(run.output.contains("[sealed]") && run.output.contains("L100003692"))
  }

  @Test("as of August 02 2023 two packages are in progress")
  func asOf() async throws {
    let seed = try await SeedHistory()
    let run = try Run(["applications", "--as-of", "2023-08-02", "--data", seed.folder.path] + Self.representative)
    #expect(run.output.contains("1 to 2 of 2"))
    #expect(run.output.contains("In progress") && !run.output.contains("Submitted"))
  }

  @Test("before the first event every table is empty")
  func beforeTheFirst() async throws {
    let seed = try await SeedHistory()
    for verb in ["applications", "inbox"] {
      let run = try Run([verb, "--as-of", "1999-01-01", "--data", seed.folder.path] + Self.representative)
      #expect(run.status == 0 && run.output.contains("(before the first event)") && run.output.contains("0 of 0"))
    }
  }

  @Test("where no view can be written, tables say the same")
  func unwritable() async throws {
    let seed = try await SeedHistory()
    let verbs = ["applications", "inbox"].map { [$0, "--data", seed.folder.path] + Self.representative }
    let before = try verbs.map { try Run($0).output }
    try FileManager.default.removeItem(atPath: seed.folder.path("views"))
    try "no folder".write(toFile: seed.folder.path("views"), atomically: false, encoding: .utf8)
    for (verb, output) in zip(verbs, before) {
      let run = try Run(verb)
      #expect(run.status == 0 && run.output == output && run.errors.isEmpty, "\(verb): \(run.errors)")
    }
  }

  @Test("history can be cut by moments, types, application and number, and turned round")
  func history() async throws {
    let seed = try await SeedHistory()
    func positions(_ arguments: String...) throws -> [String] {
      let run = try Run(["history", "--format", "csv", "--data", seed.folder.path] + Self.representative + arguments)
      return run.output.split(separator: "\r\n").dropFirst().map { String($0.prefix { $0 != "," }) }
    }
    let all = try positions()
    #expect(all == (1...19).map(String.init))
    #expect(try positions("--backwards") == all.reversed())
    #expect(try positions("--limit", "2", "--backwards") == ["19", "18"])
    #expect(try positions("--from", "3", "--to", "5") == ["3", "4", "5"])
    #expect(try positions("--from", "3", "--to", "5", "--backwards") == ["5", "4", "3"])
    #expect(try positions("--from", "2023-08-01", "--to", "2023-08-01") == ["7", "8", "9", "10", "11", "12"])
    #expect(try positions("--type", "PackageSubmitted", "--type", "ApplicationCreated") == ["7", "9", "13", "14"])
    #expect(try positions("--to", "2020-01-01") == [])
  }

  @Test("show tells what an event changed")
  func show() async throws {
    let seed = try await SeedHistory()
    let run = try Run(["show", "13", "--data", seed.folder.path])
    #expect(run.output.contains("PackageSubmitted"))
    #expect(run.output.contains("SubmittedRow") && run.output.contains(": made"))
    #expect(run.output.contains("DraftRow") && run.output.contains(": removed"))
  }

  @Test("export is one CloudEvent a line")
  func export() async throws {
    let seed = try await SeedHistory()
    let lines = try Run(["export", "--from", "2", "--data", seed.folder.path]).output.split(separator: "\n")
    #expect(lines.count == 18)
    let event = try JSONSerialization.jsonObject(with: Data(lines[0].utf8)) as? [String: Any]
    #expect(event?["specversion"] as? String == "1.0")
    #expect(event?["type"] as? String == "dossier.v1.EnrolmentRequestApproved")
    #expect(event?["position"] as? String == "2" && event?["head"] as? String == "19")
  }

  @Test("what cannot be answered gets one clear line and exit code 1")
  func failures() async throws {
    let seed = try await SeedHistory()
    let noLog = TemporaryFolder()
    let cases: [([String], String)] = [
      (["status", "--data", seed.folder.path("nowhere")], "There is no data directory"),
      (["status", "--data", noLog.path], "There is no log here"),
      (["show", "99", "--data", seed.folder.path], "The log ends at position 19"),
      (["inbox", "--representative", "P000000000000", "--data", seed.folder.path], "No account has"),
      (["inbox", "--as-of", "99", "--data", seed.folder.path] + Self.representative, "The log ends at position 19"),
    ]
    for (arguments, words) in cases {
      let run = try Run(arguments)
      #expect(run.status == 1, "\(arguments)")
      #expect(run.output.isEmpty && run.errors.contains(words), "\(arguments): \(run.errors)")
      #expect(run.errors.split(separator: "\n").count == 1, "\(run.errors)")
    }
  }

  @Test(
    "wrong usage ends with 64",
    arguments: [
      ["show", "x"], ["show", "0"], ["inbox"], ["inbox", "--representative", "Doe"], ["inbox", "--page", "0"] + representative,
      ["inbox", "--page-size", "7"] + representative, ["applications", "--type", "spaceship"] + representative,
      ["applications", "--status", "lost"] + representative, ["history", "--limit", "0"] + representative,
      ["history", "--type", "Nothing"] + representative, ["history", "--from", "yesterday"] + representative,
      ["rebuild", "nothing"], ["rebuild", "--memory-mib", "0"], ["status", "--format", "xml"], ["status", "--lang", "de"],
      ["explain"], ["rollback"], ["drop"], ["show", "1", "--format", "csv"],
    ])
  func usage(arguments: [String]) throws {
    let run = try Run(arguments)
    #expect(run.status == 64, "\(run.errors)")
    #expect(run.output.isEmpty)
  }

  @Test("a file that is no log is refused with words")
  func noLog() throws {
    let folder = TemporaryFolder()
    try FileManager.default.createDirectory(atPath: folder.path("log"), withIntermediateDirectories: true)
    try Data("this is no database".utf8).write(to: URL(fileURLWithPath: folder.path("log/data.mdb")))
    let run = try Run(["status", "--data", folder.path])
    #expect(run.status == 1 && run.errors.contains("log/data.mdb"))
  }
}
