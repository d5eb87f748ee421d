import Foundation
import LMDB
import Synchronization

/// Opens keys of data subjects and changes nothing. Where the folder or the master key is not there, it opens none:
/// everything stays sealed.
public final class KeyReader: Sendable {
  private let folder: KeyFolder?
  private let master: MasterKey?
  /// Unwrapped keys. An entry counts only while the stored key is still the one it was unwrapped from.
  private let opened = Mutex<[UUID: (entry: KeyFolder.Entry, key: SubjectKey)]>([:])
  private static let openedLimit = 50_000

  /// Opens the folder `path` for reading.
  /// - Parameter masterKeyFile: Another place than `master.key` in the folder.
  /// - Throws: `.masterKeyWrong`, `.masterKeyWrongLength` and `.masterKeyUnreadable` for a key that is there and cannot be used.
  public convenience init(path: String, masterKeyFile: String? = nil) throws(KeyError) {
    guard FileSystem.exists(path + "/data.mdb") else {
      self.init(folder: nil, master: nil)
      return
    }
    let folder = try KeyFolder(path: path, access: .readOnly)
    let file = masterKeyFile ?? KeyRing.masterKeyFile(in: path)
    let master = FileSystem.exists(file) ? try MasterKey(path: file) : nil
    if let master, let root = try folder.wrappedRoot(), master.unwrap(root) == nil {
      throw .masterKeyWrong(path: file)
    }
    self.init(folder: folder, master: master)
  }

  init(folder: KeyFolder?, master: MasterKey?) {
    self.folder = folder
    self.master = master
  }

  /// Whether keys can be opened at all.
  public var canOpen: Bool { folder != nil && master != nil }

  /// The key of `subject`; `nil` if there is none, or nothing to open it with.
  public func key(of subject: UUID) throws(KeyError) -> SubjectKey? {
    guard let folder, let master else { return nil }
    let entry = try folder.environment.read { (transaction) throws(KeyError) in
      try folder.entry(of: subject, in: transaction)
    }
    guard let entry else { return nil }
    if let known = opened.withLock({ $0[subject] }), known.entry == entry { return known.key }
    guard let key = master.unwrap(entry.wrapped) else {
      throw .damaged(path: folder.path, reason: "the key of subject \(subject) cannot be unwrapped")
    }
    let subjectKey = SubjectKey(subject: subject, id: entry.id, key: key)
    opened.withLock { opened in
      if opened.count >= Self.openedLimit { opened.removeAll() }
      opened[subject] = (entry, subjectKey)
    }
    return subjectKey
  }
}
