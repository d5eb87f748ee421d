import Foundation
import Synchronization

/// The accounts asked about last, with what was made of their rows.
final class LoadedApplicationsCache: Sendable {
  private struct State {
    var accounts: [UUID: LoadedApplications] = [:]
    var entryCount = 0
  }

  /// About 100 MB.
  private static let entryLimit = 100_000
  private let state = Mutex(State())

  func applications(of account: UUID) -> LoadedApplications {
    state.withLock { $0.accounts[account] } ?? LoadedApplications(of: account)
  }

  func keep(_ applications: LoadedApplications) {
    state.withLock { state in
      state.entryCount += applications.count - (state.accounts[applications.account]?.count ?? 0)
      if state.entryCount > Self.entryLimit {
        state.accounts.removeAll()
        state.entryCount = applications.count
      }
      state.accounts[applications.account] = applications
    }
  }
}
