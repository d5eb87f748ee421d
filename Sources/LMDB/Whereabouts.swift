import Foundation

/// A file that is open, and the path it was found at: whether somebody has moved, removed or replaced it since.
public struct Whereabouts: Sendable {
  public let path: String
  private let identity: FileSystem.Identity

  /// - Throws: `.system(ENOENT)` if there is nothing.
  public init(_ path: String) throws(LMDBError) {
    self.path = path
    identity = try FileSystem.identity(of: path)
  }

  /// Whether the path still leads to it.
  public var isUnchanged: Bool {
    do throws(LMDBError) { return try FileSystem.identity(of: path) == identity } catch { return false }
  }
}
