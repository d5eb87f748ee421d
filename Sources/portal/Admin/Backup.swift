import ArgumentParser
import EventStore
import Foundation
import Keys

struct Backup: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Copy the log with its keys, while it is being written, and verify the copy.",
    discussion: """
      Without --since, DESTINATION is a new folder: a data directory of its own, which counts as a backup only once it was read \
      from beginning to end and its keys and password verifiers were held against its log. The master key is never copied. With \
      --since, it is a new file with the events after that position, to be added to a restored backup; it has no keys.
      """)

  @Option(help: ArgumentHelp("The data directory.", valueName: "dir"))
  var data = "./data"

  @Option(help: ArgumentHelp("Only the events after this position.", valueName: "position"))
  var since: UInt64?

  @Flag(help: "Leave keys and password verifiers out: nothing personal can be read in what is restored, and nothing written.")
  var withoutKeys = false

  @Argument(help: "A folder, or with --since a file, that does not exist yet.")
  var destination: String

  func validate() throws {
    if since != nil, withoutKeys { throw ValidationError("--without-keys goes with a whole backup: with --since there are none.") }
    if destination.isEmpty { throw ValidationError("The destination has no name.") }
  }

  func run() throws {
    try AdminRun.answer { progress in
      let log = try LMDBEventLog(directory: DataDirectory(data), options: .init(access: .readOnly))
      if let since {
        guard let last = try log.writeSegment(after: Position(since), to: destination) else {
          return AdminAnswer(words: "There is no event after position \(since); nothing was written.")
        }
        return AdminAnswer(words: "Events \(since + 1) to \(last) are in \(destination).")
      }
      var custody: Custody?
      let summary = try log.backup(
        to: destination, scope: withoutKeys ? .log : .logAndKeys, progress: progress.shown("Verifying")
      ) { (copy) throws(EventStoreError) in if !withoutKeys { custody = try inspect(copy) } }
      let last = summary.head.position?.rawValue ?? 0
      let words = "\(summary.events) events are in \(destination), verified; the last is at position \(last)."
      guard let custody else { return AdminAnswer(words: words + "\nKeys and verifiers are not in it.") }
      return AdminAnswer(words: ([words] + custody.lines).joined(separator: "\n"), isWhole: custody.isWhole)
    }
  }

  /// Holds the keys of the copy against its log. Single keys that are lost do not stop a backup of all others.
  private func inspect(_ copy: DataDirectory) throws(EventStoreError) -> Custody {
    let source = DataDirectory(data)
    let custody = try Custody.inspecting(copy, keys: copy.keys, secrets: copy.secrets, masterKeyIn: source.keys)
    let remedy =
      "Bring the folder back that belongs to this log, or leave keys and verifiers out with --without-keys; there is no backup."
    if let fault = custody.keysFault { throw .unusable(path: source.keys, reason: "\(fault) \(remedy)") }
    if custody.lacksKeys { throw .unusable(path: source.keys, reason: "The keys of this log are not here. \(remedy)") }
    if let fault = custody.secretsFault { throw .unusable(path: source.secrets, reason: "\(fault) \(remedy)") }
    if custody.lacksSecrets {
      throw .unusable(path: source.secrets, reason: "The password verifiers of this log are not here. \(remedy)")
    }
    return custody
  }
}

extension Custody {
  /// - Parameter folder: Where the master key is, unless the environment names another file.
  static func inspecting(
    _ log: DataDirectory, keys: String, secrets: String, masterKeyIn folder: String
  ) throws(EventStoreError) -> Custody {
    let masterKeyFile = ProcessInfo.processInfo.environment[MasterKey.environmentVariable] ?? folder + "/master.key"
    do {
      let log = try LMDBEventLog(directory: log, options: .init(access: .readOnly))
      return try Custody(keys: keys, masterKeyFile: masterKeyFile, secrets: secrets, log: log)
    } catch let error as EventStoreError {
      throw error
    } catch {
      throw .unusable(path: keys, reason: "\(error)")
    }
  }
}
