import ServiceLifecycle
import Synchronization

/// Whether the service takes requests: what `/ready` says.
public final class Readiness: Service {
  public enum State: String, Sendable { case starting, ready, stopping }

  private let state = Mutex(State.starting)

  public init() {}

  public var current: State { state.withLock { $0 } }

  /// Everything is loaded and caught up.
  public func isReady() {
    state.withLock { if $0 == .starting { $0 = .ready } }
  }

  func isStopping() { state.withLock { $0 = .stopping } }

  /// Runs until the service is told to stop. It is the last of its group: services are stopped from the last to the first.
  public func run() async throws {
    try await gracefulShutdown()
    isStopping()
  }
}
