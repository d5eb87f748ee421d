import Foundation
import Synchronization

/// Which environments this process has open. LMDB allows a second opening, and closing either then silently takes the
/// protection from the other's readers (`lmdb.h`, "Caveats").
enum OpenRegistry {
  private static let open = Mutex<Set<FileSystem.Identity>>([])

  /// Ends when it is released. It holds the folder, so that no other folder can get its number as long as it is registered,
  /// even if it was removed meanwhile.
  final class Registration: Sendable {
    private let identity: FileSystem.Identity
    private let folder: FileSystem.Held

    init(_ identity: FileSystem.Identity, _ folder: FileSystem.Held) {
      self.identity = identity
      self.folder = folder
    }

    deinit { OpenRegistry.open.withLock { _ = $0.remove(identity) } }
  }

  /// - Throws: `.openedTwice` if the folder is open already, under whatever path.
  static func register(_ path: String) throws(LMDBError) -> Registration {
    let folder = try FileSystem.Held(path)
    let identity = try FileSystem.identity(of: path)
    let isNew = open.withLock { $0.insert(identity).inserted }
    guard isNew else { throw .openedTwice(path: path) }
    return Registration(identity, folder)
  }
}
