import EventStore
import Foundation
import LMDB
import Schema
import Testing
import TestSupport

@testable import Projections

@Suite("Rows at work")
struct WorkingRowsTests {
  private static let kinds: [UInt8] = [AccountInbox.Kind.message, 7]

  /// What is done to one row.
  private struct Step {
    let key: RowKey
    /// `nil`: it is deleted.
    let row: InboxRow?

    init(using random: inout SeededGenerator) {
      let account = UUID(high: 1, low: UInt64.random(in: 0..<2, using: &random))
      let kind = WorkingRowsTests.kinds[Int.random(in: 0..<2, using: &random)]
      key = RowKey(account, kind, UUID(high: 2, low: UInt64.random(in: 0..<12, using: &random)))
      let (position, isRow) = (random.next(), Int.random(in: 0..<3, using: &random) > 0)
      row = isRow ? .with { ($0.position, $0.text.subject) = (position, String(position)) } : nil
    }
  }

  @Test(
    "whatever is put, changed, deleted and stored in between, rows are what was done to them",
    arguments: 1...40 as ClosedRange<UInt64>)
  func model(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let folder = TemporaryFolder()
    let store = try ViewStore(path: folder.path("rows"), .new)
    var rows = WorkingRows()
    var model: [RowKey: InboxRow] = [:]
    for _ in 0..<400 {
      let step = Step(using: &random)
      if let row = step.row, model[step.key] != nil, Bool.random(using: &random) {
        try rows.update(step.key, or: .damagedRow("none")) { (old: inout InboxRow) in old = row }
      } else if let row = step.row {
        rows.put(step.key, row)
      } else {
        rows.delete(step.key)
      }
      model[step.key] = step.row
      if Int.random(in: 0..<60, using: &random) == 0 {
        try drain(&rows, into: store)
        #expect(rows.contentBytes == 0)
      }
      let key = Step(using: &random).key
      #expect(try rows.get(key, as: InboxRow.self) == model[key])
      if model[key] == nil {
        #expect(throws: ProjectionError.damagedRow("none")) {
          try rows.update(key, or: .damagedRow("none")) { (_: inout InboxRow) in }
        }
      }
    }
    try drain(&rows, into: store)
    var stored: [RowKey: InboxRow] = [:]
    try store.read { (snapshot) throws(ProjectionError) in
      try snapshot.forEachRow(from: .lowest) { (key, bytes) throws(ProjectionError) in
        stored[key] = try InboxRow(row: bytes)
        return .next
      }
    }
    #expect(stored == model)
  }

  private func drain(_ rows: inout WorkingRows, into store: ViewStore) throws {
    let changes = try rows.drain(into: store)
    #expect(changes.map(\.key) == changes.map(\.key).sorted(), "they come in the order of their keys")
    try store.write { (table) throws(ProjectionError) in
      for change in changes { try table.store(change) }
    }
  }

  @Test("a row of another kind than was asked for is damage, not nothing")
  func otherRow() {
    var rows = WorkingRows()
    let key = RowKey(.zero, 1)
    rows.put(key, ChangedRow())
    #expect(throws: ProjectionError.damagedRow("dossier.v1.DraftRow")) { try rows.get(key, as: DraftRow.self) }
    #expect(throws: ProjectionError.damagedRow("dossier.v1.DraftRow")) {
      try rows.update(key, or: .damagedRow("none")) { (_: inout DraftRow) in }
    }
  }

  @Test("an identifier is read from its text, and from no other text")
  func identifiers() {
    let text = Array("01234567-89ab-cdef-fedc-ba9876543210".utf8)
    for place in text.indices {
      for byte in UInt8.min...UInt8.max {
        var changed = text
        changed[place] = byte
        let isHyphen = text[place] == UInt8(ascii: "-")
        let isIdentifier = (isHyphen ? "-" : "0123456789abcdef").utf8.contains(byte)
        let read = UUID(ascii: changed.span.raw)?.uuidString.lowercased()
        #expect(read == (isIdentifier ? String(decoding: changed, as: UTF8.self) : nil))
      }
    }
    let short = Array(text.dropLast())
    let read = UUID(ascii: short.span.raw)
    #expect(read == nil)
  }
}
