import EventStore
import Foundation
import TestSupport
import Testing

@Suite("Members of a group in processes that are killed", .serialized)
struct GroupKillTests {
  private let folder = TemporaryFolder()
  private var directory: DataDirectory { DataDirectory(folder.path("data")) }

  /// What members said, in the order in which they said it.
  private struct Line {
    let isBegin: Bool
    let process: String
    let key: String
    let position: UInt64

    init?(_ text: Substring) {
      let words = text.split(separator: " ")
      guard words.count == 4, let position = UInt64(words[3]) else { return nil }
      (isBegin, process, key, self.position) = (words[0] == "begin", String(words[1]), String(words[2]), position)
    }
  }

  private func lines() throws -> [Line] {
    try String(contentsOfFile: folder.path("said"), encoding: .utf8).split(separator: "\n").compactMap(Line.init)
  }

  private func open() throws -> LMDBEventLog { try LMDBEventLog(directory: directory) }

  private func append(_ count: Int, to log: LMDBEventLog, _ random: inout SeededGenerator) async throws {
    let events = (0..<count).map { _ in
      NewEvent.sample("all", tags: [EventStore.Tag("key:\(Int.random(in: 0..<12, using: &random))")], at: .now())
    }
    _ = try await log.append(AppendRequest(events))
  }

  private func output() throws -> FileHandle {
    try Data().write(to: URL(fileURLWithPath: folder.path("said")))
    return try #require(FileHandle(forWritingAtPath: folder.path("said")))
  }

  /// Members that say what they do to one file.
  private func start(_ verb: [String], _ said: FileHandle) throws -> Process {
    let process = BuiltProduct("log-follower").process([directory.path] + verb, output: Pipe())
    process.standardOutput = said
    try process.run()
    return process
  }

  private func waitForLines(beyond count: Int, of processes: [Process]) throws {
    while try lines().count <= count {
      let running = processes.filter(\.isRunning).count
      try #require(running == processes.count, "a member ended by itself")
      usleep(500)
    }
  }

  /// What was wrong: a gap in a key, or two at a key at once.
  ///
  /// When a member begins with a key that another has not ended, the other must be dead: it never says anything again.
  private func differences(_ lines: [Line], _ log: LMDBEventLog) throws -> [String] {
    var differences: [String] = []
    var expected: [String: [UInt64]] = [:]
    for event in try log.events(EventQuery(.all)) { expected[event.tags[0].name, default: []].append(event.position.rawValue) }
    var done: [String: Int] = [:]
    var active: [String: String] = [:]
    var dead: Set<String> = []
    for line in lines {
      if dead.contains(line.process) { differences.append("two at \(line.key), the second at position \(line.position)") }
      if line.isBegin {
        if let other = active[line.key], other != line.process { dead.insert(other) }
        active[line.key] = line.process
      } else {
        active[line.key] = nil
      }
      guard let index = expected[line.key, default: []].firstIndex(of: line.position) else { continue }
      if index > done[line.key, default: 0] {
        differences.append("position \(line.position) of \(line.key) before one that comes earlier")
      }
      if !line.isBegin { done[line.key] = max(done[line.key, default: 0], index + 1) }
    }
    for (key, positions) in expected where done[key, default: 0] < positions.count {
      differences.append("events of \(key) were not handled")
    }
    return differences
  }

  @Test("lose nothing: others go on where they were, no key is handled out of order or by two at once", .timeLimit(.minutes(5)))
  func killed() async throws {
    var random = SeededGenerator(seed: Depth.seed)
    let log = try open()
    try await append(200, to: log, &random)
    let said = try output()
    let verb = ["member", "g", "6"]
    var members = try (0..<3).map { _ in try start(verb, said) }
    let kills = Depth.isDeep ? 300 : 15
    for _ in 0..<kills {
      let (before, count) = (try lines().count, Int.random(in: 1...60, using: &random))
      try await append(count, to: log, &random)
      try waitForLines(beyond: before + .random(in: 0..<2 * count, using: &random), of: members)
      let victim = members.remove(at: .random(in: 0..<members.count, using: &random))
      kill(victim.processIdentifier, SIGKILL)
      victim.waitUntilExit()
      members.append(try start(verb, said))
    }
    for member in members {
      kill(member.processIdentifier, SIGKILL)
      member.waitUntilExit()
    }
    let group = try ConsumerGroup("g", of: log, in: directory, key: .tag(prefix: "key:"), shares: 6, startingAfter: nil)
    try await group.catchUp { event in
      for word in ["begin", "end"] { said.write(Data("\(word) test \(event.tags[0]) \(event.position)\n".utf8)) }
    }
    let lines = try lines()
    #expect(try differences(lines, log) == [], "seed \(Depth.seed)")
    #expect(Set(lines.map(\.process)).count > 3, "several members were at work")
    Depth.report("members of a group killed: \(kills), \(lines.count) lines")
  }

  @Test("are caught when they heed nobody: the control that must find two at a key")
  func control() async throws {
    var random = SeededGenerator(seed: Depth.seed)
    let log = try open()
    try await append(300, to: log, &random)
    let said = try output()
    let members = try (0..<2).map { _ in try start(["rush"], said) }
    try waitForLines(beyond: 600, of: members)
    for member in members {
      kill(member.processIdentifier, SIGKILL)
      member.waitUntilExit()
    }
    #expect(try differences(lines(), log).contains { $0.hasPrefix("two at ") })
  }
}
