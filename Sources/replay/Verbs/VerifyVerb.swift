import ArgumentParser
import EventStore
import Foundation
import Projections

struct VerifyVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Whether the log is whole; with --views, whether every row is what the log makes of it.",
    discussion: """
      Every record is read and checked, and every fault is reported, not only the first. The reading is done by a process of its \
      own, because a damaged file can end the process that maps it.
      """)

  @Flag(help: "Hold every row of every read model against a fresh fold.")
  var views = false

  @Option(
    help: ArgumentHelp(
      "Read only what follows a position that is trusted, given as an earlier verification printed it.", valueName: "position:hash")
  )
  var after: LogVerification.Anchor?

  @Flag(help: .hidden)
  var here = false

  @OptionGroup var common: CommonOptions

  func validate() throws {
    if common.format == .csv { throw ValidationError("A verification is no table: use --format text or json.") }
  }

  func run() throws {
    guard here else { return try runInAnotherProcess() }
    var report = try verifyLog()
    if views, report.problems.isEmpty {
      report.rows = try Session(common).models.verify { report.problems.append(Self.words(for: $0)) }
    }
    if common.format == .json { try Output.printJSON(report) } else { Output.write(report.text) }
    if !report.problems.isEmpty { throw ExitCode.failure }
  }

  private func verifyLog() throws -> Report {
    var report = Report()
    var bar = ProgressBar()
    let summary = try LogVerification(directory: try common.directory()).run(from: after) { position, last in
      bar.show(position, of: last)
    } report: {
      report.problems.append($0.description)
    }
    bar.clear()
    report.events = summary.events
    if report.problems.isEmpty { report.trusted = summary.anchor?.description }
    return report
  }

  private func runInAnotherProcess() throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    process.arguments = CommandLine.arguments.dropFirst() + ["--here"]
    try process.run()
    process.waitUntilExit()
    guard process.terminationReason == .exit else {
      Output.complain(
        "replay: reading the log ended the reading process (signal \(process.terminationStatus)): the file is damaged. Restore it from a backup.\n"
      )
      throw ExitCode.failure
    }
    if process.terminationStatus != 0 { throw ExitCode(process.terminationStatus) }
  }

  private static func words(for difference: RowDifference) -> String {
    let row = difference.row
    let name =
      "\(row.model) \(row.kind) of account \(row.account.uuidString.lowercased())"
      + (row.id.map { ", \($0.uuidString.lowercased())" } ?? "")
    return "\(name): stored \(difference.stored ?? "nothing"), fresh \(difference.fresh ?? "nothing")"
  }

  private struct Report: Encodable {
    var events: UInt64 = 0
    /// Only with --views, and only if the log is whole.
    var rows: Int?
    /// Only if the log is whole.
    var trusted: String?
    var problems: [String] = []

    var text: String {
      var lines = ["The log: \(events) events read"]
      if let rows { lines.append("The read models: \(rows) rows compared") }
      lines += problems.map { "  " + $0 }
      lines.append(problems.isEmpty ? "Everything is as it should be." : "\(problems.count) problems.")
      if let trusted { lines.append("To verify only what follows, next time: --after \(trusted)") }
      return lines.joined(separator: "\n") + "\n"
    }
  }
}

extension LogVerification.Anchor: ExpressibleByArgument {}
