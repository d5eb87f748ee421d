import Domain
import Foundation
import Synchronization

/// The accounts asked about last, decoded and with their names opened, each valid until an event changes its rows.
final class LoadedApplicationsCache: Sendable {
  private struct State {
    var accounts: [UUID: LoadedApplications] = [:]
    var entryCount = 0
  }

  /// About 50 MB.
  private static let entryLimit = 200_000
  private let state = Mutex(State())

  /// What `query` needs. Drafts alone are few, and not kept.
  func applications(
    of account: UUID, for query: ApplicationsQuery, in rows: borrowing some RowReader & ~Copyable,
    keys: some SubjectKeys
  ) throws(ProjectionError) -> LoadedApplications {
    guard query.extent == .all else { return try query.load(of: account, in: rows, keys: keys) }
    let changed = try LoadedApplications.changed(of: account, in: rows)
    let known = state.withLock { $0.accounts[account] }.flatMap { $0.changed == changed ? $0 : nil }
    if let known, !query.needsNames || known.names != nil { return known }
    let applications = try query.load(of: account, in: rows, keys: keys, onTopOf: known)
    keep(applications, of: account)
    return applications
  }

  private func keep(_ applications: LoadedApplications, of account: UUID) {
    state.withLock { state in
      state.entryCount += applications.entries.count - (state.accounts[account]?.entries.count ?? 0)
      if state.entryCount > Self.entryLimit {
        state.accounts.removeAll()
        state.entryCount = applications.entries.count
      }
      state.accounts[account] = applications
    }
  }
}
