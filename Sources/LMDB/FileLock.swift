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
    let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .system(errno: errno) }
    while flock(descriptor, patience == .wait ? LOCK_EX : LOCK_EX | LOCK_NB) != 0 {
      let code = errno
      if code == EINTR { continue }
      close(descriptor)
      guard code == EWOULDBLOCK else { throw .system(errno: code) }
      throw .held(by: FileLock.text(of: path))
    }
    let text = Array((holder + "\n").utf8)
    _ = ftruncate(descriptor, 0)
    _ = unsafe text.withUnsafeBytes { unsafe pwrite(descriptor, $0.baseAddress, $0.count, 0) }
    self.descriptor = descriptor
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
