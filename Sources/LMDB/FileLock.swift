import Foundation

/// An exclusive lock on a file, held until it is released or this value goes, gone with the process whatever ends it.
/// The file says who holds it.
public final class FileLock: Sendable {
  public enum Failure: Error, Equatable, Sendable {
    /// Somebody else has it.
    case held(by: String)
    case system(errno: Int32)
  }

  /// What to do while somebody else has the lock.
  public enum Patience: Sendable {
    case refuse
    /// Blocks the thread. For locks that are held for moments only.
    case wait
  }

  private let descriptor: Int32

  /// - Parameter holder: What the next one is told: for example the process number.
  /// - Throws: `.held` only if `patience` is to refuse.
  public init(path: String, holder: String, _ patience: Patience = .refuse) throws(Failure) {
    var descriptor = try FileLock.lockedFile(path, patience)
    // Whoever removed the file meanwhile has another one locked.
    while !FileLock.isFile(descriptor, at: path) {
      close(descriptor)
      descriptor = try FileLock.lockedFile(path, patience)
    }
    let text = Array((holder + "\n").utf8)
    _ = ftruncate(descriptor, 0)
    _ = unsafe text.withUnsafeBytes { unsafe pwrite(descriptor, $0.baseAddress, $0.count, 0) }
    self.descriptor = descriptor
  }

  private static func lockedFile(_ path: String, _ patience: Patience) throws(Failure) -> Int32 {
    let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .system(errno: errno) }
    while flock(descriptor, patience == .wait ? LOCK_EX : LOCK_EX | LOCK_NB) != 0 {
      let code = errno
      if code == EINTR { continue }
      close(descriptor)
      guard code == EWOULDBLOCK else { throw .system(errno: code) }
      throw .held(by: text(of: path))
    }
    return descriptor
  }

  private static func isFile(_ descriptor: Int32, at path: String) -> Bool {
    var (open, named) = (stat(), stat())
    guard unsafe fstat(descriptor, &open) == 0, unsafe stat(path, &named) == 0 else { return errno != ENOENT }
    return open.st_dev == named.st_dev && open.st_ino == named.st_ino
  }

  deinit {
    release()
    close(descriptor)
  }

  /// Lets others have the lock. Closing the file would do it too, but only once a process that was started meanwhile, and has
  /// not yet become another program, has let go of its copy.
  public func release() { _ = flock(descriptor, LOCK_UN) }

  /// What a lock says of the process that runs this.
  public static var thisProcess: String {
    "process \(ProcessInfo.processInfo.processIdentifier) (\(ProcessInfo.processInfo.processName))"
  }

  /// Who holds the lock on `path` now; `nil` if nobody does. Whoever tries to take it in this moment is refused once.
  public static func holder(of path: String) throws(Failure) -> String? {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      guard errno == ENOENT else { throw .system(errno: errno) }
      return nil
    }
    defer { close(descriptor) }
    guard flock(descriptor, LOCK_SH | LOCK_NB) != 0 else {
      _ = flock(descriptor, LOCK_UN)
      return nil
    }
    return text(of: path)
  }

  private static func text(of path: String) -> String {
    let text = try? FileSystem.read(path, offset: 0, count: 200)
    return String(decoding: text ?? [], as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
