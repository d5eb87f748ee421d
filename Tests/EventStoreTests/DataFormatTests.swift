@testable import EventStore
import Foundation
import LMDB
import TestSupport
import Testing

/// The bytes that `docs/data-format.md` shows, held against the code in both directions.
@Suite("The data format, as documented")
struct DataFormatTests {
  private static let document = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent(
      "docs/data-format.md")

  private let folder = TemporaryFolder()
  private let identity: LogFile.Identity
  private let clock: ManualClock
  private let log: InMemoryEventLog

  /// The third event of the document's log.
  private static let event = NewEvent(
    id: id(0x7003), stream: "pkg-7", type: "dossier.v1.ApplicationSaved", tags: ["rep:3", "package:7"],
    origin: Origin(command: id(0x4003), commandDigest: 0x0102_0304_0506_0708, correlation: id(0x4001), actor: "officer/77"),
    payload: [0x08, 0x07], sealed: SealedPayload(subject: id(0x7009), bytes: [0xC0, 0xFF, 0xEE]))

  private static func id(_ number: UInt64) -> UUID {
    UUID(high: 0x0189_C110_0580_0000 | number, low: 0x8000_0000_0000_0000 | number)
  }

  init() async throws {
    let created = try #require(Timestamp(rfc3339: "2023-08-01T12:00:00Z"))
    let lineage = Lineage(id: UUID(high: 0x0189_B0F8_2600_7A3E, low: 0x9B41_5F0F_3C1D_2E4F), epoch: 0)
    identity = LogFile.Identity(format: 2, lineage: lineage, created: created)
    clock = ManualClock(try #require(Timestamp(rfc3339: "2023-08-04T15:00:00Z")))
    log = InMemoryEventLog(lineage: lineage, clock: clock.read)
    let before = [
      NewEvent(
        id: Self.id(0x7001), stream: "pkg-7", type: "dossier.v1.ApplicationCreated", tags: ["rep:3", "package:7"],
        origin: Origin(command: Self.id(0x4001), actor: "officer/77"), payload: []),
      NewEvent(
        id: Self.id(0x7002), stream: "msg-7", type: "dossier.v1.ApplicationMessageSent", tags: ["rep:3"],
        origin: Origin(command: Self.id(0x4001), actor: "officer/77"), payload: []),
    ]
    _ = try await log.append(AppendRequest(before))
    clock.advance(bySeconds: 1)
    _ = try await log.append(AppendRequest([Self.event]))
  }

  /// The lines under a heading of the document that show bytes: where they stand, and which they are.
  private func lines(under heading: String) throws -> [(offset: Int, bytes: [UInt8], meaning: String)] {
    let text = try String(contentsOf: Self.document, encoding: .utf8)
    let section = try #require(text.components(separatedBy: heading + "\n").dropFirst().first).components(separatedBy: "\n#")[0]
    return section.matches(of: /\n    (\d+) +((?:[0-9a-f]{2} )+) +(.*)/).map { match in
      (Int(match.1) ?? -1, match.2.split(separator: " ").compactMap { UInt8($0, radix: 16) }, String(match.3))
    }
  }

  private func bytes(under heading: String) throws -> [UInt8] {
    try lines(under: heading).reduce(into: []) { bytes, line in
      #expect(line.offset == bytes.count, "\(heading): \(line.meaning)")
      bytes += line.bytes
    }
  }

  @Test("the record in the document is what the code writes, and is read as the event that the document tells of")
  func record() throws {
    let documented = try bytes(under: "### A record, byte by byte")
    var written: [UInt8] = []
    var types: [RecordType] = []
    try log.read(EventQuery(.all, from: .position(position(3)))) { event in
      written = [UInt8](event.record)
      types = event.types
      return .stop
    }
    #expect(documented == written, "\(written.map { String($0, radix: 16) })")
    let format = RecordFormat(of: identity.lineage.id)
    let fault = documented.withValueBytes {
      EventView.headerFault(in: $0, at: position(3), format: format, typeCount: 3)
        ?? EventView.payloadFault(in: $0, typeDigest: types[2].digest)
    }
    #expect(fault == nil)
    documented.withValueBytes { bytes in
      let event = StoredEvent(EventView(checked: bytes, at: position(3), types: types))
      let expected = StoredEvent(
        Self.event, position: position(3), revision: 1, logTime: clock.now, wallTime: clock.now, prefixHash: log.head().prefixHash)
      #expect(event == expected)
    }
  }

  @Test("the rows in the document are what the code writes")
  func rows() throws {
    let file = try LogFile(path: folder.path("log"), access: .readWrite, new: identity)
    try file.environment.write { (txn) throws(LMDBError) in
      for (number, type) in ["dossier.v1.ApplicationCreated", "dossier.v1.ApplicationMessageSent", "dossier.v1.ApplicationSaved"]
        .enumerated()
      {
        try file.store(EventTypeName(type), number: UInt64(number + 1), in: &txn)
      }
      return .commit(())
    }
    let (meta, type) = try file.environment.read { (txn) throws(LMDBError) in
      (
        try txn.get("identity", in: file.environment.table("meta", String.self, [UInt8].self)),
        try txn.get(3, in: file.environment.table("types", UInt64.self, [UInt8].self))
      )
    }
    #expect(
      try bytes(under: "### The row of the log's identity, byte by byte") == meta,
      "\(String(describing: meta?.map { String($0, radix: 16) }))")
    #expect(
      try bytes(under: "### The row of an event type, byte by byte") == type,
      "\(String(describing: type?.map { String($0, radix: 16) }))")
    #expect(try file.identity() == identity)
  }

  @Test("the line in the document is what the code writes into the file format")
  func formatFile() throws {
    let directory = DataDirectory(folder.path)
    try FormatFile.write(identity, to: directory)
    let line = try String(contentsOfFile: folder.path("format"), encoding: .utf8)
    #expect(try String(contentsOf: Self.document, encoding: .utf8).contains("## format\n\n    " + line), "\(line)")
    #expect(try FormatFile(directory)?.number == 2)
  }
}
