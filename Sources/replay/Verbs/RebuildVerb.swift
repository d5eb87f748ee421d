import ArgumentParser
import EventStore
import Foundation
import Projections
import Terminal

struct RebuildVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rebuild",
    abstract: "Makes read models anew from the log, beside the live ones, and puts them in their place.",
    discussion: "Read models: \(ReadModels.names.map(\.name).joined(separator: ", ")). Killed, it leaves the live ones as they are."
  )

  @Argument(help: ArgumentHelp("Which read models; all of them if none is named.", valueName: "name"))
  var names: [String] = []

  @Flag(help: "Keep the versions that are replaced.")
  var keep = false

  @Option(name: .customLong("memory-mib"), help: ArgumentHelp("How much may wait in memory, in MiB.", valueName: "n"))
  var memoryMiB = Rebuild.defaultMemoryBytes >> 20

  @OptionGroup var common: CommonOptions

  func validate() throws {
    for name in names where !ReadModels.names.contains(where: { $0.name == name }) {
      throw ValidationError("There is no read model '\(name)'.")
    }
    guard (1...1 << 20).contains(memoryMiB) else { throw ValidationError("--memory-mib must be 1 to 1048576.") }
    if common.format == .csv { throw ValidationError("A rebuild is no table: use --format text or json.") }
  }

  func run() throws {
    let session = try Session(common)
    let wanted = ReadModels.names.filter { names.isEmpty || names.contains($0.name) }
    var bar = ProgressBar()
    let position = try session.models.rebuild(
      wanted, memoryBytes: memoryMiB << 20, retention: keep ? .all : .newest
    ) { bar.show($0.position, of: $0.target) }
    bar.clear()
    switch common.format {
    case .json: try Output.printJSON(Report(models: wanted.map(\.name), position: position?.rawValue))
    case .text, .csv:
      let upTo = position.map { "up to position \($0)" } ?? "of an empty log"
      for name in wanted { try Output.write("\(name) rebuilt \(upTo)\n") }
    }
  }

  private struct Report: Encodable {
    let models: [String]
    let position: UInt64?
  }
}

/// How far a pass over the log is, on standard error, if that is a terminal.
struct ProgressBar {
  private let isShown = Terminal.isTerminal(.standardError)
  private let start = ContinuousClock.now
  private var shown: ContinuousClock.Instant?

  mutating func show(_ position: Position, of target: Position) {
    let now = ContinuousClock.now
    guard isShown, shown.map({ now - $0 > .milliseconds(100) }) ?? true else { return }
    shown = now
    Output.complain("\r" + Self.line(position.rawValue, of: target.rawValue, after: now - start) + "\u{1B}[K")
  }

  func clear() {
    if shown != nil { Output.complain("\r\u{1B}[K") }
  }

  static func line(_ done: UInt64, of total: UInt64, after elapsed: Duration) -> String {
    let seconds = max(0.001, Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18)
    let share = total == 0 ? 1 : min(1, Double(done) / Double(total))
    let rate = Double(done) / seconds
    let left = Int((Double(total - min(done, total)) / max(rate, 1)).rounded(.up))
    let filled = Int(share * 30)
    let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: 30 - filled)
    return "[\(bar)] \(Int(share * 100)) %  \(Int(rate)) events/s  \(left / 60) min \(left % 60) s left"
  }
}
