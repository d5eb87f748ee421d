import Foundation
import LMDB
import TestSupport
import Testing

@Suite("LMDB environments")
struct EnvironmentTests {
  private let folder = TemporaryFolder()

  private func open(_ name: String = "env", access: Environment.Access = .readWrite) throws -> Environment {
    try Environment(path: folder.path(name), tables: ["rows"], options: .init(access: access, mapSizeBytes: 1 << 30))
  }

  private func put(_ keys: ClosedRange<UInt64>, in environment: Environment) throws {
    let rows = environment.table("rows", UInt64.self, String.self)
    for key in keys {
      try environment.write { txn in
        try txn.put(key, "value \(key)", in: rows)
        return .commit(())
      }
    }
  }

  @Test("what is committed is there after opening again, sorted by key")
  func keeps() throws {
    var environment: Environment? = try open()
    try put(1...300, in: #require(environment))
    environment = nil
    let again = try open(access: .readOnly)
    let rows = again.table("rows", UInt64.self, String.self)
    let keys = try again.read { txn in
      try txn.withCursor(in: rows) { (cursor: inout Cursor<UInt64, String>) throws(LMDBError) -> [UInt64] in
        var keys: [UInt64] = []
        var found = try cursor.first()
        while found {
          if let key = UInt64(keyBytes: cursor.keyBytes) { keys.append(key) }
          found = try cursor.next()
        }
        return keys
      }
    }
    #expect(keys == Array(1...300))
    #expect(try again.read { txn in try txn.get(77, in: rows) } == "value 77")
    #expect(try again.read { txn in try txn.get(301, in: rows) } == nil)
  }

  @Test("an abort, and an error, leave nothing behind")
  func aborts() throws {
    let environment = try open()
    let rows = environment.table("rows", UInt64.self, String.self)
    struct Refused: Error {}
    try environment.write { txn in
      try txn.put(1, "x", in: rows)
      return .abort(())
    }
    #expect(throws: Refused.self) {
      try environment.write { txn throws -> LMDB.Outcome<Void> in
        try txn.put(1, "x", in: rows)
        throw Refused()
      }
    }
    #expect(try environment.read { txn in try txn.count(of: rows) } == 0)
  }

  @Test("appending refuses a key that is not the greatest")
  func appends() throws {
    let environment = try open()
    let rows = environment.table("rows", UInt64.self, String.self)
    #expect(throws: LMDBError.keyExists) {
      try environment.write { (txn) throws(LMDBError) in
        try txn.put(5, "x", in: rows, .append)
        try txn.put(5, "y", in: rows, .append)
        return .commit(())
      }
    }
  }

  @Test("a key that LMDB could never hold is refused, not reported as missing", arguments: [0, 512])
  func keySizes(_ count: Int) throws {
    let environment = try open()
    let rows = environment.table("rows", [UInt8].self, String.self)
    #expect(throws: LMDBError.badValueSize) {
      try environment.read { (txn) throws(LMDBError) in try txn.get([UInt8](repeating: 1, count: count), in: rows) }
    }
  }

  @Test("a process opens an environment once at a time, whatever the path is called")
  func openedTwice() throws {
    let environment = try open()
    let other = folder.path("other")
    try FileManager.default.createSymbolicLink(atPath: other, withDestinationPath: environment.path)
    #expect(throws: LMDBError.openedTwice(path: environment.path)) { try open() }
    #expect(throws: LMDBError.openedTwice(path: other)) { try open("other") }
    withExtendedLifetime(environment) {}
  }

  @Test("it can be opened again once it is closed")
  func reopened() throws {
    for _ in 0..<3 { try put(1...2, in: open()) }
  }

  @Test("a missing table is an error, never an empty one")
  func missingTable() throws {
    _ = try open()
    #expect(throws: LMDBError.notFound) { try Environment(path: folder.path("env"), tables: ["rows", "others"]) }
  }

  @Test("a map that is full refuses, and what was committed stays")
  func mapFull() throws {
    let environment = try Environment(path: folder.path("small"), tables: ["rows"], options: .init(mapSizeBytes: 1 << 17))
    let rows = environment.table("rows", UInt64.self, [UInt8].self)
    func put(_ bytes: Int) throws {
      try environment.write { (txn) throws(LMDBError) in
        try txn.put(UInt64(bytes), [UInt8](repeating: 7, count: bytes), in: rows)
        return .commit(())
      }
    }
    try put(1_000)
    #expect(throws: LMDBError.mapFull) { try put(1 << 20) }
    try put(1_001)
    #expect(try environment.read { txn in try txn.count(of: rows) } == 2)
  }

  @Test("there is nothing to read where there is nothing")
  func absent() {
    #expect(throws: LMDBError.system(errno: ENOENT)) { try open("nowhere", access: .readOnly) }
  }

  @Test("a file that is not LMDB's, or is cut short, is refused before it is mapped", arguments: [0, 1, 4_096, 8_191, 8_192])
  func truncated(_ length: Int) throws {
    try put(1...50, in: open())
    let file = folder.path("env/data.mdb")
    let bytes = try Data(contentsOf: URL(fileURLWithPath: file))
    try bytes.prefix(length).write(to: URL(fileURLWithPath: file))
    #expect(throws: LMDBError.self) { try open() }
    try Data(repeating: 0x41, count: 20_000).write(to: URL(fileURLWithPath: file))
    #expect(throws: LMDBError.self) { try open(access: .readOnly) }
  }

  @Test("the two meta pages pass the look before mapping after every number of commits")
  func preflight() throws {
    for _ in 0..<12 { try put(1...1, in: open()) }
  }

  /// Replaces the eight bytes at `offset` of the file. - Returns: How many rows there are then.
  private func count(after value: UInt64, at offset: UInt64) throws -> Int {
    let file = try FileHandle(forUpdating: URL(fileURLWithPath: folder.path("env/data.mdb")))
    try file.seek(toOffset: offset)
    try file.write(contentsOf: withBytes(of: value))
    try file.close()
    let environment = try open(access: .readOnly)
    return try environment.read { txn in try txn.count(of: environment.table("rows", UInt64.self, String.self)) }
  }

  private func withBytes(of value: UInt64) -> Data { Data((0..<8).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }) }

  @Test(
    "the meta page that was being written when the power went may be torn: the other one counts",
    arguments: [48, 80, 128, 136] as [UInt64])
  func tornMeta(_ field: UInt64) throws {
    try put(1...5, in: open())
    // The tables were made by transaction 1, the rows by 2 to 6: page 1 is the older one.
    #expect(try count(after: 77_777, at: 4_096 + field) == 5)
  }

  @Test(
    "a meta page that counts is refused if it points nowhere",
    arguments: [(136, 0), (136, 1), (136, UInt64.max), (128, 1), (128, 1 << 40), (144, 8)] as [(UInt64, UInt64)])
  func impossibleMeta(_ field: UInt64, _ value: UInt64) throws {
    try put(1...5, in: open())
    #expect(throws: LMDBError.self) { try count(after: value, at: field) }
  }

  @Test("a lock has one holder, and says who")
  func locks() throws {
    let path = folder.path("lock")
    var lock: FileLock? = try FileLock(path: path, holder: "process 7")
    #expect(throws: FileLock.Failure.held(by: "process 7")) { try FileLock(path: path, holder: "process 8") }
    withExtendedLifetime(lock) {}
    lock = nil
    _ = try FileLock(path: path, holder: "process 8")
  }
}
