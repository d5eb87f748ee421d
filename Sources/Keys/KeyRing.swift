import Crypto
import Domain
import EventStore
import Foundation
import LMDB
import Schema
import Synchronization

/// The keys of data subjects, for the one process that writes the log: opens them and makes new ones.
public final class KeyRing: Sendable {
  /// For everybody in this process who only opens keys.
  public let reader: KeyReader
  /// The engine's own keys.
  public let engine: EngineKeys
  private let commitments: KeyCommitments
  private let root: SymmetricKey
  private let rootID: UUID
  private let isIntroduced = Atomic(false)
  private let folder: KeyFolder
  private let master: MasterKey
  private let writer = DispatchQueue(label: "keys")

  /// Opens the folder `path`, or makes it: readable by its owner only.
  ///
  /// The master key is made together with the folder's first content, in the folder itself. It is never made at
  /// `masterKeyFile`, nor a second time: a new key in the place of a lost one would hide the loss.
  /// - Parameters:
  ///   - masterKeyFile: Where the master key is, if not in the folder: the value of `DOSSIER_MASTER_KEY_FILE`.
  ///   - log: Commits to every key that was ever used.
  /// - Throws: `.folderMissing` if the log has events, which were digested and sealed with keys that are not there; `.foreign` if
  ///   those that are there belong to another log.
  public init(path: String, masterKeyFile: String? = nil, log: any EventLog) throws(KeyError) {
    commitments = KeyCommitments(log: log)
    let isUsed = try Self.isUsed(log)
    let isThere = try Self.isThere(path)
    if isUsed, !isThere { throw .folderMissing(path: path) }
    folder = try KeyFolder(path: path, access: .readWrite)
    let file = masterKeyFile ?? MasterKey.defaultFile(in: path)
    let wrappedRoot = try folder.wrappedRoot()
    if isUsed, wrappedRoot == nil { throw .folderMissing(path: path) }
    if wrappedRoot == nil, masterKeyFile == nil, !FileSystem.exists(file) { try MasterKey.create(path: file) }
    master = try MasterKey(path: file)
    if wrappedRoot == nil { try folder.putRoot(try master.wrap(SymmetricKey(size: .bits256))) }
    let binding = KeyBinding(folder: folder, commitments: commitments)
    guard let root = try binding.root(master) else { throw .folderMissing(path: path) }
    (self.root, rootID) = (root, try Self.bind(binding, to: try commitments.engine(), master))
    engine = EngineKeys(root: root)
    reader = KeyReader(folder: folder, master: master, log: log)
  }

  /// What the log has to say before anything else that is written, so that no other folder can be taken for this one; `nil` once it
  /// says it.
  public func introduction() throws(KeyError) -> EngineKeyCreated? {
    if isIntroduced.load(ordering: .relaxed) { return nil }
    guard try commitments.engine() == nil else {
      isIntroduced.store(true, ordering: .relaxed)
      return nil
    }
    return .with { ($0.keyID, $0.commitment) = (rootID.data, RootCommitment.of(root, id: rootID)) }
  }

  /// - Returns: What names the root key.
  private static func bind(
    _ binding: KeyBinding, to committed: EngineKeyCreated?, _ master: MasterKey
  ) throws(KeyError) -> UUID {
    let stored = try binding.folder.rootID()
    if committed != nil {
      try binding.check(master)
    } else {
      try binding.checkBySubjects(master)
    }
    let id = committed.flatMap { UUID($0.keyID) } ?? stored ?? UUID()
    if id != stored { try binding.folder.putRootID(id) }
    return id
  }

  /// A folder that may not be read is not one that is missing.
  private static func isThere(_ path: String) throws(KeyError) -> Bool {
    do throws(LMDBError) { return try FileSystem.isPresent(path + "/data.mdb") } catch { throw .storage(error) }
  }

  /// A key that events can be sealed with.
  public struct Held: Sendable {
    public let id: UUID
    public let key: SymmetricKey
    /// Whether the log commits to the key. If not, `SubjectKeyCreated` must go before the first event sealed with it.
    public let isCommitted: Bool
  }

  /// The keys of `subjects`. Those that do not exist yet are made, and are on the disk when this returns: before any
  /// event that needs them.
  /// - Throws: `.subjectKeyMissing` for a key that the log knows and that is not there: no other one may take its place.
  public func keys(of subjects: Set<UUID>) async throws(KeyError) -> [UUID: Held] {
    var missing: [UUID] = []
    for subject in subjects where try reader.entry(of: subject) == nil {
      switch try reader.standing(of: subject) {
      case .destroyed: throw .subjectKeyDestroyed(subject: subject)
      case .created: throw .subjectKeyMissing(subject: subject)
      case nil: break
      }
      missing.append(subject)
    }
    if !missing.isEmpty {
      let made: Result<Void, KeyError> = await withCheckedContinuation { [missing] continuation in
        writer.async { continuation.resume(returning: Result { () throws(KeyError) in try self.make(missing) }) }
      }
      try made.get()
    }
    var keys: [UUID: Held] = [:]
    for subject in subjects { keys[subject] = try held(subject) }
    return keys
  }

  private static func isUsed(_ log: any EventLog) throws(KeyError) -> Bool {
    do throws(EventStoreError) { return try log.head().position != nil } catch { throw .log(error) }
  }

  private func held(_ subject: UUID) throws(KeyError) -> Held {
    guard let entry = try reader.entry(of: subject) else { throw .subjectKeyMissing(subject: subject) }
    switch try reader.standing(of: subject) {
    case .destroyed: throw .subjectKeyDestroyed(subject: subject)
    case .created:
      guard let key = try reader.open(subject) else { throw .subjectKeyMissing(subject: subject) }
      return Held(id: entry.id, key: key, isCommitted: true)
    case nil: break
    }
    guard let key = try reader.unwrap(entry, of: subject) else { throw .subjectKeyMissing(subject: subject) }
    return Held(id: entry.id, key: key, isCommitted: false)
  }

  private func make(_ subjects: [UUID]) throws(KeyError) {
    try folder.environment.write { (transaction: inout WriteTransaction) throws(KeyError) -> Outcome<Void> in
      for subject in subjects where try folder.entry(of: subject, in: transaction) == nil {
        let entry = KeyFolder.Entry(id: UUID(), wrapped: try master.wrap(SymmetricKey(size: .bits256)))
        try folder.put(entry, of: subject, in: &transaction)
      }
      return .commit(())
    }
  }
}
