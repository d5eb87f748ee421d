import EventStore
import Foundation
import LMDB

/// Reads a log from a process of its own until it is killed, or until whoever started it is gone. What it does it says on its output, a line at a time.
///
///     log-follower DATA_DIRECTORY hold                  begins to read, says so, and keeps its snapshot
///     log-follower DATA_DIRECTORY crowd                 takes every slot that readers of the index have, and says so
///     log-follower DATA_DIRECTORY follow                a subscription to the tag `t`: the position of each event
///     log-follower DATA_DIRECTORY member GROUP SHARES   a member of a group, by tags `key:`
///     log-follower DATA_DIRECTORY rush                  handles everything without regard to others: the control
///
/// The last two say `begin` and `end` of every event, with the process, the key and the position.
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
    if words[2] == "crowd" {
      return crowd(try Environment(path: directory.index, tables: ["heads"], options: .init(access: .readOnly)))
    }
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
    case "member":
      let group = try ConsumerGroup(
        words[3], of: log, in: directory, key: .tag(prefix: "key:"), shares: Int(words[4]) ?? 0, startingAfter: nil, batchSize: 5,
        balanceInterval: .milliseconds(20))
      try await group.run(handle)
    default:
      for try await batch in try log.subscribe() {
        for event in batch.events { try await handle(event) }
      }
    }
  }

  private static func crowd(_ environment: Environment) {
    do throws(LMDBError) { try environment.read { (_) throws(LMDBError) in crowd(environment) } } catch {
      say("\(error)")
      while true { sleep(1_000) }
    }
  }

  @Sendable private static func handle(_ event: StoredEvent) async throws {
    let what = "\(ProcessInfo.processInfo.processIdentifier) \(event.tags[0]) \(event.position)"
    say("begin \(what)")
    try await Task.sleep(for: .microseconds(event.position.rawValue * 7_919 % 2_000))
    say("end \(what)")
  }

  private static func say(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }
}
