import Crypto
import Foundation
import Testing

@testable import Keys

@Suite struct KeyRingTests {
  let folder: TemporaryFolder
  let keys: String
  let subject = UUID()

  init() throws {
    folder = try TemporaryFolder()
    keys = folder.path + "/keys"
  }

  @Test("a key that was made is the same after opening again")
  func durable() async throws {
    let made = try await make()
    let reader = try KeyReader(path: keys)
    #expect(try reader.key(of: subject)?.key == made.key)
    #expect(try reader.key(of: subject)?.id == made.id)
    #expect(try reader.key(of: UUID()) == nil)
  }

  @Test("asking twice, even at once, makes one key")
  func once() async throws {
    let ring = try KeyRing(path: keys)
    let made: [SymmetricKey] = try await withThrowingTaskGroup(of: SymmetricKey?.self) { group in
      for _ in 0..<20 { group.addTask { [subject] in try await ring.keys(of: [subject])[subject]?.key } }
      return try await group.reduce(into: []) { if let key = $1, !$0.contains(key) { $0.append(key) } }
    }
    #expect(made.count == 1)
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
    #expect(throws: KeyError.masterKeyMissing(path: file)) { try KeyRing(path: keys) }
    let reader = try KeyReader(path: keys)
    #expect(!reader.canOpen)
    #expect(try reader.key(of: subject) == nil)
  }

  @Test("another master key is refused")
  func wrong() async throws {
    _ = try await make()
    let file = keys + "/master.key"
    try Data(repeating: 7, count: 32).write(to: URL(fileURLWithPath: file))
    #expect(throws: KeyError.masterKeyWrong(path: file)) { try KeyRing(path: keys) }
    #expect(throws: KeyError.masterKeyWrong(path: file)) { try KeyReader(path: keys) }
  }

  @Test("a file of another length is no master key", arguments: [0, 31, 33])
  func length(bytes: Int) throws {
    let file = folder.path + "/key"
    try Data(repeating: 7, count: bytes).write(to: URL(fileURLWithPath: file))
    #expect(throws: KeyError.masterKeyWrongLength(path: file, bytes: bytes)) {
      try KeyRing(path: keys, masterKeyFile: file)
    }
  }

  @Test("a master key kept elsewhere must be there already")
  func elsewhere() throws {
    let file = folder.path + "/key"
    #expect(throws: KeyError.masterKeyMissing(path: file)) { try KeyRing(path: keys, masterKeyFile: file) }
    try Data(repeating: 7, count: 32).write(to: URL(fileURLWithPath: file))
    _ = try KeyRing(path: keys, masterKeyFile: file)
    #expect(!FileManager.default.fileExists(atPath: keys + "/master.key"))
  }

  @Test("where there is no folder nothing is made and nothing opens")
  func reading() throws {
    let reader = try KeyReader(path: keys)
    #expect(!reader.canOpen)
    #expect(!FileManager.default.fileExists(atPath: keys))
  }

  @Test("only the key that the log committed to is accepted")
  func commitment() async throws {
    let ring = try KeyRing(path: keys)
    let other = UUID()
    let made = try await ring.keys(of: [subject, other])
    let (mine, theirs) = (try #require(made[subject]), try #require(made[other]))
    #expect(mine.isCommitted(by: mine.commitment))
    #expect(!mine.isCommitted(by: theirs.commitment))
    #expect(!SubjectKey(subject: other, id: mine.id, key: mine.key).isCommitted(by: mine.commitment))
  }

  @Test("the engine's digests are the same after opening again, and differ from folder to folder")
  func engineKeys() throws {
    let body = Data("body".utf8)
    func digests(_ path: String) throws -> (UInt64, [UInt8]) {
      let engine = try KeyRing(path: path).engine
      return (engine.commandDigest(of: body), engine.membershipHash(of: body))
    }
    #expect(try digests(keys) == digests(keys))
    #expect(try digests(keys) != digests(folder.path + "/others"))
  }

  private func make() async throws -> SubjectKey {
    try #require(try await KeyRing(path: keys).keys(of: [subject])[subject])
  }
}
