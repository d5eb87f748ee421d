import ArgumentParser
import EventStore

struct Upgrade: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Bring the log to the newest format.",
    discussion: """
      The events stay as they are, under checksums that cover more. Stop everything that writes or follows the log first. A second copy \
      of the log is made and read from beginning to end before it takes the place of the first, so as much room is needed again. \
      If the upgrade is interrupted, run it again.
      """)

  @Option(help: ArgumentHelp("The data directory.", valueName: "dir"))
  var data = "./data"

  @Option(help: ArgumentHelp("Back the log up into this new folder first, and verify the copy.", valueName: "folder"))
  var backup: String?

  @Flag(help: "Make no backup first.")
  var noBackup = false

  func validate() throws {
    guard (backup == nil) == noBackup else { throw ValidationError("Say either --backup and a new folder, or --no-backup.") }
  }

  func run() throws {
    try AdminRun.run { progress in
      let summary = try LogUpgrade(DataDirectory(data)).run(progress: progress.shown("Upgrading")) {
        (log) throws(EventStoreError) in
        if let backup { try log.backup(to: backup, progress: progress.shown("Verifying the backup")) }
      }
      guard let summary else { return "The log in \(data) is of the newest format already." }
      let (former, end) = (summary.former?.description ?? "0", summary.verification.anchor?.description ?? "0")
      return
        "\(summary.verification.events) events are in \(data), verified; the log ended at \(former), now at \(end). Run 'replay rebuild'."
    }
  }
}
