import EventStore
import Foundation

/// Answers questions about data directories, one line each, so that a test can look at thousands of them without starting a
/// process for each, and survives when one of them ends the process that looks.
///
///     check WORKLOAD DIRECTORY      open for writing, compare, verify: "holds N N …", "refused TEXT" or "fault TEXT"
///     finish WORKLOAD DIRECTORY     the same after appending what is missing
///     check-made WORKS SOURCE FOLDER    what is there of what was to be made: "holds N N …", 1 the whole work, 0 nothing
///     finish-made WORKS SOURCE FOLDER   the same after making what is not there
///     follow SOURCE DIRECTORY       let the group go on: "goes EVENTS N N …", the positions of what it handles now
///     load DIRECTORY PART           keep every answer of this log, opened for reading: "loaded BYTES"; PART: log or index
///     flip OFFSET BIT               flip a bit of that part's file, ask again, flip it back: "same", "refused TEXT", "wrong TEXT"
///     meddle OFFSET BIT             the same without looking at checksums
///     cut LENGTH                    the same with the file cut short
///     mix SEED                      the same with random bytes written over a random part of it
struct QuestionServer {
  /// Seconds after which a question that has no answer ends the process (`SIGALRM`). A machine may stand still for some of them.
  private static let patience: UInt32 = 300
  private var subject: DamagedLog?

  mutating func run() async {
    while let line = readLine() {
      alarm(QuestionServer.patience)
      FaultChild.say(await answer(line.split(separator: " ").map(String.init)))
      alarm(0)
    }
  }

  private mutating func answer(_ words: [String]) async -> String {
    do {
      switch (words.first, words.count) {
      case ("check", 3): return try await state(words[1], words[2], finishing: false)
      case ("finish", 3): return try await state(words[1], words[2], finishing: true)
      case ("check-made", 4), ("finish-made", 4):
        guard let run = MakingRun(words[1], source: words[2], target: words[3]) else { return "fault no works" }
        return try run.state(finishing: words[0] == "finish-made")
      case ("follow", 3): return try await GroupRun(source: .init(words[1]), target: .init(words[2])).rest()
      case ("load", 3):
        subject = try DamagedLog(path: words[1], part: words[2])
        return "loaded \(subject?.byteCount ?? 0)"
      case ("flip", 3), ("meddle", 3), ("cut", 2), ("mix", 2): return try damage(words)
      default: return "fault unknown question \(words)"
      }
    } catch let error as EventStoreError {
      return "refused \(error)"
    } catch {
      return "fault \(error)"
    }
  }

  private func damage(_ words: [String]) throws -> String {
    let numbers = words.dropFirst().compactMap { Int($0) }
    guard let subject, numbers.count == words.count - 1 else { return "fault nothing is loaded" }
    switch words[0] {
    case "flip": return try subject.answer(to: .flip(offset: numbers[0], bit: numbers[1]), checked: true)
    case "meddle": return try subject.answer(to: .flip(offset: numbers[0], bit: numbers[1]), checked: false)
    case "cut": return try subject.answer(to: .cut(length: numbers[0]), checked: true)
    default: return try subject.answer(to: .scribble(seed: UInt64(numbers[0])), checked: true)
    }
  }

  private func state(_ workload: String, _ path: String, finishing: Bool) async throws -> String {
    guard let workload = Workload(workload) else { return "fault no workload" }
    let log = try LMDBEventLog(directory: DataDirectory(path), options: .init(clock: Workload.clock))
    defer { log.close() }
    var state = try WorkloadState(of: log, workload)
    if finishing, state.fault == nil {
      for (lane, requests) in workload.lanes.enumerated() {
        for request in requests[state.counts[lane]...] { _ = try await log.append(request) }
      }
      state = try WorkloadState(of: log, workload)
    }
    if let fault = state.fault { return "fault \(fault)" }
    return "holds " + state.counts.map(String.init).joined(separator: " ")
  }
}
