import Foundation
import Logging

/// What the fault tests run in a process of its own, because it may be killed, or may die of what it maps.
///
///     fault-child write WORKLOAD DATA_DIRECTORY SESSIONS [lie]   append a workload, tell what became of each request
///     fault-child make WORKS SOURCE FOLDER [lie]                 make backups, imports … of a log; WORKS: names with commas between
///     fault-child follow SOURCE DATA_DIRECTORY [lie]             handle the events of a log as a group that is kept here
///     fault-child serve                                          one question a line on standard input, one answer a line
///     fault-child fill DATA_DIRECTORY BALLAST CYCLES HOW      fill the disk again and again; HOW: file, or space
@main
struct FaultChild {
  static func main() async {
    // What it is told to suffer is no news.
    LoggingSystem.bootstrap { _ in SwiftLogNoOpLogHandler() }
    let arguments = Array(CommandLine.arguments.dropFirst())
    switch (arguments.first, arguments.count) {
    case ("write", 4...5):
      guard let workload = Workload(arguments[1]), let sessions = Int(arguments[3]) else { break }
      exit(await WritingRun(workload: workload, path: arguments[2], sessions: sessions, lies: arguments.count == 5).run() ? 0 : 3)
    case ("make", 4...5):
      guard let run = MakingRun(arguments[1], source: arguments[2], target: arguments[3], lies: arguments.count == 5) else { break }
      exit(run.run() ? 0 : 3)
    case ("follow", 3...4):
      exit(await GroupRun(source: .init(arguments[1]), target: .init(arguments[2]), lies: arguments.count == 4).run() ? 0 : 3)
    case ("serve", 1):
      var server = QuestionServer()
      await server.run()
      exit(0)
    case ("fill", 5):
      guard let cycles = Int(arguments[3]), let room = Ballast(path: arguments[2], how: arguments[4]) else { break }
      exit(await FillingRun(path: arguments[1], ballast: room, cycles: cycles).run() ? 0 : 3)
    default: break
    }
    FileHandle.standardError.write(Data("fault-child: wrong arguments\n".utf8))
    exit(64)
  }

  /// Says a line, with one call of `write`, so that a recorded trace knows when it was said.
  static func say(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }
}
