import Foundation
import Synchronization

/// Which environments this process has open. LMDB allows a second opening, and closing either then silently takes the
/// protection from the other's readers (`lmdb.h`, "Caveats").
enum OpenRegistry {
  private static let open = Mutex<Set<FileSystem.Identity>>([])

  /// Ends the registration when it is released.
  final class Registration: Sendable {
    private let identity: FileSystem.Identity
    init(_ identity: FileSystem.Identity) { self.identity = identity }
    deinit { OpenRegistry.open.withLock { _ = $0.remove(identity) } }
  }

  /// - Throws: `.openedTwice` if the folder is open already, under whatever path.
  static func register(_ path: String) throws(LMDBError) -> Registration {
    // The file, not the folder: LMDB keeps the file open, so nobody else can get its number while it is registered.
    let identity = try FileSystem.identity(of: path + "/data.mdb")
    let isNew = open.withLock { $0.insert(identity).inserted }
    guard isNew else { throw .openedTwice(path: path) }
    return Registration(identity)
  }
}
