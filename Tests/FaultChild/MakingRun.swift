import EventStore
import Foundation

/// Makes what `portal admin` makes of a log: a log of its events again, a backup, a segment, a log of a backup.
///
/// It says `yes NUMBER 0` of each of the works that is done, `refused TEXT` of an error, after which it tries once more; `done` at the end.
struct MakingRun {
  enum Work: String {
    case imported, backup, segment
    /// From the backup and the segment at once.
    case restored
    /// From the backup; then the segment is added.
    case followed
  }

  let works: [Work]
  /// A folder: `data` is the log, `early` the same log as it was before, which is backed up, with keys.
  let source: String
  /// A folder, in which each work has its name.
  let target: String
  /// Says yes before it begins: the control that must be found out.
  var lies = false

  /// - Parameter works: Names of works, with commas between.
  init?(_ works: String, source: String, target: String, lies: Bool = false) {
    let names = works.split(separator: ",")
    self.works = names.compactMap { Work(rawValue: String($0)) }
    guard self.works.count == names.count else { return nil }
    (self.source, self.target, self.lies) = (source, target, lies)
  }

  /// - Returns: Whether everything is there.
  func run() -> Bool {
    if lies { for lane in works.indices { FaultChild.say("yes \(lane) 0") } }
    for (lane, work) in works.enumerated() {
      var isMade = false
      for _ in 1...2 where !isMade {
        do throws(EventStoreError) {
          try make(work)
          isMade = true
        } catch {
          FaultChild.say("refused \(error)")
          guard !hasLitter else { return false }
          // After an error, too: what has its name is whole.
          isMade = isThere(work)
        }
      }
      guard isMade else { return false }
      FaultChild.say("yes \(lane) 0")
    }
    FaultChild.say("done")
    return true
  }

  /// What is there: `holds N N …`, for each of the works 1 if it is there whole, 0 if it is not there.
  /// - Parameter finishing: Whether to make first what is not there.
  func state(finishing: Bool) throws -> String {
    // The logs they come from are opened for writing: that must go on.
    let (all, backedUp) = (try writable(data), try writable(early).events.count)
    var counts: [Int] = []
    for work in works {
      if finishing, !isThere(work) { try make(work) }
      if let fault = try fault(in: work, of: all, backedUp: backedUp) { return "fault \(work): \(fault)" }
      counts.append(isThere(work) ? 1 : 0)
    }
    return "holds " + counts.map(String.init).joined(separator: " ")
  }

  // MARK: Making

  private var early: DataDirectory { DataDirectory(source + "/early") }
  private var data: DataDirectory { DataDirectory(source + "/data") }
  private func path(_ work: Work) -> String { "\(target)/\(work)" }
  private func directory(_ work: Work) -> DataDirectory { DataDirectory(path(work)) }

  private func isThere(_ work: Work) -> Bool {
    switch work {
    case .backup, .segment: FileManager.default.fileExists(atPath: path(work))
    case .imported, .restored: FileManager.default.fileExists(atPath: directory(work).log)
    case .followed: (try? reader(directory(work)).head()) == (try? reader(data).head())
    }
  }

  /// What a work that was given up may not leave: it would keep a full disk full.
  private var hasLitter: Bool {
    works.contains { work in
      let beside = (try? FileManager.default.contentsOfDirectory(atPath: target)) ?? []
      let inside = (try? FileManager.default.contentsOfDirectory(atPath: path(work))) ?? []
      return (beside + inside).contains { $0.contains(".draft-") }
    }
  }

  private func reader(_ directory: DataDirectory) throws(EventStoreError) -> LMDBEventLog {
    try LMDBEventLog(directory: directory, options: .init(access: .readOnly))
  }

  private func make(_ work: Work) throws(EventStoreError) {
    switch work {
    case .imported:
      let original = try reader(data)
      let log = try LogImport(into: directory(work), from: original.lineage.id)
      for event in try original.events(EventQuery(.all)) { try log.add(event) }
      _ = try log.finish()
    case .backup: try reader(early).backup(to: path(work), scope: .logAndKeys)
    case .segment:
      // One event that the backup has, too.
      try reader(data).writeSegment(after: reader(early).head().position?.previous, to: path(work))
    case .restored: try restore(to: directory(work), adding: [path(.segment)])
    case .followed:
      if !FileManager.default.fileExists(atPath: directory(work).log) { try restore(to: directory(work), adding: []) }
      _ = try LMDBEventLog.add(segment: path(.segment), to: directory(work))
    }
  }

  private func restore(to directory: DataDirectory, adding segments: [String]) throws(EventStoreError) {
    _ = try LMDBEventLog.restore(self.directory(.backup), adding: segments, to: directory)
  }

  // MARK: Looking

  private typealias Content = (events: [StoredEvent], lineage: Lineage)

  /// What is wrong with a work that is there.
  /// - Parameters:
  ///   - all: What the log holds.
  ///   - backedUp: How many of its events are in the backup.
  private func fault(in work: Work, of all: Content, backedUp: Int) throws -> String? {
    switch work {
    case .segment where isThere(work):
      let trial = DataDirectory(target + "/trial")
      defer { try? FileManager.default.removeItem(atPath: trial.path) }
      _ = try LMDBEventLog.restore(early, adding: [path(work)], to: trial)
      return try fault(in: trial, having: all.events.count..., of: all)
    case .imported where isThere(work): return try fault(in: directory(work), having: all.events.count..., of: all)
    case .restored where isThere(work):
      return try fault(in: directory(work), having: all.events.count..., of: all) ?? keyFault(in: work)
    case .backup where isThere(work):
      return try fault(in: directory(work), having: backedUp...backedUp, of: all, isBranch: false) ?? keyFault(in: work)
    case .followed where FileManager.default.fileExists(atPath: directory(work).log):
      return try fault(in: directory(work), having: backedUp..., of: all) ?? keyFault(in: work)
    default: return nil
    }
  }

  private func writable(_ directory: DataDirectory) throws -> Content {
    let log = try LMDBEventLog(directory: directory)
    defer { log.close() }
    return (try log.events(EventQuery(.all)), log.lineage)
  }

  private func fault(
    in directory: DataDirectory, having count: some RangeExpression<Int>, of all: Content, isBranch: Bool = true
  ) throws -> String? {
    let log = try LMDBEventLog(directory: directory)
    defer { log.close() }
    let events = try log.events(EventQuery(.all))
    guard count ~= events.count, events == Array(all.events.prefix(events.count)) else { return "other events than in the source" }
    guard log.lineage.id == all.lineage.id, (log.lineage != all.lineage) == isBranch else { return "another lineage" }
    var finding: LogVerification.Finding?
    _ = try LogVerification(log).run { finding = finding ?? $0 }
    return finding.map { "verification: \($0)" }
  }

  private func keyFault(in work: Work) throws -> String? {
    try LogAnswers.rawValues(in: directory(work).keys) == LogAnswers.rawValues(in: early.keys)
      ? nil : "other keys than in the source"
  }
}
