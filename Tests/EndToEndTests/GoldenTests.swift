import Foundation
import TestSupport
import Testing

@Suite("Data directories of every format there was")
struct GoldenTests {
  private static let golden = Programs.root.appendingPathComponent("Tests/EndToEndTests/Golden")
  private static let formats = ((try? FileManager.default.contentsOfDirectory(atPath: golden.path)) ?? []).filter {
    $0.hasPrefix("format-")
  }

  private let programs = Programs()
  private let fresh = Programs()

  @Test("are there, this build's own among them")
  func present() throws {
    _ = try fresh.portal("act", "--clock", "input", Programs.sample("french"))
    let own = try String(contentsOfFile: fresh.data + "/format", encoding: .utf8).split(separator: " ")[0]
    #expect(GoldenTests.formats.contains("format-\(own)"))
  }

  @Test(
    "are whole, are exported as they were then, are imported from that and upgraded, answer as the same history does now, and are written on",
    arguments: formats)
  func opens(format: String) throws {
    let folder = GoldenTests.golden.appendingPathComponent(format)
    try FileManager.default.copyItem(atPath: folder.appendingPathComponent("data").path, toPath: programs.data)
    #expect(try programs.replay("verify", "--views").exit == 0)
    let export = try String(contentsOf: folder.appendingPathComponent("export.ndjson"), encoding: .utf8)
    #expect(try programs.replay("export").output == export)
    let copy = programs.data + "-imported"
    #expect(try programs.run("portal", ["admin", "import", "--data", copy, "-"], input: export).exit == 0)
    let upgraded = programs.data + "-upgraded"
    try FileManager.default.copyItem(atPath: folder.appendingPathComponent("data").path, toPath: upgraded)
    #expect(
      try programs.run("portal", ["admin", "upgrade", "--data", upgraded, "--backup", upgraded + "-backup"], input: nil).exit == 0)
    #expect(try programs.run("replay", ["verify", "--views", "--data", upgraded], input: nil).exit == 0)
    let now = try programs.run("replay", ["export", "--data", upgraded], input: nil).output
    #expect(try programs.run("replay", ["export", "--data", copy], input: nil).output == now)
    #expect((now == export) == (try String(contentsOfFile: programs.data + "/format", encoding: .utf8).hasPrefix("2 ")))

    _ = try fresh.portal("act", "--clock", "input", Programs.sample("incredible"))
    for question in ["applications", "inbox"] {
      let arguments = ["--representative", "P010001243312", "--data"]
      let now = try fresh.run("replay", [question] + arguments + [fresh.data], input: nil)
      #expect(try programs.run("replay", [question] + arguments + [programs.data], input: nil).output == now.output)
      #expect(now.exit == 0 && !now.output.contains("[sealed]"))
    }
    #expect(try programs.portal("act", "--clock", "input", Programs.sample("french")).exit == 0)
    #expect(try programs.replay("verify", "--views").exit == 0)
  }
}
