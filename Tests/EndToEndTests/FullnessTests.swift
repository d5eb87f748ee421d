import Foundation
import TestSupport
import Testing

/// Programs, folders and kinds of fullness: whatever is full, and however full, a program ends with an answer or with a line, and never
/// by a signal. Needs root for its small file systems.
@Suite("A full file system", .serialized)
struct FullnessTests {
  private let shell = Shell()
  private static let kinds: [SmallDisk.Kind] = Depth.isDeep ? SmallDisk.Kind.allCases : [.tmpfs]
  /// What is left, in KiB: around what every first write takes.
  private static let rests = Depth.isDeep ? Array(stride(from: 0, through: 200, by: 4)) : [0, 40, 104, 136]
  private let question = "applications --representative P010001243312"

  private func disk(_ kind: SmallDisk.Kind) throws -> SmallDisk? {
    let disk = try SmallDisk(kind, shell)
    if disk == nil { Depth.report("fullness, \(kind): not tried, nothing can be mounted here without root") }
    return disk
  }

  private func expectOrderly(_ result: Shell.Result, _ what: String) {
    #expect(result.isOrderly && [0, 1, 74].contains(result.exit), "\(what): \(result.exit) \(result.errors.prefix(600))")
    #expect(!result.errors.contains("damaged") && !result.output.contains("damaged"), "\(what): \(result.errors) \(result.output)")
  }

  @Test("for everything: a first run stores what it says, and goes on when there is room", arguments: kinds)
  func first(kind: SmallDisk.Kind) throws {
    guard let disk = try disk(kind) else { return }
    var ends: [Int32: Int] = [:]
    for rest in Self.rests {
      _ = try shell("rm -rf \(disk.path)/*")
      try disk.fill(leaving: rest)
      let run = try shell("$portal act --data \(disk.path)/d --clock input $sample")
      expectOrderly(run, "act, \(rest) KiB")
      ends[run.exit, default: 0] += 1
      let accepted = run.output.split(separator: "\n").count { $0.contains("\"accepted\"") }
      for verb in ["status", "verify --views", question, "rebuild"] {
        expectOrderly(try shell("$replay \(verb) --data \(disk.path)/d"), "\(verb), \(rest) KiB")
      }
      try disk.free()
      let again = try shell("$portal act --data \(disk.path)/d --clock input $sample")
      #expect(
        again.exit == 0 && again.output.split(separator: "\n").count { $0.contains("\"repeated\":true") } >= accepted,
        "\(rest) KiB: \(again.errors)")
      #expect(try shell("$replay verify --views --data \(disk.path)/d").exit == 0, "\(rest) KiB")
    }
    Depth.report(
      "fullness, first runs on \(kind): \(ends.sorted { $0.key < $1.key }.map { "exit \($0.key): \($0.value)" }.joined(separator: ", "))"
    )
  }

  @Test("for read models alone: questions are answered all the same, and commands carried out", arguments: kinds)
  func views(kind: SmallDisk.Kind) throws {
    guard let disk = try disk(kind) else { return }
    try shell.fill()
    let answer = try shell("$replay \(question) --data $data").output
    _ = try shell("rm -rf $data/views; mkdir \(disk.path)/views; ln -s \(disk.path)/views $data/views")
    for rest in Self.rests {
      _ = try shell("rm -rf \(disk.path)/views/*")
      try disk.fill(leaving: rest)
      let asked = try shell("$replay \(question) --data $data")
      #expect(asked.exit == 0 && asked.output == answer, "\(rest) KiB: \(asked.exit) \(asked.errors)")
      for verb in ["rebuild", "verify --views", "status"] {
        expectOrderly(try shell("$replay \(verb) --data $data"), "\(verb), \(rest) KiB")
      }
      let run = try shell("$portal act --data $data --clock input $sample")
      #expect(
        run.exit == 0 && (run.errors.isEmpty || run.errors.contains("were carried out")),
        "act, \(rest) KiB: \(run.exit) \(run.errors)")
      try disk.free()
    }
  }

  @Test("for the log alone: the disk is full, and the writer goes on when it is not", arguments: kinds)
  func log(kind: SmallDisk.Kind) throws {
    guard let disk = try disk(kind) else { return }
    #expect(
      try shell(
        "head -3 $sample > $data.3; $portal act --data $data --clock input $data.3; mv $data/log \(disk.path)/log; ln -s \(disk.path)/log $data/log"
      ).exit == 0)
    for rest in Self.rests.prefix(8) {
      try disk.fill(leaving: rest)
      let run = try shell("$portal act --data $data --clock input $sample")
      expectOrderly(run, "act, \(rest) KiB")
      #expect(run.exit == 0 || run.errors.contains("disk is full"), "\(rest) KiB: \(run.errors)")
      try disk.free()
    }
    #expect(try shell("$portal act --data $data --clock input $sample").exit == 0)
    #expect(try shell("$replay verify --views --data $data").exit == 0)
  }

  @Test("for temporary files, and for a copy whose lock file has holes", arguments: kinds)
  func scratch(kind: SmallDisk.Kind) throws {
    guard let disk = try disk(kind) else { return }
    try shell.fill()
    for rest in Self.rests {
      _ = try shell("rm -rf \(disk.path)/*; cp -a --sparse=always $data \(disk.path)/copy; rm -rf \(disk.path)/copy/views")
      try disk.fill(leaving: rest)
      expectOrderly(
        try shell("$replay verify --views --memory-mib 1 --data $data", ["TMPDIR": disk.path]), "verify, \(rest) KiB in TMPDIR")
      for verb in ["status", question, "verify", "rebuild"] {
        expectOrderly(try shell("$replay \(verb) --data \(disk.path)/copy"), "\(verb) of a copy, \(rest) KiB")
      }
      expectOrderly(try shell("$portal admin backup \(disk.path)/backup --data $data"), "backup, \(rest) KiB")
      #expect(try shell("ls -d \(disk.path)/dossier-verify-* 2>/dev/null").output.isEmpty)
    }
  }
}
