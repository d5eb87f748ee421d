import EventStore
import Foundation
import TestSupport

/// Makes a disk full and gives the room back.
struct Ballast {
  enum How: String { case file, space }

  let path: String
  let how: How

  /// - Parameter how: `file`: that `path` exists is what makes the disk full; `space`: it takes all the room there is.
  init?(path: String, how: String) {
    guard let how = How(rawValue: how) else { return nil }
    self.path = path
    self.how = how
  }

  func fill() {
    guard FileManager.default.createFile(atPath: path, contents: nil), how == .space,
      let file = FileHandle(forWritingAtPath: path)
    else { return }
    defer { try? file.close() }
    for size in [1 << 20, 4_096, 512, 1] {
      let chunk = Data(repeating: 1, count: size)
      while (try? file.write(contentsOf: chunk)) != nil {}
    }
  }

  /// Gives a part of the room back, if that can be done.
  func shrink(byBytes count: UInt64) -> Bool {
    guard how == .space, let file = FileHandle(forWritingAtPath: path), let end = try? file.seekToEnd(), end > count else {
      return false
    }
    defer { try? file.close() }
    return (try? file.truncate(atOffset: end - count)) != nil
  }

  func free() { try? FileManager.default.removeItem(atPath: path) }
}

/// Appends until the disk is full, reads, tries to copy the log, makes room, appends again; and says `cycle EVENTS` for each round.
struct FillingRun {
  let path: String
  let ballast: Ballast
  let cycles: Int

  /// - Returns: Whether every answer was the right one.
  func run() async -> Bool {
    do {
      try await fill()
      return true
    } catch {
      FaultChild.say("fault \(error)")
      return false
    }
  }

  private struct Unexpected: Error, CustomStringConvertible { let description: String }

  private func fill() async throws {
    let log = try LMDBEventLog(directory: DataDirectory(path))
    defer { log.close() }
    var random = SeededGenerator(seed: 1)
    var expected: [UUID] = []
    // Larger than what is given back of the room.
    while expected.count < 200 { try await append(log, &random, &expected) }
    for cycle in 1...cycles {
      try log.backup(to: kept)
      ballast.fill()
      let refused = try await appendUntilRefused(log, &random, &expected)
      guard try log.events(EventQuery(.all)).map(\.id) == expected else { throw Unexpected(description: "reads in cycle \(cycle)") }
      try refuseCopies(of: log)
      if ballast.shrink(byBytes: FillingRun.someRoom) {
        try refuseCopies(of: log)
        try await append(log, &random, &expected)
      }
      ballast.free()
      try FileManager.default.removeItem(atPath: kept)
      // What was refused can be stored now, with the ids it had.
      for _ in 0..<2 where try await !log.append(AppendRequest([refused])).isRepeat { expected.append(refused.id) }
      for _ in 0..<5 { try await append(log, &random, &expected) }
      FaultChild.say("cycle \(expected.count)")
    }
    guard try log.events(EventQuery(.all)).map(\.id) == expected else { throw Unexpected(description: "reads at the end") }
    let summary = try LogVerification(log).run { FaultChild.say("fault \($0)") }
    guard summary.findings == 0 else { throw Unexpected(description: "\(summary.findings) findings") }
    FaultChild.say("whole \(summary.events)")
  }

  /// For a few events, and not for another log.
  private static let someRoom: UInt64 = 128 << 10
  private var kept: String { path + "-kept" }

  /// There is no room for a copy, and what was begun of it is gone again.
  private func refuseCopies(of log: LMDBEventLog) throws {
    func refuse(_ name: String, _ make: (String) throws(EventStoreError) -> Void) throws {
      let copy = "\(path)-\(name)"
      do throws(EventStoreError) { try make(copy) } catch {
        let parent = URL(fileURLWithPath: copy).deletingLastPathComponent().path
        let names = try FileManager.default.subpathsOfDirectory(atPath: parent)
        let litter =
          names.filter { $0.contains(".draft-") } + (FileManager.default.fileExists(atPath: copy + "/log") ? ["log"] : [])
        if "\(error)".contains("disk is full"), litter.isEmpty { return }
        throw Unexpected(description: "a \(name) on a full disk: \(error); left \(litter)")
      }
      throw Unexpected(description: "there is room for a \(name)")
    }
    try refuse("backup") { (path) throws(EventStoreError) in try log.backup(to: path) }
    try refuse("segment") { (path) throws(EventStoreError) in try log.writeSegment(after: nil, to: path) }
    try refuse("restored") { (path) throws(EventStoreError) in
      _ = try LMDBEventLog.restore(DataDirectory(kept), to: DataDirectory(path))
    }
  }

  private func event(_ random: inout SeededGenerator) -> NewEvent {
    var event = NewEvent.sample(StreamID("fill-\(UInt64.random(in: 0..<10, using: &random))"), at: .now())
    event.payload = [UInt8](repeating: 7, count: .random(in: 0...5_000, using: &random))
    return event
  }

  private func append(_ log: LMDBEventLog, _ random: inout SeededGenerator, _ expected: inout [UUID]) async throws {
    let event = event(&random)
    _ = try await log.append(AppendRequest([event]))
    expected.append(event.id)
  }

  private func appendUntilRefused(
    _ log: LMDBEventLog, _ random: inout SeededGenerator, _ expected: inout [UUID]
  ) async throws -> NewEvent {
    for _ in 0..<10_000 {
      let event = event(&random)
      do throws(EventStoreError) {
        _ = try await log.append(AppendRequest([event]))
        expected.append(event.id)
      } catch {
        guard error == .readOnly(.diskFull) else { throw error }
        return event
      }
    }
    throw Unexpected(description: "the disk is never full")
  }
}
