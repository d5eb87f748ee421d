import Foundation
import TestSupport
import Testing

@Suite("Keys and verifiers belong to their log")
struct CustodyTests {
  private let folder = TemporaryFolder()
  private let programs = Programs()
  private let other = Programs()

  private func begin() throws {
    #expect(try programs.portal("act", "--clock", "input", Programs.sample("incredible")).exit == 0)
  }

  private func admin(_ arguments: String...) throws -> Programs.Result {
    try programs.run("portal", ["admin"] + arguments, input: nil)
  }

  private func remove(_ path: String) throws { try FileManager.default.removeItem(atPath: path) }
  private func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

  private func exchange(_ part: String) throws {
    #expect(try other.portal("act", "--clock", "input", Programs.sample("incredible")).exit == 0)
    try remove(programs.data + "/" + part)
    try FileManager.default.copyItem(atPath: other.data + "/" + part, toPath: programs.data + "/" + part)
  }

  @Test("a backup has the keys and verifiers of its log, or there is none; without them it is made if that is said")
  func complete() throws {
    try begin()
    for part in ["keys", "secrets"] {
      let away = folder.path("away-" + part)
      try FileManager.default.moveItem(atPath: programs.data + "/" + part, toPath: away)
      let backup = try admin("backup", "--data", programs.data, folder.path("none"))
      #expect(backup.exit == 1 && backup.errors.contains("of this log are not here"), "\(backup.errors)")
      #expect(!exists(folder.path("none")))
      #expect(try admin("backup", "--without-keys", "--data", programs.data, folder.path("log-" + part)).exit == 0)
      try FileManager.default.moveItem(atPath: away, toPath: programs.data + "/" + part)
    }
    let whole = try admin("backup", "--data", programs.data, folder.path("whole"))
    #expect(whole.exit == 0 && whole.output.contains(" of ") && whole.output.contains("subjects can be opened"), "\(whole.errors)")
    #expect(!exists(folder.path("whole/keys/master.key")))
  }

  @Test(
    "the keys or verifiers of another log are refused by who writes, and reported by status, verify and backup",
    arguments: ["keys", "secrets"])
  func foreign(part: String) throws {
    try begin()
    try exchange(part)
    let act = try programs.portal("act", "--clock", "input", Programs.sample("french"))
    #expect(act.exit == 1 && act.output.isEmpty && act.errors.contains("those of another log"), "\(act.errors)")
    for verb in ["status", "verify"] {
      let report = try programs.replay(verb)
      #expect(report.exit == 1 && report.output.contains("those of another log"), "\(verb): \(report.output)")
    }
    let backup = try admin("backup", "--data", programs.data, folder.path("none"))
    #expect(backup.exit == 1 && backup.errors.contains("those of another log") && !exists(folder.path("none")))
  }

