import ArgumentParser
import EventStore
import Foundation
import Terminal

struct Admin: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Look after a data directory.",
    subcommands: [Backup.self, Restore.self, Import.self, Upgrade.self, Readers.self, SecretsAdmin.self])
}

/// What an administrative command says at its end.
struct AdminAnswer {
  let words: String
  /// Whether everything is as it should be. If not, the exit code says so, too.
  var isWhole = true
}

/// How an administrative command reports.
enum AdminRun {
  static func run(_ body: (AdminProgress) throws -> String) throws {
    try answer { AdminAnswer(words: try body($0)) }
  }

  static func answer(_ body: (AdminProgress) throws -> AdminAnswer) throws {
    let progress = AdminProgress()
    let answer: AdminAnswer
    do {
      answer = try body(progress)
      try StandardStreams.write(Data((answer.words + "\n").utf8))
    } catch {
      progress.clear()
      throw Failing.words(error, of: "admin")
    }
    if !answer.isWhole { throw ExitCode.failure }
  }
}

/// How far a command is, on standard error, if that is a terminal.
struct AdminProgress {
  private let isShown = Terminal.isTerminal(.standardError)

  /// - Parameter step: What is being done, for example `Verifying`.
  func shown(_ step: String) -> (Position, Position) -> Void {
    { position, last in
      guard isShown else { return }
      StandardStreams.complain("\r\(step): \(position) of \(last)\(position == last ? "\n" : "")")
    }
  }

  func clear() {
    if isShown { StandardStreams.complain("\r\u{1B}[K") }
  }
}
