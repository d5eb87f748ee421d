import ArgumentParser
import EventStore
import Foundation
import Terminal

struct Admin: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Look after a data directory.", subcommands: [Backup.self, Restore.self, Import.self, Upgrade.self, Readers.self])
}

struct Backup: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Copy the log, while it is being written, and verify the copy.",
    discussion: """
      Without --since, DESTINATION is a new folder: a data directory of its own, which counts as a backup only once it was read \
      from beginning to end. With --since, it is a new file with the events after that position, to be added to a restored backup.
      """)

  @Option(help: ArgumentHelp("The data directory.", valueName: "dir"))
  var data = "./data"

  @Option(help: ArgumentHelp("Only the events after this position.", valueName: "position"))
  var since: UInt64?

  @Flag(help: "Copy keys and verifiers too, without the master key. Such a backup opens personal data to whoever has that key.")
  var withKeys = false

  @Argument(help: "A folder, or with --since a file, that does not exist yet.")
  var destination: String

  func validate() throws {
    if since != nil, withKeys { throw ValidationError("--with-keys goes with a whole backup, not with --since.") }
  }

  func run() throws {
    try AdminRun.run { progress in
      let log = try LMDBEventLog(directory: DataDirectory(data), options: .init(access: .readOnly))
      if let since {
        guard let last = try log.writeSegment(after: Position(since), to: destination) else {
          return "There is no event after position \(since); nothing was written."
        }
        return "Events \(since + 1) to \(last) are in \(destination)."
      }
      let summary = try log.backup(to: destination, scope: withKeys ? .logAndKeys : .log, progress: progress.shown("Verifying"))
      return
        "\(summary.events) events are in \(destination), verified; the last is at position \(summary.head.position?.rawValue ?? 0)."
    }
  }
}

struct Restore: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make a data directory from a backup.",
    discussion: """
      The log goes on in a new epoch: read models of what was appended after the backup are refused. Keys and verifiers are restored \
      if the backup has them and the data directory does not.
      """)

  @Option(help: ArgumentHelp("The data directory to make; it must not have a log.", valueName: "dir"))
  var data = "./data"

  @Argument(help: "The folder of the backup.")
  var backup: String

  @Argument(help: "Files made with 'backup --since', in order.")
  var segments: [String] = []

  func run() throws {
    try AdminRun.run { progress in
      let summary = try LMDBEventLog.restore(
        DataDirectory(backup), adding: segments, to: DataDirectory(data), progress: progress.shown("Verifying"))
      return "\(data) has \(summary.events) events. Run 'replay rebuild', then 'replay verify --views'."
    }
  }
}

/// How an administrative command reports.
enum AdminRun {
  static func run(_ body: (AdminProgress) throws -> String) throws {
    let progress = AdminProgress()
    do {
      let words = try body(progress)
      try StandardStreams.write(Data((words + "\n").utf8))
    } catch {
      progress.clear()
      throw Failing.words(error, of: "admin")
    }
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