  @Test(
    "a backup whose keys or verifiers are damaged, exchanged or gone is not restored; its log alone is",
    arguments: ["keys", "secrets"])
  func damaged(part: String) throws {
    try begin()
    let backup = folder.path("backup")
    #expect(try admin("backup", "--data", programs.data, backup).exit == 0)
    let file = backup + "/\(part)/data.mdb"
    let bytes = try Data(contentsOf: URL(fileURLWithPath: file))
    var random = SeededGenerator(seed: Depth.seed)
    var damages = try [Data(contentsOf: URL(fileURLWithPath: backup + "/log/data.mdb")), Data()]
    for _ in 0..<4 {
      var changed = bytes
      changed[Int.random(in: 0..<bytes.count, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      damages.append(changed)
    }
    for (number, damage) in damages.enumerated() {
      try damage.write(to: URL(fileURLWithPath: file))
      let restored = try admin("restore", "--data", folder.path("copy\(number)"), backup)
      #expect(restored.exit == 1 && restored.errors.split(separator: "\n").count == 1, "\(restored.errors)")
      #expect(!exists(folder.path("copy\(number)/log")))
    }
    try remove(file)
    #expect(try admin("restore", "--data", folder.path("copy"), backup).exit == 1)
    try remove(backup + "/backup")
    try damages[0].write(to: URL(fileURLWithPath: file))
    #expect(
      try admin("restore", "--data", folder.path("copy"), backup).exit == 1, "a backup from before there was a list of its files")
    #expect(try admin("restore", "--without-keys", "--data", folder.path("copy"), backup).exit == 0)
  }

  @Test("lost verifiers are replaced only by an operator's word, which says what follows")
  func lostVerifiers() throws {
    try begin()
    #expect(try admin("secrets", "new", "--data", programs.data).errors.contains("There are password verifiers"))
    try remove(programs.data + "/secrets")
    let refused = try programs.portal("act", "--clock", "input", Programs.sample("french"))
    #expect(refused.exit == 1 && refused.errors.contains("portal admin secrets new"), "\(refused.errors)")
    #expect(!exists(programs.data + "/secrets"))
    let made = try admin("secrets", "new", "--data", programs.data)
    #expect(made.exit == 0 && made.output.contains("The passwords of 1 accounts are gone"), "\(made.output)\(made.errors)")
    #expect(try programs.portal("act", "--clock", "input", Programs.sample("french")).exit == 0)
  }

  @Test("status says how many subjects can be opened, of how many")
  func count() throws {
    try begin()
    let status = try programs.replay("status")
    #expect(status.exit == 0 && status.output.contains("Keys: 4 of 4 subjects can be opened"), "\(status.output)")
  }

  @Test("what somebody else called like a draft stays, and no name is no name")
  func drafts() throws {
    try begin()
    let theirs = folder.path("mine.new")
    try FileManager.default.createDirectory(atPath: theirs, withIntermediateDirectories: true)
    try Data("x".utf8).write(to: URL(fileURLWithPath: theirs + "/file"))
    let like = folder.path("mine.draft-0123456789abcdef")
    try FileManager.default.createDirectory(atPath: like, withIntermediateDirectories: true)
    try Data("x".utf8).write(to: URL(fileURLWithPath: like + "/file"))
    #expect(try admin("backup", "--data", programs.data, folder.path("mine")).exit == 0)
    #expect(exists(theirs + "/file") && exists(like + "/file"))
    #expect(try admin("backup", "--data", programs.data, "").exit == 64)
  }

  @Test("every file is for its owner alone, whatever the mask", arguments: ["000", "022", "077"])
  func modes(mask: String) throws {
    func portal(_ arguments: String...) throws {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/bin/sh")
      process.arguments = ["-c", "umask \(mask); exec \"$0\" \"$@\" >/dev/null", BuiltProduct("portal").url.path] + arguments
      try process.run()
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
    }
    try portal("act", "--data", programs.data, "--clock", "input", Programs.sample("incredible"))
    try portal("admin", "backup", "--data", programs.data, folder.path("backup"))
    try portal("admin", "backup", "--data", programs.data, "--since", "3", folder.path("segment"))
    try portal("admin", "restore", "--data", folder.path("copy"), folder.path("backup"))
    for root in [programs.data, folder.path("backup"), folder.path("copy")] {
      for path in try FileManager.default.subpathsOfDirectory(atPath: root) {
        let attributes = try FileManager.default.attributesOfItem(atPath: root + "/" + path)
        let expected = attributes[.type] as? FileAttributeType == .typeDirectory ? 0o700 : 0o600
        #expect(attributes[.posixPermissions] as? Int == expected, "\(root)/\(path)")
      }
    }
  }

  @Test("a pipe in the place of a file is refused, not waited for", arguments: ["log/data.mdb", "keys/data.mdb", "segment"])
  func pipe(place: String) throws {
    try begin()
    let backup = folder.path("backup")
    #expect(try admin("backup", "--data", programs.data, backup).exit == 0)
    let path = place == "segment" ? folder.path("segment") : backup + "/" + place
    try? remove(path)
    #expect(unsafe mkfifo(path, 0o600) == 0)
    let restored = try admin("restore", "--data", folder.path("copy"), backup, place == "segment" ? path : programs.data + "/none")
    #expect(restored.exit == 1 && !exists(folder.path("copy/log")))
  }

  @Test("the recipe of the operating manual brings a system back with its names")
  func recipe() throws {
    try begin()
    let question = ["applications", "--representative", "P010001243312", "--status", "any", "--data"]
    let names = try programs.run("replay", question + [programs.data], input: nil).output
    let master = folder.path("master.key")
    try FileManager.default.copyItem(atPath: programs.data + "/keys/master.key", toPath: master)
    #expect(try admin("backup", "--data", programs.data, folder.path("monday")).exit == 0)
    try remove(programs.data)
    let restored = folder.path("restored")
    try FileManager.default.createDirectory(atPath: restored + "/keys", withIntermediateDirectories: true)
    try FileManager.default.copyItem(atPath: master, toPath: restored + "/keys/master.key")
    let answer = try admin("restore", "--data", restored, folder.path("monday"))
    #expect(answer.exit == 0 && answer.output.contains("Keys: 4 of 4 subjects can be opened"), "\(answer.output)\(answer.errors)")
    #expect(try programs.run("replay", question + [restored], input: nil).output == names)
    let act = try programs.run("portal", ["act", "--data", restored, "--clock", "input", Programs.sample("french")], input: nil)
    #expect(act.exit == 0, "\(act.errors)")
  }
}
