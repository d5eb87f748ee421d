import Crypto
import Domain
import Foundation
import Schema

/// Whether a folder of keys is the one that belongs to a log.
struct KeyBinding {
  let folder: KeyFolder
  let commitments: KeyCommitments

  /// - Parameter master: Without it only the identifiers are compared.
  /// - Throws: `.foreign`, or `.masterKeyWrong` if the master key does not open what is in the folder.
  func check(_ master: MasterKey?) throws(KeyError) {
    let root = try root(master)
    guard let committed = try commitments.engine() else { return }
    if let root {
      guard RootCommitment.accepts(root, id: committed.keyID, commitment: committed.commitment) else { throw foreign }
    } else if master == nil, let id = try folder.rootID() {
      guard id.data == committed.keyID else { throw foreign }
    } else {
      throw .folderMissing(path: folder.path)
    }
  }

  /// The engine's root key; `nil` if there is none, or nothing to open it with.
  /// - Throws: `.masterKeyWrong`.
  func root(_ master: MasterKey?) throws(KeyError) -> SymmetricKey? {
    guard let master, let wrapped = try folder.wrappedRoot() else { return nil }
    guard let root = master.unwrap(wrapped) else { throw .masterKeyWrong(path: master.path) }
    return root
  }

  /// In a log that does not commit to a root key yet, the subjects' keys say whose folder it is: one of them must be here, and be
  /// the one that the log names.
  /// - Throws: `.foreign`.
  func checkBySubjects(_ master: MasterKey) throws(KeyError) {
    var (isAnyCreated, isKnown) = (false, false)
    try commitments.forEach { (subject, standing) throws(KeyError) in
      guard case .created(_, let commitment) = standing else { return .next }
      isAnyCreated = true
      let entry = try folder.environment.read { (transaction) throws(KeyError) in try folder.entry(of: subject, in: transaction) }
      guard let entry, let key = master.unwrap(entry.wrapped) else { return .next }
      isKnown = KeyCommitment.accepts(key, subject: subject, commitment: commitment)
      return isKnown ? .stop : .next
    }
    if isAnyCreated, !isKnown { throw foreign }
  }

  private var foreign: KeyError { .foreign(path: folder.path) }
}
