import Foundation

/// Where something is looked at, or made, without trusting what is there.
extension FileSystem {
  /// Whether there is a file or folder called `path`. Unlike ``exists(_:)`` it says so if that cannot be known.
  /// - Throws: `.system(EACCES)`, for example, if a folder on the way may not be entered.
  public static func isPresent(_ path: String) throws(LMDBError) -> Bool {
    var status = stat()
    if unsafe stat(path, &status) == 0 { return true }
    guard errno == ENOENT || errno == ENOTDIR else { throw LMDBError(code: errno, at: path, .read) }
    return false
  }

  /// Whether this user may read the file `path`.
  public static func isReadable(_ path: String) -> Bool { unsafe access(path, R_OK) == 0 }

  /// Whether `path` is a folder, and not a symbolic link to one.
  public static func isFolder(_ path: String) -> Bool { kind(of: path) == S_IFDIR }

  /// Whether `path` is a plain file: neither a folder nor a pipe, which could be waited for without end.
  public static func isFile(_ path: String) -> Bool { kind(of: path) == S_IFREG }

  private static func kind(of path: String) -> mode_t? {
    var status = stat()
    return unsafe lstat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
  }

  /// Makes a folder that only its owner can enter, whatever the process's mask is.
  /// - Throws: `.system(EEXIST)` if there is something called `path`.
  public static func makeNewFolder(_ path: String) throws(LMDBError) {
    guard unsafe mkdir(path, 0o700) == 0 else { throw LMDBError(code: errno, at: path, .write) }
    guard unsafe chmod(path, 0o700) == 0 else { throw LMDBError(code: errno, at: path, .write) }
    try syncParent(of: path)
  }

  /// Renames, unless something is called `destination`, and returns when that is on the disk. Who does it at the same time waits.
  /// - Throws: `.system(EEXIST)`.
  public static func rename(_ path: String, toNew destination: String) throws(LMDBError) {
    let folder = URL(fileURLWithPath: destination).deletingLastPathComponent().path
    let descriptor = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw LMDBError(code: errno, at: folder, .read) }
    defer { close(descriptor) }
    while flock(descriptor, LOCK_EX) != 0 { guard errno == EINTR else { throw LMDBError(code: errno) } }
    guard kind(of: destination) == nil else { throw .system(errno: EEXIST) }
    try rename(path, to: destination)
  }

  /// A small file, whole.
  /// - Throws: `.damagedFile` if it is longer than `limit` or no plain file.
  public static func readFile(_ path: String, limit: Int) throws(LMDBError) -> [UInt8] {
    let bytes = try readPart(of: path, offset: 0, count: limit + 1)
    guard bytes.count <= limit else { throw .damagedFile(path: path, reason: "it has more than \(limit) bytes") }
    return bytes
  }

  /// Up to `count` bytes from `offset`; none at the end of the file.
  /// - Throws: `.damagedFile` if it is no plain file.
  public static func readPart(of path: String, offset: Int, count: Int) throws(LMDBError) -> [UInt8] {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { throw LMDBError(code: errno, at: path, .read) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .damagedFile(path: path, reason: "it is not a plain file") }
    return try read(path, offset: offset, count: count)
  }
}
