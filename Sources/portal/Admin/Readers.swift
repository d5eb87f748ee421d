import ArgumentParser
import EventStore

struct Readers: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show and clear processes that keep the log's file from reusing space.",
    subcommands: [List.self, Clear.self], defaultSubcommand: List.self)

  struct DataOption: ParsableArguments {
    @Option(help: ArgumentHelp("The data directory.", valueName: "dir"))
    var data = "./data"

    func log() throws -> LMDBEventLog { try LMDBEventLog(directory: DataDirectory(data), options: .init(access: .readOnly)) }
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Name the processes that hold an old snapshot.")

    @OptionGroup var directory: DataOption

    func run() throws { try AdminRun.run { _ in try Readers.report(try directory.log()) } }
  }

  struct Clear: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Free the slots of dead processes.",
      discussion: "A process that is alive keeps its snapshot and is named: let it continue, or end it, and its slot is freed.")

    @OptionGroup var directory: DataOption

    func run() throws {
      try AdminRun.run { _ in
        let log = try directory.log()
        // Opening frees those of the log, this those of its index.
        let cleared = try log.deadReadersAtOpening + log.clearStaleReaders()
        return "Slots of dead readers that were freed: \(cleared).\n" + (try Readers.report(log))
      }
    }
  }

  private static func report(_ log: LMDBEventLog) throws -> String {
    let holders = try log.snapshotHolders()
    return holders.isEmpty ? "No process holds an old snapshot." : holders.map(\.description).joined(separator: "\n")
  }
}
