import CloudEvents
import EventStore
import Foundation
import TestSupport
import Testing

/// Every attribute of every line of an export is changed, one at a time, and the export is imported. The prefix hash of a log covers them all.
@Suite("Exports of which one attribute was changed")
struct ChangedExportTests {
  private let programs = Programs()
  private let folder = TemporaryFolder()

  /// What the program checks from line to line, and not the log: `ImportTests` has it.
  private static let ofTheExport: Set = ["head", "source", "specversion", "datacontenttype"]

  private struct Case {
    let line: Int
    let attribute: String
    let value: String
  }

  /// The other values that each attribute gets: one character changed, one added, and that of the next line where it differs.
  private func cases(_ lines: [[String: String]]) -> [Case] {
    lines.indices.flatMap { line in
      lines[line].sorted(by: <).filter { !Self.ofTheExport.contains($0.key) }.flatMap { attribute, value in
        var others = Set([value + "7", value + "A", lines[(line + 1) % lines.count][attribute] ?? ""])
        for place in [value.startIndex, value.index(value.startIndex, offsetBy: value.count / 2)] where place < value.endIndex {
          for character in ["0", "1", "x"] { others.insert(value.replacingCharacters(in: place...place, with: character)) }
        }
        return others.subtracting([value]).sorted().map { Case(line: line, attribute: attribute, value: $0) }
      }
    }
  }

  @Test("are refused at that line, or are the same in other characters", arguments: ["incredible", "french"])
  func changed(sample: String) throws {
    #expect(try programs.portal("act", "--clock", "input", Programs.sample(sample)).exit == 0)
    let lines = try programs.replay("export").output.split(separator: "\n")
    let attributes = try lines.map { try JSONDecoder().decode([String: String].self, from: Data($0.utf8)) }
    let events = try lines.map { try CloudEvent(line: Array($0.utf8)) }
    var random = SeededGenerator(seed: Depth.seed)
    let all = cases(attributes).shuffled(using: &random)
    #expect(Set(all.map(\.attribute)).count >= 15)
    var counts = (refused: 0, same: 0)
    for (number, one) in all.prefix(Depth.isDeep ? all.count : 120).enumerated() {
      var changed = attributes[one.line]
      changed[one.attribute] = one.value
      guard let event = try? CloudEvent(line: Array(JSONEncoder().encode(changed))) else {
        counts.refused += 1
        continue
      }
      guard event != events[one.line] else {
        counts.same += 1
        continue
      }
      let log = try LogImport(into: DataDirectory(folder.path("\(number)")), from: events[0].log)
      for before in events.prefix(one.line) { try log.add(before.event) }
      #expect(throws: EventStoreError.self, "\(one.attribute) of line \(one.line + 1), seed \(Depth.seed)") {
        try log.add(event.event)
      }
      counts.refused += 1
    }
    Depth.report("changed exports, \(sample): \(counts.refused) refused, \(counts.same) the same, of \(all.count)")
  }
}
