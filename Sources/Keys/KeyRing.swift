import Crypto
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

  static func masterKeyFile(in folder: String) -> String { folder + "/master.key" }

  /// Opens the folder `path`, or makes it: readable by its owner only.
  ///
  /// The master key is made together with the folder's first content, in the folder itself. It is never made at
  /// `masterKeyFile`, nor a second time: a new key in the place of a lost one would hide the loss.
  /// - Parameter masterKeyFile: Where the master key is, if not in the folder: the value of `DOSSIER_MASTER_KEY_FILE`.
  public init(path: String, masterKeyFile: String? = nil) throws(KeyError) {
    folder = try KeyFolder(path: path, access: .readWrite)
    let file = masterKeyFile ?? Self.masterKeyFile(in: path)
    let wrappedRoot = try folder.wrappedRoot()
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
    reader = KeyReader(folder: folder, master: master)
  }

  /// The keys of `subjects`. Those that do not exist yet are made, and are on the disk when this returns: before any
  /// event that needs them.
  public func keys(of subjects: Set<UUID>) async throws(KeyError) -> [UUID: SubjectKey] {
    var keys: [UUID: SubjectKey] = [:]
    for subject in subjects { keys[subject] = try reader.key(of: subject) }
    let missing = subjects.filter { keys[$0] == nil }
    guard !missing.isEmpty else { return keys }
    let made: Result<Void, KeyError> = await withCheckedContinuation { continuation in
      writer.async { continuation.resume(returning: Result { () throws(KeyError) in try self.make(missing) }) }
    }
    try made.get()
    for subject in missing { keys[subject] = try reader.key(of: subject) }
    return keys
  }

  private func make(_ subjects: Set<UUID>) throws(KeyError) {
    try folder.environment.write { (transaction: inout WriteTransaction) throws(KeyError) -> Outcome<Void> in
      for subject in subjects where try folder.entry(of: subject, in: transaction) == nil {
        let entry = KeyFolder.Entry(id: UUID(), wrapped: try master.wrap(SymmetricKey(size: .bits256)))
        try folder.put(entry, of: subject, in: &transaction)
      }
      return .commit(())
    }
  }
}
