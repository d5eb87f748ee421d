import Foundation

/// The file `lock.mdb`, in which LMDB keeps its readers and the writers' lock.
///
/// LMDB makes it as long as it must be without writing to it, and then writes through its map: on a full disk that ends the process with
/// SIGBUS, whatever it was about to do. So the blocks are taken here, before the file is mapped.
enum LockFile {
  /// What LMDB 0.9 needs: a head of three cache lines, and one for each reader but the one in the head.
  private static func length(readers: UInt32) -> Int { 64 * (Int(readers) + 2) }

  /// Takes room for the lock file of the environment in `folder`.
  /// - Returns: Whether the environment can be locked. A reader that may not write the file, or has no room for it, can only do without.
  /// - Throws: `.diskFull` and whatever else stands in a writer's way.
  static func prepare(in folder: String, readers: UInt32, access: Environment.Access) throws(LMDBError) -> Bool {
    let path = folder + "/lock.mdb"
    let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return try refused(errno, path, access) }
    defer { close(descriptor) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw LMDBError(code: errno) }
    // Holes are filled too: a copy of the file may be made of nothing else. What others have written there stays.
    let code = allocate(max(Int(status.st_size), length(readers: readers)), descriptor)
    return code == 0 ? true : try refused(code, path, access)
  }

  private static func refused(_ code: Int32, _ path: String, _ access: Environment.Access) throws(LMDBError) -> Bool {
    if access == .readOnly, [EACCES, EPERM, EROFS, ENOSPC, EDQUOT].contains(code) { return false }
    throw LMDBError(code: code, at: path, .write)
  }

  private static func allocate(_ length: Int, _ descriptor: Int32) -> Int32 {
    #if os(Linux)
      var code: Int32
      repeat { code = posix_fallocate(descriptor, 0, off_t(length)) } while code == EINTR
      return code
    #else
      return 0
    #endif
  }
}
