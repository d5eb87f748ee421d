import TestSupport

/// What `fault-child` does in a folder while it is mistreated, and how what it left is looked at.
enum Errand: Sendable {
  case append(workload: String, sessions: Int)
  /// Makes `works` of the log in the folder `source`.
  case making(_ works: String, source: String)
  /// Handles the events of the log `source` as a group.
  case following(source: String)

  /// The words of `fault-child`. - Parameter isLying: It does what its control is about.
  func command(in root: String, isLying: Bool = false) -> [String] {
    let words =
      switch self {
      case .append(let workload, let sessions): ["write", workload, root + "/data", "\(sessions)"]
      case .making(let works, let source): ["make", works, source, root]
      case .following(let source): ["follow", source, root + "/data"]
      }
    return isLying ? words + ["lie"] : words
  }

  /// What is asked of what is left.
  func check(in root: String) -> String {
    switch self {
    case .append(let workload, _): "check \(workload) \(root)/data"
    case .making(let works, let source): "check-made \(works) \(source) \(root)"
    case .following(let source): "follow \(source) \(root)/data"
    }
  }

  /// What is asked after that; the answer begins with `holds`. `nil`: the first question was all.
  func goOn(in root: String) -> String? {
    switch self {
    case .append(let workload, _): "finish \(workload) \(root)/data"
    case .making(let works, let source): "finish-made \(works) \(source) \(root)"
    case .following: nil
    }
  }

  /// What it is called in counts.
  var name: String {
    if case .making(let works, let source) = self {
      "\(works) of \(source.split(separator: "/").last ?? "")"
    } else {
      command(in: "")[0]
    }
  }

  var ledger: any Ledger {
    switch self {
    case .append, .making: Acknowledged()
    case .following: Handled()
    }
  }
}

/// What `portal admin` makes of a log.
enum Product: String, CaseIterable {
  case imports, backups
  /// Of a log of several of the transactions in which records are added, and which are of 8 MiB.
  case large

  func errand(in folder: TemporaryFolder) throws -> Errand {
    switch self {
    case .imports: .making("imported", source: try makeSource(in: folder))
    case .backups: .making("backup,segment,restored,followed", source: try makeSource(in: folder))
    case .large:
      .making(
        Depth.isDeep ? "imported,backup,segment,restored,followed" : "imported", source: try makeSource(in: folder, sized: ":450"))
    }
  }

  /// How often chance decides what a power cut leaves.
  var rounds: Int { Depth.isDeep && self != .large ? 4 : 1 }

  /// At every which operation of a run it is looked at.
  var step: Int {
    switch self {
    case _ where Depth.isDeep: 1
    case .imports: 5
    case .backups: 11
    case .large: 25
    }
  }
}

/// What a process said that it had done, to be held against what is left.
protocol Ledger {
  mutating func hear(_ line: String)
  /// What is wrong with the answer to ``Errand/check(in:)``.
  func fault(in answer: Answer) -> String?
}

extension Ledger {
  func hearing(_ lines: [String]) -> Self {
    var ledger = self
    for line in lines { ledger.hear(line) }
    return ledger
  }
}

/// The requests of a run that have their yes, by lane; each work is one lane with one request.
struct Acknowledged: Ledger {
  private var counts: [Int: Int] = [:]

  mutating func hear(_ line: String) {
    let words = line.split(separator: " ")
    guard words.count == 3, words[0] == "yes" || words[0] == "again", let lane = Int(words[1]), let number = Int(words[2]) else {
      return
    }
    counts[lane] = number + 1
  }

  /// It holds everything that was acknowledged.
  func fault(in answer: Answer) -> String? {
    guard case .line(let line) = answer, line.hasPrefix("holds") else { return "\(answer)" }
    let held = line.split(separator: " ").dropFirst().compactMap { Int($0) }
    for (lane, count) in counts where lane >= held.count || held[lane] < count {
      return "\(line), but \(count) requests of lane \(lane) were acknowledged"
    }
    return nil
  }
}

/// The positions of the events that a group has handled.
struct Handled: Ledger {
  /// `fault-child` has two shares and batches of three events: no more than that can be handled again.
  private static let repeats = 6
  private var positions: Set<Int> = []

  mutating func hear(_ line: String) {
    let words = line.split(separator: " ")
    if words.count == 2, words[0] == "handled", let position = Int(words[1]) { positions.insert(position) }
  }

  /// The group goes on so that every event is handled, and few a second time.
  func fault(in answer: Answer) -> String? {
    guard case .line(let line) = answer, line.hasPrefix("goes") else { return "\(answer)" }
    let numbers = line.split(separator: " ").compactMap { Int($0) }
    guard let count = numbers.first, count > 0 else { return line }
    let rest = Set(numbers.dropFirst())
    let missing = Set(1...count).subtracting(positions).subtracting(rest)
    if let first = missing.min() { return "\(missing.count) events are never handled, the first at position \(first)" }
    let repeated = positions.intersection(rest).count
    return repeated > Handled.repeats ? "\(repeated) events are handled again" : nil
  }
}
