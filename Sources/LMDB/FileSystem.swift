import Foundation

/// The few operating system calls that durable files need and Foundation does not offer.
public enum FileSystem {
  /// A file or folder, whatever it is called.
  struct Identity: Hashable, Sendable {
    let device: UInt64
    let inode: UInt64
  }

  /// A file or folder that keeps its number while this value lives, whatever becomes of its name.
  final class Held: Sendable {
    private let descriptor: Int32

    init(_ path: String) throws(LMDBError) {
      descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw LMDBError(code: errno, at: path, .read) }
    }

    deinit { close(descriptor) }
  }

  /// Whether there is something at `path`. Where this user may not look there may be: whoever opens it is told of the right that is
  /// missing. To take that for nothing would hide what is there, and begin anew beside it.
  public static func exists(_ path: String) -> Bool {
    var status = stat()
    return unsafe stat(path, &status) == 0 || ![ENOENT, ENOTDIR].contains(errno)
  }

  /// The length of a file in bytes; `nil` if there is none.
  public static func size(of path: String) -> Int? {
    var status = stat()
    return unsafe stat(path, &status) == 0 ? Int(status.st_size) : nil
  }

  static func identity(of path: String) throws(LMDBError) -> Identity {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { throw LMDBError(code: errno, at: path, .read) }
    return Identity(device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
  }

  /// The bytes that are free for us on the file system of `path`; `nil` if it does not say.
  public static func freeBytes(at path: String) -> Int? {
    var status = statvfs()
    guard unsafe statvfs(path, &status) == 0 else { return nil }
    return Int(status.f_bavail) * Int(status.f_frsize)
  }

  /// Whether a file in `folder` could grow a little now. It is tried, because a quota does not show in the numbers of a file
  /// system. An error other than a full disk says nothing about room.
  public static func hasRoom(in folder: String) -> Bool {
    let trial = Workpiece.name(for: folder + "/room")
    defer { unsafe unlink(trial) }
    do throws(LMDBError) { try create(trial, [UInt8](repeating: 1, count: 1 << 16)) } catch { return error != .diskFull }
    return true
  }

  /// Makes a folder that only its owner can enter. One that exists is left as it is. Returns when it is on the disk: one that
  /// exists may have been made by a process that was killed before it could wait for that.
  public static func makeFolder(_ path: String) throws(LMDBError) {
    guard unsafe mkdir(path, 0o700) == 0 || errno == EEXIST else { throw LMDBError(code: errno, at: path, .write) }
    try syncParent(of: path)
  }

  /// Returns when the file or folder `path` is on the disk.
  public static func sync(_ path: String) throws(LMDBError) {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw LMDBError(code: errno, at: path, .read) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw LMDBError(code: errno) }
  }

  /// Renames, replacing what is there, and returns when that is on the disk.
  public static func rename(_ path: String, to destination: String) throws(LMDBError) {
    guard unsafe Foundation.rename(path, destination) == 0 else { throw LMDBError(code: errno, at: destination, .write) }
    try syncParent(of: destination)
  }

  /// Returns when the entry of `path` in its folder is on the disk.
  static func syncParent(of path: String) throws(LMDBError) {
    try sync(URL(fileURLWithPath: path).deletingLastPathComponent().path)
  }

  /// Replaces the file `path` by one with these bytes: after a power cut it has either the old content or the new.
  /// - Parameter mode: The permissions of the new file.
  public static func write(_ bytes: [UInt8], to path: String, mode: UInt16 = 0o600) throws(LMDBError) {
    let fresh = Workpiece.name(for: path)
    do throws(LMDBError) {
      try create(fresh, bytes, mode: mode)
      try rename(fresh, to: path)
    } catch {
      _ = unsafe unlink(fresh)
      throw error
    }
  }

  /// Writes a new file, and returns when its bytes are on the disk.
  private static func create(_ path: String, _ bytes: [UInt8], mode: UInt16 = 0o600) throws(LMDBError) {
    let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode_t(mode))
    guard descriptor >= 0 else { throw LMDBError(code: errno, at: path, .write) }
    _ = fchmod(descriptor, mode_t(mode))
    let written = unsafe bytes.withUnsafeBytes { unsafe Foundation.write(descriptor, $0.baseAddress, $0.count) }
    var code = written < 0 ? errno : written < bytes.count ? ENOSPC : 0
    if code == 0, fsync(descriptor) != 0 { code = errno }
    close(descriptor)
    try check(code)
  }

  /// Removes a folder and all that is in it. A folder that does not exist is not an error.
  public static func removeTree(_ path: String) throws(LMDBError) {
    guard exists(path) else { return }
    do {
      try FileManager.default.removeItem(atPath: path)
    } catch {
      throw .system(errno: errno == 0 ? EIO : errno)
    }
  }

  /// The text of a small file; `nil` if there is none.
  /// - Throws: `.denied` and whatever else is no answer to whether there is one.
  public static func text(of path: String) throws(LMDBError) -> String? {
    guard exists(path) else { return nil }
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw LMDBError(code: errno, at: path, .read) }
    defer { close(descriptor) }
    var (bytes, part) = ([UInt8](), [UInt8](repeating: 0, count: 4_096))
    while bytes.count < 1 << 16 {
      let got = unsafe part.withUnsafeMutableBytes { unsafe Foundation.read(descriptor, $0.baseAddress, $0.count) }
      guard got >= 0 else { throw LMDBError(code: errno) }
      if got == 0 { break }
      bytes += part.prefix(got)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The first `count` bytes from `offset`; fewer at the end of the file.
  static func read(_ path: String, offset: Int, count: Int) throws(LMDBError) -> [UInt8] {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw LMDBError(code: errno, at: path, .read) }
    defer { close(descriptor) }
    var got = 0
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      got = unsafe pread(descriptor, buffer.baseAddress, count, off_t(offset))
      initialized = max(got, 0)
    }
    guard got >= 0 else { throw LMDBError(code: errno) }
    return bytes
  }
}

/// A new file that is written from front to back.
public final class DurableFile: Sendable {
  private let descriptor: Int32

  /// - Throws: `.system(EEXIST)` if there is a file called `path`.
  public init(creating path: String) throws(LMDBError) {
    descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw LMDBError(code: errno, at: path, .write) }
    _ = fchmod(descriptor, 0o600)
  }

  deinit { close(descriptor) }

  public func write(_ bytes: [UInt8]) throws(LMDBError) {
    var offset = 0
    while offset < bytes.count {
      let written = unsafe bytes[offset...].withUnsafeBytes { unsafe Foundation.write(descriptor, $0.baseAddress, $0.count) }
      guard written > 0 else { throw LMDBError(code: written == 0 ? ENOSPC : errno) }
      offset += written
    }
  }

  /// Returns when everything is on the disk.
  public func finish() throws(LMDBError) {
    guard fsync(descriptor) == 0 else { throw LMDBError(code: errno) }
  }
}
