import ArgumentParser
import EventStore
import Foundation
import LMDB
import Terminal

/// The process that reads for 'replay verify', and what its end says: damage is said of damage alone.
struct VerifyingProcess {
  let data: String

  func run() throws {
    let kills = Self.kernelKills
    switch try ChildProcess(option: "--here").run() {
    case .exited(0): return
    case .exited(let code): throw ExitCode(code)
    case .faulted(let fault): throw ended(by: fault)
    case .killed(let signal, let seconds):
      let byKernel = signal == SIGKILL && zip(kills, Self.kernelKills).contains { $0 != $1 }
      Output.complain("replay verify: \(Self.words(signal, seconds, byKernel: byKernel))\n")
      throw ExitCode(Program.code(ofSignal: signal))
    }
  }

  // MARK: Faults

  /// - Returns: What to end with, after saying why.
  private func ended(by fault: MapFault) -> ExitCode {
    let place = fault.place == 0 ? "" : " while it looked at position \(fault.place)"
    if fault.signal == SIGABRT {
      Output.complain(
        "replay verify: LMDB found a page that it cannot have written and ended the process\(place): the file is damaged. Restore it from a backup.\n"
      )
      return .failure
    }
    guard let file = fault.file else {
      Output.complain(
        "replay verify: this program failed (\(SystemWords.signal(fault.signal)))\(place). Nothing is known of the log; run it again, and report it if it does the same.\n"
      )
      return ExitCode(Program.code(ofSignal: fault.signal))
    }
    guard isData(file) else {
      Output.complain(
        "replay verify: \(file) could not be used (\(SystemWords.signal(fault.signal))): its disk is full or fails. Nothing is known of the log; make room and run it again.\n"
      )
      return ExitCode(Program.inputOutput)
    }
    let length = FileSystem.size(of: file).map { ", which has \($0) bytes" } ?? ""
    Output.complain(
      "replay verify: byte \(fault.offset) of \(file)\(length), could not be read\(place): the file is damaged. Restore it from a backup.\n"
    )
    return .failure
  }

  /// A lock file is no data, and what was made in TMPDIR is none of ours.
  private func isData(_ file: String) -> Bool {
    let root = URL(fileURLWithPath: data).resolvingSymlinksInPath().path
    return file.hasPrefix(root + "/") && file.hasSuffix("/data.mdb")
  }

  // MARK: Signals

  private static func words(_ signal: Int32, _ seconds: Int, byKernel: Bool) -> String {
    let nothing = "Nothing is known of the log."
    if signal == SIGXCPU || signal == SIGKILL && processorLimit.map({ seconds + 1 >= $0 }) == true {
      return
        "the reading process used up its processor time (\(SystemWords.signal(signal)); ulimit -t). \(nothing) Raise the limit and run it again."
    }
    if byKernel {
      return
        "the kernel killed the reading process because memory ran out (\(SystemWords.signal(signal))). \(nothing) Give it more memory, or let it use less (--memory-mib), and run it again."
    }
    if signal == SIGKILL {
      return
        "the reading process was killed (\(SystemWords.signal(signal))): by somebody, or because memory ran out. \(nothing) Run it again, with more memory or less to use (--memory-mib)."
    }
    if [SIGILL, SIGTRAP, SIGFPE].contains(signal) {
      return "this program failed (\(SystemWords.signal(signal))). \(nothing) Run it again, and report it if it does the same."
    }
    return "somebody ended the reading process (\(SystemWords.signal(signal))). \(nothing) Run it again."
  }

  private static var processorLimit: Int? { Limits.processorSeconds }

  /// How many processes the kernel has killed for want of memory, on this machine and in this group: whoever is killed in between may be
  /// one of them.
  private static var kernelKills: [Int] {
    let group = (try? FileSystem.text(of: "/proc/self/cgroup")) ?? nil
    let paths = (group ?? "").split(separator: "\n").flatMap { line -> [String] in
      let path = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false).last ?? ""
      return ["/sys/fs/cgroup\(path)/memory.events", "/sys/fs/cgroup/memory\(path)/memory.oom_control"]
    }
    return (["/proc/vmstat"] + paths).map { path in
      let text = (try? FileSystem.text(of: path)) ?? nil
      let line = (text ?? "").split(separator: "\n").first { $0.hasPrefix("oom_kill ") }
      return line?.split(separator: " ").last.flatMap { Int($0) } ?? 0
    }
  }
}
