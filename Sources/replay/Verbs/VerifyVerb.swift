import ArgumentParser
import EventStore
import Foundation
import LMDB
import Projections
import Terminal

struct VerifyVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Whether the log is whole; with --views, whether every row is what the log makes of it.",
    discussion: """
      Every record is read and checked, and every fault is reported, not only the first. The reading is done by a process of its \
      own, because a damaged file can end the process that maps it. Checksums find accidents: somebody who can write the file can \
      write them too. A position and hash that were kept elsewhere (--after) show whether the log is still the one of then.
      """)

  @Flag(help: "Hold every row of every read model against a fresh fold.")
  var views = false

  @Option(
    help: ArgumentHelp(
      "Read only what follows a position that is trusted, given as an earlier verification printed it.", valueName: "position:hash")
  )
  var after: LogVerification.Anchor?

  @Option(
    name: .customLong("memory-mib"),
    help: ArgumentHelp("How much may be remembered in memory, in MiB; the rest goes to a file in TMPDIR.", valueName: "n"))
  var memoryMiB = LogVerification.Memory.defaultBytes >> 20

  /// Given by the process that waits for this one.
  @Option(help: .hidden)
  var here: ChildProcess.Link?

  @OptionGroup var common: CommonOptions

  func validate() throws {
    if common.format == .csv { throw ValidationError("A verification is no table: use --format text or json.") }
    guard (1...1 << 20).contains(memoryMiB) else { throw ValidationError("--memory-mib must be 1 to 1048576.") }
  }

  func run() throws {
    guard let here else { return try VerifyingProcess(data: common.data).run() }
    here.hold()
    var report = try verifyLog()
    // With --after only what follows is read.
    if after == nil, report.problems.isEmpty {
      let custody = try Session(common, keys: .reporting).custody()
      report.keys = custody.lines
      report.problems += custody.faults
    }
    if views, report.problems.isEmpty {
      report.rows = try Session(common, keys: .reporting).models.verify(memoryBytes: memoryMiB << 20) {
        report.problems.append(Self.words(for: $0))
      }
    }
    if common.format == .json { try Output.printJSON(report) } else { try Output.write(report.text) }
    if !report.problems.isEmpty { throw ExitCode.failure }
  }

  private func verifyLog() throws -> VerifyReport {
    let verification = try LogVerification(directory: try common.directory(), memory: .init(bytes: memoryMiB << 20))
    if let after {
      let last = try verification.lastPosition()
      guard let last, after.position <= last else {
        throw ValidationError(
          "--after names position \(after.position), but the log ends at \(last.map(\.description) ?? "nothing"). Is it the log that was verified then?"
        )
      }
    }
    var report = VerifyReport(verification.lineage, after: after)
    var bar = ProgressBar()
    let summary = try verification.run(from: after) { position, last in
      bar.show(position, of: last)
    } reading: {
      MapFaultReport.note($0.rawValue)
    } report: {
      report.problems.append($0.description)
    }
    MapFaultReport.note(0)
    bar.clear()
    report.finish(summary)
    return report
  }

  private static func words(for difference: RowDifference) -> String {
    let row = difference.row
    let name =
      "\(row.model) \(row.kind) of account \(row.account.uuidString.lowercased())"
      + (row.id.map { ", \($0.uuidString.lowercased())" } ?? "")
    return "\(name): stored \(difference.stored ?? "nothing"), fresh \(difference.fresh ?? "nothing")"
  }
}

extension LogVerification.Anchor: ExpressibleByArgument {}

extension ChildProcess.Link: ExpressibleByArgument {}
