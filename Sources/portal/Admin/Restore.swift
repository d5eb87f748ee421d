import ArgumentParser
import EventStore
import Foundation
import Keys
import Terminal

struct Restore: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make a data directory from a backup.",
    discussion: """
      The log goes on in a new epoch: read models of what was appended after the backup are refused. Keys and verifiers are restored \
      if the backup has them and the data directory does not, and are held against the log first.
      """)

  @Option(help: ArgumentHelp("The data directory to make; it must not have a log.", valueName: "dir"))
  var data = "./data"

  @Flag(help: "Restore the log alone: keys and verifiers of the backup are neither used nor looked at.")
  var withoutKeys = false

  @Argument(help: "The folder of the backup.")
  var backup: String

  @Argument(help: "Files made with 'backup --since', in order.")
  var segments: [String] = []

  /// Given by the process that waits for this one.
  @Option(help: .hidden)
  var here: ChildProcess.Link?

  func validate() throws {
    if backup.isEmpty || data.isEmpty { throw ValidationError("A folder has no name.") }
  }

  func run() throws {
    guard let here else { return try RestoringProcess(backup: backup, data: data).run() }
    here.hold()
    try AdminRun.run { progress in
      var lines: [String] = []
      let summary = try LMDBEventLog.restore(
        DataDirectory(backup), adding: segments, to: DataDirectory(data), scope: withoutKeys ? .log : .logAndKeys,
        progress: progress.shown("Verifying")
      ) { (parts) throws(EventStoreError) in lines = try inspect(parts).lines }
      let head = "\(data) has \(summary.events) events. Run 'replay rebuild', then 'replay verify --views'."
      return ([head] + lines).joined(separator: "\n")
    }
  }

  private func inspect(_ parts: RestoredParts) throws(EventStoreError) -> Custody {
    let custody = try Custody.inspecting(
      parts.log, keys: parts.keys, secrets: parts.secrets, masterKeyIn: DataDirectory(data).keys)
    guard let fault = custody.faults.first else { return custody }
    throw .unusable(
      path: backup,
      reason:
        "\(fault) Nothing was restored. Take another backup, or bring the log alone back with --without-keys and put its keys there."
    )
  }
}
