import Crypto
import Domain
import EventStore
import Foundation
import LMDB

/// The keys of data subjects, for the one process that writes the log: opens them and makes new ones.
public final class KeyRing: Sendable {
  /// For everybody in this process who only opens keys.
  public let reader: KeyReader
  /// The engine's own keys.
  public let engine: EngineKeys
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
  /// - Throws: `.folderMissing` if the log has events, which were digested and sealed with keys that are not there.
  public init(path: String, masterKeyFile: String? = nil, log: any EventLog) throws(KeyError) {
    let isUsed = try Self.isUsed(log)
    if isUsed, !FileSystem.exists(path + "/data.mdb") { throw .folderMissing(path: path) }
    folder = try KeyFolder(path: path, access: .readWrite)
    let file = masterKeyFile ?? MasterKey.defaultFile(in: path)
    let wrappedRoot = try folder.wrappedRoot()
    if isUsed, wrappedRoot == nil { throw .folderMissing(path: path) }
    if wrappedRoot == nil, masterKeyFile == nil, !FileSystem.exists(file) { try MasterKey.create(path: file) }
    master = try MasterKey(path: file)
    let root: SymmetricKey
    if let wrappedRoot {
      guard let opened = master.unwrap(wrappedRoot) else { throw .masterKeyWrong(path: file) }
      root = opened
    } else {
      root = SymmetricKey(size: .bits256)
      try folder.putRoot(try master.wrap(root))
    }
    engine = EngineKeys(root: root)
    reader = KeyReader(folder: folder, master: master, log: log)
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
      guard try reader.commitment(to: subject) == nil else { throw .subjectKeyMissing(subject: subject) }
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
    if try reader.commitment(to: subject) != nil, let key = try reader.open(subject) {
      return Held(id: entry.id, key: key, isCommitted: true)
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
