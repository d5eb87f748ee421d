import EventStore
import Foundation

/// Makes a log of the events of another, as `portal admin import` does of an export.
///
/// It says `yes 0 0` when the log is there; `refused TEXT` of an error, after which it tries once more; `done` at the end.
struct ImportRun {
  let source: DataDirectory
  let target: DataDirectory
  /// Says yes before it begins: the control that must be found out.
  var lies = false

  /// - Returns: Whether the log is there.
  func run() -> Bool {
    if lies { FaultChild.say("yes 0 0") }
    for _ in 1...2 {
      do throws(EventStoreError) { try make() } catch { FaultChild.say("refused \(error)") }
      guard isThere else { continue }
      // After an error, too: what has the log's name is the whole log.
      FaultChild.say("yes 0 0")
      FaultChild.say("done")
      return true
    }
    return false
  }

  private var isThere: Bool { FileManager.default.fileExists(atPath: target.log) }

  private func events() throws(EventStoreError) -> (of: Lineage, all: [StoredEvent]) {
    let log = try LMDBEventLog(directory: source, options: .init(access: .readOnly))
    return (log.lineage, try log.events(EventQuery(.all)))
  }

  private func make() throws(EventStoreError) {
    let events = try events()
    let log = try LogImport(into: target, from: events.of.id)
    for event in events.all { try log.add(event) }
    _ = try log.finish()
  }

  /// What is there: `holds 0` nothing, `holds 1` the whole log.
  /// - Parameter finishing: Whether to make it first if it is not there.
  func state(finishing: Bool) throws(EventStoreError) -> String {
    if finishing, !isThere { try make() }
    guard isThere else { return "holds 0" }
    let log = try LMDBEventLog(directory: target)
    defer { log.close() }
    guard try log.events(EventQuery(.all)) == events().all else { return "fault other events than in the source" }
    var finding: LogVerification.Finding?
    _ = try LogVerification(log).run { finding = finding ?? $0 }
    return finding.map { "fault verification: \($0)" } ?? "holds 1"
  }
}
