/// Where sessions outlive the process. It is asked once at the start and told of changes; no request waits for a read.
public protocol SessionStore: Sendable {
  func all() throws -> [Session]
  func put(_ sessions: [Session]) throws
  func remove(_ ids: [[UInt8]]) throws
}

/// Keeps nothing: sessions end with the process.
public struct ForgetfulSessionStore: SessionStore {
  public init() {}
  public func all() -> [Session] { [] }
  public func put(_ sessions: [Session]) {}
  public func remove(_ ids: [[UInt8]]) {}
}
