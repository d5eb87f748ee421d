import ArgumentParser
import EventStore
import Foundation
import Keys

struct SecretsAdmin: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "secrets", abstract: "Look after the password verifiers.", subcommands: [SecretsNew.self])
}

struct SecretsNew: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new",
    abstract: "Make an empty store of verifiers in the place of one that is lost for good.",
    discussion: """
      Whoever had a password has none afterwards: whatever is typed is refused as wrong, and leaves its trace in the log. Restore \
      the folder secrets from a backup of this log instead if there is one.
      """)

  @Option(help: ArgumentHelp("The data directory.", valueName: "dir"))
  var data = "./data"

  func run() throws {
    try AdminRun.run { _ in
      let directory = DataDirectory(data)
      guard FileManager.default.fileExists(atPath: directory.log + "/data.mdb") else {
        throw EventStoreError.unusable(path: data, reason: "There is no log here. Give the data directory with --data.")
      }
      // For writing: nobody may set a password meanwhile.
      let log = try LMDBEventLog(directory: directory)
      defer { log.close() }
      let count = try Secrets.replaceLost(path: directory.secrets, log: log)
      return
        "\(directory.secrets) is empty and belongs to this log. The passwords of \(count) accounts are gone: whatever is given as "
        + "their password is refused as wrong from now on."
    }
  }
}
