import EventStore
import Foundation
import TestSupport
import Testing

@Suite("Export and import, through the programs")
struct ImportTests {
  private let programs = Programs()
  private let folder = TemporaryFolder()
  private var copy: String { folder.path("copy") }

  private func export(_ data: String, _ arguments: String...) throws -> Programs.Result {
    try programs.run("replay", ["export", "--data", data] + arguments, input: nil)
  }

  private func importing(_ text: String, into data: String? = nil) throws -> Programs.Result {
    try programs.run("portal", ["admin", "import", "--data", data ?? copy, "-"], input: text)
  }

  @Test(
    "an exported log becomes the same log again: the export is the same, the hashes are, and every answer is once the keys are there"
  )
  func sample() throws {
    #expect(try programs.portal("act", "--clock", "input", Programs.sample("incredible")).exit == 0)
    let exported = try export(programs.data)
    let file = folder.path("events.ndjson")
    try Data(exported.output.utf8).write(to: URL(fileURLWithPath: file))
    let imported = try programs.run("portal", ["admin", "import", "--data", copy, file], input: nil)
    #expect(imported.exit == 0 && imported.output.contains("55 events are in"), "\(imported.errors)")
    #expect(try export(copy).output == exported.output)
    #expect(try programs.run("replay", ["verify", "--data", copy], input: nil).exit == 0, "the log is whole without its keys")

    for name in ["keys", "secrets"] {
      try FileManager.default.copyItem(atPath: programs.data + "/" + name, toPath: copy + "/" + name)
    }
    let verification = try programs.run("replay", ["verify", "--data", copy], input: nil)
    // The first line says which log it is.
    let original = try programs.replay("verify").output
    #expect(
      verification.output.split(separator: "\n").dropFirst() == original.split(separator: "\n").dropFirst()
        && verification.exit == 0,
      "\(verification.output)\(original)")
    let question = ["applications", "--representative", "P010001243312", "--status", "any", "--data"]
    #expect(
      try programs.run("replay", question + [copy], input: nil).output
        == programs.run("replay", question + [programs.data], input: nil).output)
    #expect(try programs.run("replay", ["verify", "--views", "--data", copy], input: nil).exit == 0)
    // What was carried out before is known: the copy goes on where the original would.
    let again = try programs.run("portal", ["act", "--data", copy, "--clock", "input", Programs.sample("incredible")], input: nil)
    #expect(again.exit == 0 && again.output.contains(#""repeated":true"#), "\(again.errors)")
    #expect(try export(copy).output == exported.output)
  }

  @Test("a log of any bytes is exported, imported and exported again without a difference")
  func anyLog() async throws {
    var random = SeededGenerator(seed: Depth.seed)
    let clock = ManualClock()
    let log = try LMDBEventLog(directory: DataDirectory(programs.data), options: .init(clock: clock.read))
    try await log.fill(1_500, clock: clock, using: &random)
    let head = try log.head()
    log.close()
    let exported = try export(programs.data)
    #expect(exported.output.utf8.count { $0 == UInt8(ascii: "\n") } == Int(head.position?.rawValue ?? 0))
    let imported = try importing(exported.output)
    #expect(imported.exit == 0 && imported.errors.isEmpty, "\(imported.errors)")
    #expect(try export(copy).output == exported.output, "seed \(Depth.seed)")
    #expect(try LMDBEventLog(directory: DataDirectory(copy), options: .init(access: .readOnly)).head() == head)
  }

  @Test("a file that is not a whole export is refused with the line, and there is no log afterwards")
  func refused() throws {
    #expect(try programs.portal("act", "--clock", "input", Programs.sample("french")).exit == 0)
    let lines = try export(programs.data).output.split(separator: "\n").map(String.init)
    func changed(_ number: Int, _ change: (String) -> String) -> [String] {
      lines.enumerated().map { $0 + 1 == number ? change($1) : $1 }
    }
    let last = lines.count
    let types = try lines.prefix(2).map { line in String(try #require(line.firstMatch(of: /"type":"[^"]*/)).output) }
    #expect(types[0] != types[1])
    let cases: [([String], String)] = [
      ([], "line 1: there is no event"), (["", " "], "line 2: there is no event"),
      (changed(3) { String($0.dropLast(5)) }, "line 3: not JSON: the text ends inside a string"),
      (changed(4) { $0 + String(repeating: " ", count: 3 << 20) }, "line 4: longer than 2097152 bytes"),
      (changed(2) { _ in "[1]" }, "line 2: a line must be an object"),
      (changed(5) { $0.replacing("data_base64", with: "data_base65") }, "line 5: 'data_base64' is missing"),
      (changed(5) { $0.replacing(#""data_base64":""#, with: #""data_base64":"*"#) }, "line 5: 'data_base64' must be base64"),
      (Array(lines.dropFirst()), "line 1: The event for position 2 does not belong there: the next one must be at position 1"),
      (
        lines.filter { $0 != lines[6] },
        "line 7: The event for position 8 does not belong there: the next one must be at position 7"
      ),
      (lines.prefix(4) + [lines[3]] + lines.dropFirst(4), "line 5: The event for position 4 does not belong there"),
      (Array(lines.prefix(7)), "line 7: the lines end at position 7, but the log went up to \(last)"),
      (
        changed(6) { $0.replacing(#""revision":"0""#, with: #""revision":"3""#) },
        "line 6: The event for position 6 does not belong there: its revision is 3"
      ),
      (changed(6) { $0.replacing(#""commanddigest":""#, with: #""commanddigest":"f"#) }, "line 6:"),
      (changed(6) { $0.replacing("\"head\":\"\(last)\"", with: #""head":"1000""#) }, "line 6: 'source' or 'head'"),
      (lines.map { $0.replacing(/urn:uuid:0/, with: "urn:uuid:1") }, "line 1: The event for position 1 does not belong there"),
      (
        lines.map { $0.replacing(types[0], with: "…").replacing(types[1], with: types[0]).replacing("…", with: types[1]) },
        "line 1: The event for position 1 does not belong there"
      ),
      (lines.map { $0.replacing(types[1], with: types[1] + "s") }, "line 2: The event for position 2 does not belong there"),
      (lines + [lines[last - 1]], "line \(last + 1): The event for position \(last) does not belong there"),
    ]
    for (text, words) in cases {
      let result = try importing(text.joined(separator: "\n"))
      #expect(
        result.exit == 1 && result.output.isEmpty && result.errors.hasPrefix("portal admin: " + words), "\(words): \(result.errors)"
      )
      #expect(result.errors.split(separator: "\n").count == 1)
      #expect(
        !FileManager.default.fileExists(atPath: copy + "/log")
          && !(FileManager.default.subpaths(atPath: copy) ?? []).contains { $0.contains(".draft-") })
    }
    #expect(try importing(lines.joined(separator: "\r\n\n")).exit == 0, "the right lines are taken, however they end")
    #expect(try importing(lines.joined(separator: "\n")).errors.contains("There is something here already"))
  }

  @Test("an import that is killed leaves no log, and the next one takes its place")
  func killed() async throws {
    var random = SeededGenerator(seed: Depth.seed)
    let clock = ManualClock()
    let log = try LMDBEventLog(directory: DataDirectory(programs.data), options: .init(clock: clock.read))
    try await log.fill(400, clock: clock, using: &random)
    log.close()
    let exported = try export(programs.data).output
    let process = Process()
    let input = Pipe()
    process.executableURL = BuiltProduct("portal").url
    process.arguments = ["admin", "import", "--data", copy, "-"]
    process.standardInput = input
    try process.run()
    // More than the program reads at a time: when the pipe has taken it, some of it is imported.
    try input.fileHandleForWriting.write(contentsOf: Data(exported.utf8.prefix(exported.utf8.count - 100)))
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    #expect(!FileManager.default.fileExists(atPath: copy + "/log"))
    #expect(try importing(exported).exit == 0)
    #expect(try export(copy).output == exported)
  }

  @Test(
    "personal data stays sealed in an export unless it is asked for with the key; what was opened is for people, and no log is made of it"
  )
  func opened() throws {
    #expect(try programs.portal("act", "--clock", "input", Programs.sample("incredible")).exit == 0)
    let sealed = try export(programs.data).output
    #expect(!sealed.contains("Incredible") && !sealed.contains(Data("Incredible".utf8).base64EncodedString().prefix(12)))
    let opened = try export(programs.data, "--open")
    #expect(opened.exit == 0 && opened.output.contains("Incredible") && opened.output.contains(#""personal":"open""#))
    #expect(!opened.output.contains("sealeddata") && opened.output.split(separator: "\n").count == 55)
    let refused = try importing(opened.output)
    #expect(refused.exit == 1 && refused.errors.contains("line 1: this export was opened for reading"))

    try FileManager.default.removeItem(atPath: programs.data + "/keys/master.key")
    let withoutKey = try export(programs.data, "--open")
    #expect(withoutKey.exit == 1 && withoutKey.output.isEmpty && withoutKey.errors.contains("Nothing can be opened"))
    #expect(try export(programs.data).output == sealed)
  }
}
