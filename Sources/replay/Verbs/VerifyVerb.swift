import ArgumentParser
import EventStore
import Foundation
import Projections

struct VerifyVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Whether the log is whole; with --views, whether every row is what the log makes of it.")

  @Flag(help: "Hold every row of every read model against a fresh fold.")
  var views = false

  @OptionGroup var common: CommonOptions

  func validate() throws {
    if common.format == .csv { throw ValidationError("A verification is no table: use --format text or json.") }
  }

  func run() throws {
    let session = try Session(common)
    let check = LogCheck(session.log)
    var report = Report(events: check.events, rows: nil, problems: check.problems)
    if views {
      report.rows = try session.models.verify { report.problems.append(Self.words(for: $0)) }
    }
    if common.format == .json { try Output.printJSON(report) } else { Output.write(report.text) }
    if !report.problems.isEmpty { throw ExitCode.failure }
  }

  private static func words(for difference: RowDifference) -> String {
    let row = difference.row
    let name = "\(row.model) \(row.kind) of account \(row.account.uuidString.lowercased())"
      + (row.id.map { ", \($0.uuidString.lowercased())" } ?? "")
    return "\(name): stored \(difference.stored ?? "nothing"), fresh \(difference.fresh ?? "nothing")"
  }

  private struct Report: Encodable {
    let events: UInt64
    /// Only with --views.
    var rows: Int?
    var problems: [String]

    var text: String {
      let log = "The log: \(events) events read"
      let views = rows.map { "\nThe read models: \($0) rows compared" } ?? ""
      let end = problems.isEmpty ? "Everything is as it should be." : "\(problems.count) problems."
      return ([log + views] + problems.map { "  " + $0 } + [end]).joined(separator: "\n") + "\n"
    }
  }
}
