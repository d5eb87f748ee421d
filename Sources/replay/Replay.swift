import ArgumentParser
import EventStore
import Terminal

/// The auditor's and developer's command line. It opens the log for reading and never writes to it.
@main
struct Replay: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Ask a log what happened, what anybody saw, and whether it is whole.",
    discussion: """
      Moments (--as-of, --from, --to) are a position (31), a civil day in Ottawa (2023-08-02; --as-of and --to mean its end), or a \
      timestamp (2023-08-04T15:00:00Z).
      Exit codes: 0 as it should be, 1 a difference, damage or failure, 64 wrong usage, 74 something could not be read or written, \
      128 and more: ended by a signal.
      """,
    subcommands: [
      StatusVerb.self, HistoryVerb.self, ShowVerb.self, ApplicationsVerb.self, InboxVerb.self, RebuildVerb.self,
      VerifyVerb.self, ExportVerb.self,
    ])

  static func main() {
    StandardStreams.prepare()
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch {
      Program.end(error, of: Self.self) { ($0 as? any InputOutputFailure)?.isInputOutput ?? false }
    }
  }
}
