import Foundation

/// A process with a snapshot of the log that is older than the newest commit: the pages that were freed since cannot be reused while
/// it is open, and the log's file grows.
public struct SnapshotHolder: Sendable, Equatable {
  /// What the process does, as far as the operating system says.
  public enum State: String, Sendable { case running, stopped, gone }

  public let process: Int32
  /// The name of its program; `nil` if the operating system does not say.
  public let program: String?
  public let state: State
  /// How long the process has been running, which is at least as long as the snapshot; `nil` if the operating system does not say.
  public let processAge: Duration?
  /// For how long at least the snapshot has been outdated: since the first call that found it so.
  public let age: Duration
  /// Which commit the snapshot shows.
  public let transaction: Int
  public let commitsBehind: Int
  /// How much of the file it keeps from being reused.
  public let heldBytes: Int
}

extension SnapshotHolder: CustomStringConvertible {
  /// Which process, since when, and how much it holds back.
  public var description: String {
    let known = [program, state.rawValue, processAge.map { "up \($0.components.seconds) s" }].compactMap { $0 }.joined(
      separator: ", ")
    return
      "Process \(process) (\(known)) holds a snapshot that is \(commitsBehind) commits old: \(heldBytes / 1024) KiB of the log file "
      + "cannot be reused."
  }
}

/// What the operating system says of a process.
struct ProcessFacts {
  var program: String?
  var state = SnapshotHolder.State.running
  var age: Duration?

  init(_ process: Int32) {
    guard FileManager.default.fileExists(atPath: "/proc/self/stat") else { return }
    // proc(5): the number, the program in parentheses, the state; the 22nd field is the start in ticks, 100 a second, after booting.
    guard let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8), let name = text.lastIndex(of: ")")
    else {
      state = .gone
      return
    }
    program = text.firstIndex(of: "(").map { String(text[text.index(after: $0)..<name]) }
    let fields = text[text.index(after: name)...].split(separator: " ")
    switch fields.first {
    case "T", "t": state = .stopped
    case "Z", "X": state = .gone
    default: state = .running
    }
    guard fields.count > 19, let start = Double(fields[19]) else { return }
    let uptime = try? String(contentsOfFile: "/proc/uptime", encoding: .utf8).split(separator: " ").first.flatMap { Double($0) }
    if let seconds = uptime { age = .seconds(max(0, seconds - start / 100)) }
  }
}
