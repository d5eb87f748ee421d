import Foundation
import Synchronization

/// The accounts asked about last, with what was made of their rows. Questions about the same account wait for each other:
/// what one of them makes, the next one uses.
final class LoadedApplicationsCache: Sendable {
  private final class Kept: Sendable {
    let applications: Mutex<LoadedApplications>

    init(_ applications: LoadedApplications) { self.applications = Mutex(applications) }
  }

  private struct State {
    var accounts: [UUID: Kept] = [:]
    var entryCount = 0
  }

  /// About 100 MB.
  private static let entryLimit = 100_000
  private let state = Mutex(State())

  /// Lends what is kept of an account's rows, to be brought up to date and asked.
  func withApplications<Value>(
    of account: UUID, _ body: (inout LoadedApplications) throws(ProjectionError) -> Value
  ) throws(ProjectionError) -> Value {
    let kept = state.withLock { state in
      let kept = state.accounts[account] ?? Kept(LoadedApplications(of: account))
      state.accounts[account] = kept
      return kept
    }
    return try kept.applications.withLock { (applications) throws(ProjectionError) in
      let before = applications.count
      defer { count(applications.count - before) }
      return try body(&applications)
    }
  }

  private func count(_ added: Int) {
    state.withLock { state in
      state.entryCount += added
      if state.entryCount > Self.entryLimit { state = State() }
    }
  }
}
