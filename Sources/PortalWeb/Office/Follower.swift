import EventStore
import Projections
import ServiceLifecycle

/// Keeps the read models up to date while nobody asks, so that no question has to fold first.
public struct Follower: Service {
  private let log: any EventLog
  private let views: ReadModels
  private let report: @Sendable (String) -> Void

  /// - Parameter report: Takes a line about read models that do not follow.
  public init(log: any EventLog, views: ReadModels, report: @escaping @Sendable (String) -> Void) {
    self.log = log
    self.views = views
    self.report = report
  }

  public func run() async throws {
    try? await cancelWhenGracefulShutdown {
      var seen: Position?
      while !Task.isCancelled {
        try await log.waitForEvents(after: seen)
        guard !Task.isCancelled else { return }
        seen = try log.head().position
        do throws(ProjectionError) { try views.catchUp() } catch { report("\(error)") }
      }
    }
  }
}
