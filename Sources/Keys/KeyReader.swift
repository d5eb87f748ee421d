import Crypto
import Domain
import EventStore
import Foundation
import LMDB
import Synchronization

/// Opens keys of data subjects and changes nothing. Where the folder or the master key is not there, it opens none:
/// everything stays sealed.
public final class KeyReader: SubjectKeys {
  private let folder: KeyFolder?
  private let master: MasterKey?
  private let commitments: KeyCommitments
  /// Keys that were unwrapped and that the log commits to. An entry counts only while the stored key is still the one it
  /// was unwrapped from.
  private let opened = Mutex<[UUID: (entry: KeyFolder.Entry, key: SymmetricKey)]>([:])
  private static let openedLimit = 50_000

  /// Opens the folder `path` for reading.
  /// - Parameters:
  ///   - masterKeyFile: Another place than `master.key` in the folder: the value of `DOSSIER_MASTER_KEY_FILE`.
  ///   - log: Commits to every key that may be used.
  /// - Throws: `.masterKeyWrong`, `.masterKeyWrongLength` and `.masterKeyUnreadable` for a master key that is there and
  ///   cannot be used.
  public convenience init(path: String, masterKeyFile: String? = nil, log: any EventLog) throws(KeyError) {
    guard FileSystem.exists(path + "/data.mdb") else {
      self.init(folder: nil, master: nil, log: log)
      return
    }
    let folder = try KeyFolder(path: path, access: .readOnly)
    let file = masterKeyFile ?? MasterKey.defaultFile(in: path)
    let master = FileSystem.exists(file) ? try MasterKey(path: file) : nil
    if let master, let root = try folder.wrappedRoot(), master.unwrap(root) == nil {
      throw .masterKeyWrong(path: file)
    }
    self.init(folder: folder, master: master, log: log)
  }

  init(folder: KeyFolder?, master: MasterKey?, log: any EventLog) {
    self.folder = folder
    self.master = master
    commitments = KeyCommitments(log: log)
  }

  /// Whether keys can be opened at all.
  public var canOpen: Bool { folder != nil && master != nil }

  /// What this reader has of the key of `subject`. A key that is damaged, or is not the one in the log, is withheld:
  /// ``open(_:)`` says why.
  public func key(of subject: UUID) -> SubjectKey {
    guard canOpen else { return .withheld }
    do throws(KeyError) {
      return try open(subject).map(SubjectKey.available) ?? .destroyed
    } catch {
      return .withheld
    }
  }

  /// The key of `subject`; `nil` if there is none, or nothing to open it with.
  /// - Throws: `.commitmentMismatch` if it is not the one that the log commits to, `.damaged` if it cannot be unwrapped.
  public func open(_ subject: UUID) throws(KeyError) -> SymmetricKey? {
    guard let entry = try entry(of: subject) else { return nil }
    if let known = opened.withLock({ $0[subject] }), known.entry == entry { return known.key }
    guard let key = try unwrap(entry, of: subject) else { return nil }
    guard let commitment = try commitments.commitment(to: subject),
      KeyCommitment.accepts(key, subject: subject, commitment: commitment)
    else { throw .commitmentMismatch(subject: subject) }
    opened.withLock { opened in
      if opened.count >= Self.openedLimit { opened.removeAll() }
      opened[subject] = (entry, key)
    }
    return key
  }

  /// The stored key of `subject`, wrapped; `nil` if there is none.
  func entry(of subject: UUID) throws(KeyError) -> KeyFolder.Entry? {
    guard let folder else { return nil }
    return try folder.environment.read { (transaction) throws(KeyError) in
      try folder.entry(of: subject, in: transaction)
    }
  }

  /// - Returns: `nil` without a master key.
  func unwrap(_ entry: KeyFolder.Entry, of subject: UUID) throws(KeyError) -> SymmetricKey? {
    guard let folder, let master else { return nil }
    guard let key = master.unwrap(entry.wrapped) else {
      throw .damaged(path: folder.path, reason: "the key of subject \(subject) cannot be unwrapped")
    }
    return key
  }

  /// What the log says of the key of `subject`.
  func commitment(to subject: UUID) throws(KeyError) -> Data? { try commitments.commitment(to: subject) }
}
