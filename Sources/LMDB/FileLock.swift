import Foundation

/// An exclusive lock on a file, held until it is released or this value goes, gone with the process whatever ends it.
/// The file says who holds it.
public final class FileLock: Sendable {
  public enum Failure: Error, Equatable, Sendable {
    /// Somebody else has it.
    case held(by: String)
    case system(errno: Int32)
  }

  private let descriptor: Int32

  /// - Parameter holder: What the next one is told: for example the process number.
  public init(path: String, holder: String) throws(Failure) {
    let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .system(errno: errno) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let code = errno
      close(descriptor)
      guard code == EWOULDBLOCK else { throw .system(errno: code) }
      let text = try? FileSystem.read(path, offset: 0, count: 200)
      throw .held(by: String(decoding: text ?? [], as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines))
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
}
