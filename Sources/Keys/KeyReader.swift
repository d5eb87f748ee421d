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

  /// Opens the folder `path` for reading. A folder that this user may not read counts as one that is not there.
  /// - Parameters:
  ///   - masterKeyFile: Another place than `master.key` in the folder: the value of `DOSSIER_MASTER_KEY_FILE`.
  ///   - log: Commits to every key that may be used.
  /// - Throws: `.masterKeyWrong`, `.masterKeyWrongLength` and `.masterKeyUnreadable` for a master key that is there and
  ///   cannot be used, `.foreign` for the keys of another log.
  public convenience init(path: String, masterKeyFile: String? = nil, log: any EventLog) throws(KeyError) {
    let file = path + "/data.mdb"
    guard FileSystem.exists(file), FileSystem.isReadable(file) else {
      self.init(folder: nil, master: nil, log: log)
      return
    }
    let folder = try KeyFolder(path: path, access: .readOnly)
    let masterFile = masterKeyFile ?? MasterKey.defaultFile(in: path)
    let master = FileSystem.exists(masterFile) ? try MasterKey(path: masterFile) : nil
    try KeyBinding(folder: folder, commitments: KeyCommitments(log: log)).check(master)
    self.init(folder: folder, master: master, log: log)
  }

  /// Opens nothing: for who looks at a log whose keys cannot be used.
  public convenience init(openingNothingOf log: any EventLog) { self.init(folder: nil, master: nil, log: log) }

  init(folder: KeyFolder?, master: MasterKey?, log: any EventLog) {
    self.folder = folder
    self.master = master
    commitments = KeyCommitments(log: log)
  }

  /// Whether keys can be opened at all.
  public var canOpen: Bool { folder != nil && master != nil }

  /// What this reader has of the key of `subject`. A key that is damaged, or is not the one in the log, is as good as
  /// missing: ``open(_:)`` says why.
  public func key(of subject: UUID) -> SubjectKey {
    guard canOpen else { return (try? commitments.standing(of: subject)) == .destroyed ? .destroyed : .withheld }
    do throws(KeyError) {
      if let key = try open(subject) { return .available(key) }
      return try commitments.standing(of: subject) == .destroyed ? .destroyed : .missing
    } catch {
      switch error {
      case .commitmentMismatch, .damaged: return .missing
      default: return .withheld
      }
    }
  }

  /// The key of `subject`; `nil` if there is none, if the log says that it was destroyed, or if there is nothing to open it with.
  /// - Throws: `.commitmentMismatch` if it is not the one that the log commits to, `.damaged` if it cannot be unwrapped.
  public func open(_ subject: UUID) throws(KeyError) -> SymmetricKey? {
    guard let entry = try entry(of: subject) else { return nil }
    if let known = opened.withLock({ $0[subject] }), known.entry == entry { return known.key }
    guard let key = try unwrap(entry, of: subject) else { return nil }
    switch try commitments.standing(of: subject) {
    case .destroyed: return nil
    case .created(_, let commitment) where KeyCommitment.accepts(key, subject: subject, commitment: commitment): break
    default: throw .commitmentMismatch(subject: subject)
    }
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
  func standing(of subject: UUID) throws(KeyError) -> KeyCommitments.Standing? { try commitments.standing(of: subject) }

  /// Holds all keys against the log.
  public func audit() throws(KeyError) -> KeyAudit {
    var audit = KeyAudit(hasFolder: folder != nil, hasMasterKey: master != nil, isCommitted: try commitments.engine() != nil)
    try commitments.forEach { (subject, standing) throws(KeyError) in
      switch standing {
      case .created(let id, _): audit.add(try state(of: subject, id))
      case .destroyed: audit.destroyed += 1
      }
      return .next
    }
    return audit
  }

  /// - Parameter id: What the log calls the key.
  private func state(of subject: UUID, _ id: Data) throws(KeyError) -> KeyAudit.State {
    guard try commitments.standing(of: subject) != .destroyed else { return .destroyed }
    do throws(KeyError) {
      guard let entry = try entry(of: subject) else { return .missing }
      let isRight = try master == nil ? entry.id.data == id : open(subject) != nil
      return isRight ? .usable : .wrong
    } catch {
      switch error {
      case .commitmentMismatch, .damaged: return .wrong
      default: throw error
      }
    }
  }
}
