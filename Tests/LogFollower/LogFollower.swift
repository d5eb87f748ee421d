import EventStore
import Foundation

/// Reads a log from a process of its own until it is killed, or until whoever started it is gone. What it does it says on its output, a line at a time.
///
///     log-follower DATA_DIRECTORY hold                  begins to read, says so, and keeps its snapshot
///     log-follower DATA_DIRECTORY follow                a subscription to the tag `t`: the position of each event
@main
struct LogFollower {
  static func main() async throws {
    let words = CommandLine.arguments
    let parent = getppid()
    Thread.detachNewThread {
      while getppid() == parent { sleep(1) }
      exit(1)
    }
    let directory = DataDirectory(words[1])
    let log = try LMDBEventLog(directory: directory, options: .init(access: .readOnly))
    switch words[2] {
    case "hold":
      try log.read(EventQuery(.all)) { _ in
        say("reading")
        while true { sleep(1_000) }
      }
    case "follow":
      for try await batch in try log.subscribe(to: .tag("t"), batchSize: 3) {
        for event in batch.events { say("\(event.position)") }
      }
    default:
      say("hold or follow")
      exit(64)
    }
  }

  private static func say(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }
}
