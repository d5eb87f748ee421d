import Crypto
import Domain
import EventStore
import Foundation
import Schema
import TestSupport
import Testing

@testable import Keys

@Suite struct KeyRingTests {
  let folder: TemporaryFolder
  let keys: String
  let subject = UUID()
  let log = InMemoryEventLog()

  init() throws {
    folder = TemporaryFolder()
    keys = folder.path + "/keys"
  }

  @Test("a key is opened once the log commits to it, and is the same after opening again")
  func durable() async throws {
    let made = try await make()
    #expect(!made.isCommitted)
    #expect(throws: KeyError.commitmentMismatch(subject: subject)) { try KeyReader(path: keys, log: log).open(subject) }
    try await commit(to: made.key)
    do {
      let reader = try KeyReader(path: keys, log: log)
      #expect(try reader.open(subject) == made.key)
      #expect(try reader.open(UUID()) == nil)
    }
    let again = try await make()
    #expect(again.key == made.key && again.id == made.id && again.isCommitted)
  }

  @Test("asking twenty times at once makes one key")
  func once() async throws {
    let ring = try KeyRing(path: keys, log: log)
    let made = try await withThrowingTaskGroup(of: UUID?.self) { group in
      for _ in 0..<20 { group.addTask { [subject] in try await ring.keys(of: [subject])[subject]?.id } }
      return try await group.reduce(into: Set<UUID?>()) { $0.insert($1) }
    }
    #expect(made.count == 1)
  }

  @Test("a key that the log knows is never replaced by a new one")
  func missing() async throws {
    _ = try KeyRing(path: keys, log: log)
    try await commit(to: SymmetricKey(size: .bits256))
    await #expect(throws: KeyError.subjectKeyMissing(subject: subject)) { try await make() }
  }

  @Test("a folder that is gone is not made anew for a log that has events")
  func folderMissing() async throws {
    try await commit(to: SymmetricKey(size: .bits256))
    #expect(throws: KeyError.folderMissing(path: keys)) { try KeyRing(path: keys, log: log) }
    #expect(!FileManager.default.fileExists(atPath: keys))
  }

  @Test("a key that is not the one in the log is not used")
  func commitment() async throws {
    _ = try await make()
    try await commit(to: SymmetricKey(size: .bits256))
    await #expect(throws: KeyError.commitmentMismatch(subject: subject)) { try await make() }
    let reader = try KeyReader(path: keys, log: log)
    guard case .withheld = reader.key(of: subject) else {
      Issue.record("the key was lent")
      return
    }
  }

  @Test("the master key is 32 bytes that only its owner can read")
  func masterKeyFile() async throws {
    _ = try await make()
    let attributes = try FileManager.default.attributesOfItem(atPath: keys + "/master.key")
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    #expect(attributes[.size] as? Int == 32)
    #expect(try FileManager.default.attributesOfItem(atPath: keys)[.posixPermissions] as? Int == 0o700)
  }

  @Test("a lost master key is never replaced by a new one")
  func lost() async throws {
    _ = try await make()
    let file = keys + "/master.key"
    try FileManager.default.removeItem(atPath: file)
    #expect(throws: KeyError.masterKeyMissing(path: file)) { try KeyRing(path: keys, log: log) }
    let reader = try KeyReader(path: keys, log: log)
    #expect(!reader.canOpen)
    #expect(try reader.open(subject) == nil)
  }

  @Test("another master key is refused")
  func wrong() async throws {
    _ = try await make()
    let file = keys + "/master.key"
    try Data(repeating: 7, count: 32).write(to: URL(fileURLWithPath: file))
    #expect(throws: KeyError.masterKeyWrong(path: file)) { try KeyRing(path: keys, log: log) }
    #expect(throws: KeyError.masterKeyWrong(path: file)) { try KeyReader(path: keys, log: log) }
  }

  @Test("a file of another length is no master key", arguments: [0, 31, 33])
  func length(bytes: Int) throws {
    let file = folder.path + "/key"
    try Data(repeating: 7, count: bytes).write(to: URL(fileURLWithPath: file))
    #expect(throws: KeyError.masterKeyWrongLength(path: file, bytes: bytes)) {
      try KeyRing(path: keys, masterKeyFile: file, log: log)
    }
  }

  @Test("a master key kept elsewhere must be there already")
  func elsewhere() throws {
    let file = folder.path + "/key"
    #expect(throws: KeyError.masterKeyMissing(path: file)) { try KeyRing(path: keys, masterKeyFile: file, log: log) }
    try Data(repeating: 7, count: 32).write(to: URL(fileURLWithPath: file))
    _ = try KeyRing(path: keys, masterKeyFile: file, log: log)
    #expect(!FileManager.default.fileExists(atPath: keys + "/master.key"))
  }

  @Test("where there is no folder nothing is made and nothing opens")
  func reading() throws {
    let reader = try KeyReader(path: keys, log: log)
    #expect(!reader.canOpen)
    #expect(!FileManager.default.fileExists(atPath: keys))
  }

  @Test("the engine's digests are the same after opening again, and differ from folder to folder")
  func engineKeys() throws {
    let body = Data("body".utf8)
    func digests(_ path: String) throws -> (UInt64, [UInt8]) {
      let engine = try KeyRing(path: path, log: log).engine
      return (engine.commandDigest(of: body), engine.membershipHash(of: body))
    }
    #expect(try digests(keys) == digests(keys))
    #expect(try digests(keys) != digests(folder.path + "/others"))
  }

  private func make() async throws -> KeyRing.Held {
    try #require(try await KeyRing(path: keys, log: log).keys(of: [subject])[subject])
  }

  private func commit(to key: SymmetricKey) async throws {
    let created = SubjectKeyCreated.with {
      $0.subjectID = subject.data
      $0.commitment = KeyCommitment.of(key, subject: subject)
    }
    var random = SystemRandomNumberGenerator()
    let event = NewEvent(
      id: .v7(at: Timestamp(microseconds: 0), using: &random), stream: StreamID(StreamNames.privacy(subject)),
      type: EventTypeName(SubjectKeyCreated.protoMessageName), origin: Origin(command: UUID(), actor: "system"),
      payload: try created.serializedBytes())
    _ = try await log.append(AppendRequest([event]))
  }
}
