import Foundation
import TestSupport
import Testing

@Suite("Looking after a data directory")
struct AdminTests {
  private let folder = TemporaryFolder()

  @Test("what is restored from a backup and its segments answers as the original did")
  func backupAndRestore() throws {
    let programs = Programs()
    let lines = try String(contentsOfFile: Programs.sample("incredible"), encoding: .utf8).split(separator: "\n").map(String.init)
    #expect(try programs.portal("act", "--clock", "input", "-", input: lines.prefix(20).joined(separator: "\n")).exit == 0)
    let backup = try programs.run(
      "portal", ["admin", "backup", "--data", programs.data, folder.path("backup")], input: nil)
    #expect(backup.exit == 0 && backup.output.contains("verified"), "\(backup.errors)")
    let last = try #require(
      backup.output.split(separator: "\n").first?.split(separator: " ").last?.trimmingCharacters(in: .punctuationCharacters))
    #expect(try programs.portal("act", "--clock", "input", Programs.sample("incredible")).exit == 0)
    let segment = ["admin", "backup", "--data", programs.data, "--since", last, folder.path("segment")]
    #expect(try programs.run("portal", segment, input: nil).exit == 0)

    let copy = folder.path("copy")
    let restore = ["admin", "restore", "--data", copy, folder.path("backup"), folder.path("segment")]
    let restored = try programs.run("portal", restore, input: nil)
    #expect(restored.exit == 0, "\(restored.errors)")
    try FileManager.default.copyItem(atPath: programs.data + "/keys/master.key", toPath: copy + "/keys/master.key")
    let question = ["applications", "--representative", "P010001243312", "--status", "any", "--data"]
    #expect(
      try programs.run("replay", question + [copy], input: nil).output
        == programs.run("replay", question + [programs.data], input: nil).output)
    #expect(try programs.run("replay", ["verify", "--views", "--data", copy], input: nil).exit == 0)
  }

  @Test("a copy is never made over something, and never from nothing")
  func refusals() throws {
    let programs = Programs()
    #expect(try programs.portal("act", "--clock", "input", Programs.sample("french")).exit == 0)
    try FileManager.default.createDirectory(atPath: folder.path("there"), withIntermediateDirectories: true)
    for arguments in [
      ["admin", "backup", "--data", programs.data, folder.path("there")],
      ["admin", "backup", "--data", folder.path("none"), folder.path("new")],
      ["admin", "restore", "--data", programs.data, folder.path("there")],
    ] {
      let result = try programs.run("portal", arguments, input: nil)
      #expect(result.exit == 1 && result.errors.split(separator: "\n").count == 1, "\(result.errors)")
    }
  }
}
