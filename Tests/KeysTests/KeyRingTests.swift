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
    try await introduce(try KeyRing(path: keys, log: log))
    try await commit(to: SymmetricKey(size: .bits256))
    await #expect(throws: KeyError.subjectKeyMissing(subject: subject)) { try await make() }
    let reader = try KeyReader(path: keys, log: log)
    guard case .missing = reader.key(of: subject) else {
      Issue.record("a missing key is \(reader.key(of: subject))")
      return
    }
  }

  @Test("a folder that is gone is not made anew for a log that has events")
  func folderMissing() async throws {
    try await commit(to: SymmetricKey(size: .bits256))
    #expect(throws: KeyError.folderMissing(path: keys)) { try KeyRing(path: keys, log: log) }
    #expect(!FileManager.default.fileExists(atPath: keys))
  }

  @Test("a key that is not the one in the log is not used")
  func commitment() async throws {
    let ring = try KeyRing(path: keys, log: log)
    _ = try await ring.keys(of: [subject])
    try await introduce(ring)
    try await commit(to: SymmetricKey(size: .bits256))
    await #expect(throws: KeyError.commitmentMismatch(subject: subject)) { try await ring.keys(of: [subject]) }
    let reader = ring.reader
    guard case .missing = reader.key(of: subject) else {
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

  @Test("the keys of another log are refused once the log commits to its own, by who writes and who reads")
  func foreign() async throws {
    try await introduce(try KeyRing(path: keys, log: log))
    #expect(try KeyRing(path: keys, log: log).introduction() == nil)
    let other = folder.path("other")
    _ = try KeyRing(path: other, log: InMemoryEventLog())
    #expect(throws: KeyError.foreign(path: other)) { try KeyRing(path: other, log: log) }
    #expect(throws: KeyError.foreign(path: other)) { try KeyReader(path: other, log: log) }
    try FileManager.default.removeItem(atPath: other + "/master.key")
    #expect(throws: KeyError.foreign(path: other)) { try KeyReader(path: other, log: log) }
  }

  @Test("a log from before commitments is held against its subjects' keys, and then commits to the folder that has them")
  func older() async throws {
    let made = try await make()
    try await commit(to: made.key)
    let other = folder.path("other")
    _ = try KeyRing(path: other, log: InMemoryEventLog())
    #expect(throws: KeyError.foreign(path: other)) { try KeyRing(path: other, log: log) }
    #expect(try KeyRing(path: keys, log: log).introduction() != nil)
  }

  @Test("only what the log says was destroyed counts as destroyed, even while the key is still in the folder")
  func destroyed() async throws {
    let ring = try KeyRing(path: keys, log: log)
    let key = try #require(try await ring.keys(of: [subject])[subject]).key
    try await introduce(ring)
    try await commit(to: key)
    try await append(SubjectKeyDestroyed.with { $0.subjectID = subject.data }, to: StreamNames.privacy(subject))
    guard case .destroyed = ring.reader.key(of: subject) else {
      Issue.record("a destroyed key is \(ring.reader.key(of: subject))")
      return
    }
    await #expect(throws: KeyError.subjectKeyDestroyed(subject: subject)) { try await ring.keys(of: [subject]) }
    #expect(try ring.reader.audit().destroyed == 1)
  }

  @Test("an audit counts the subjects of the log, and which of their keys are there and right")
  func audit() async throws {
    let ring = try KeyRing(path: keys, log: log)
    #expect(try !ring.reader.audit().isNeeded)
    let key = try #require(try await ring.keys(of: [subject])[subject]).key
    try await introduce(ring)
    try await commit(to: key)
    #expect(try ring.reader.audit().isWhole && ring.reader.audit().words == "Keys: 1 of 1 subjects can be opened")
    try await commit(to: SymmetricKey(size: .bits256), of: UUID())
    let audit = try ring.reader.audit()
    #expect(!audit.isWhole && (audit.subjects, audit.usable, audit.missing) == (2, 1, 1))
    #expect(try KeyReader(openingNothingOf: log).audit().words.contains("0 of 2 subjects"))
  }

  @Test("a master key that is put there before first use is used")
  func masterFirst() throws {
    try FileManager.default.createDirectory(atPath: keys, withIntermediateDirectories: true)
    try Data(repeating: 7, count: 32).write(to: URL(fileURLWithPath: keys + "/master.key"))
    _ = try KeyRing(path: keys, log: log)
    #expect(try Data(contentsOf: URL(fileURLWithPath: keys + "/master.key")) == Data(repeating: 7, count: 32))
  }

  private func make() async throws -> KeyRing.Held {
    try #require(try await KeyRing(path: keys, log: log).keys(of: [subject])[subject])
  }

  private func introduce(_ ring: KeyRing) async throws {
    try await append(try #require(try ring.introduction()), to: StreamNames.engineKey)
  }

  private func commit(to key: SymmetricKey, of other: UUID? = nil) async throws {
    let subject = other ?? subject
    let created = SubjectKeyCreated.with {
      $0.subjectID = subject.data
      $0.commitment = KeyCommitment.of(key, subject: subject)
    }
    try await append(created, to: StreamNames.privacy(subject))
  }

  private func append(_ message: some EventMessage, to stream: String) async throws {
    var random = SystemRandomNumberGenerator()
    let event = NewEvent(
      id: .v7(at: Timestamp(microseconds: 0), using: &random), stream: StreamID(stream),
      type: EventTypeName(type(of: message).protoMessageName), origin: Origin(command: UUID(), actor: "system"),
      payload: try message.serializedBytes())
    _ = try await log.append(AppendRequest([event]))
  }
}
