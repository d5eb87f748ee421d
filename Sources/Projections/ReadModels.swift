import Domain
import EventStore
import Foundation
import Schema
import Synchronization

/// All read models of a log: what people look at.
///
/// They live in `views/` of the data directory, are made when they are first asked for, and follow the log from there. One
/// instance a process and data directory; several processes may have one each.
public final class ReadModels: Sendable {
  let log: any EventLog
  private let keys: any SubjectKeys
  let dataDirectory: DataDirectory
  let clientApplications: LiveView<ClientApplications>
  let inboxes: LiveView<AccountInbox>
  let profiles: LiveView<AccountProfile>
  private let loaded = LoadedApplicationsCache()

  /// - Parameter keys: What names are opened with, for whoever asks.
  public init(dataDirectory: DataDirectory, log: any EventLog, keys: any SubjectKeys) {
    self.dataDirectory = dataDirectory
    self.log = log
    self.keys = keys
    clientApplications = LiveView(in: dataDirectory, log: log)
    inboxes = LiveView(in: dataDirectory, log: log)
    profiles = LiveView(in: dataDirectory, log: log)
  }

  /// Folds what the log has and the read models have not. Repeating it does nothing.
  public func catchUp() throws(ProjectionError) {
    try clientApplications.catchUp()
    try inboxes.catchUp()
    try profiles.catchUp()
  }

  // MARK: Questions

  /// A page of the table of an account's applications. An account without any has an empty table.
  /// - Parameter position: The answer contains at least this event; `nil`: everything the log has now.
  /// - Throws: `.notReached` if the log does not reach `position` here yet.
  public func applications(
    of account: UUID, _ query: ApplicationsQuery, atLeast position: Position? = nil
  ) throws(ProjectionError) -> Page<ApplicationRow> {
    try clientApplications.read(of: account, atLeast: position) { (rows) throws(ProjectionError) in
      var applications = loaded.applications(of: account)
      defer { loaded.keep(applications) }
      return try applications.answer(query, in: rows, keys: keys)
    }
  }

  /// A page of an account's inbox.
  public func inbox(
    of account: UUID, _ query: InboxQuery, atLeast position: Position? = nil
  ) throws(ProjectionError) -> Page<InboxMessage> {
    try inboxes.read(of: account, atLeast: position) { (rows) throws(ProjectionError) in
      try query.answer(of: account, in: rows)
    }
  }

  /// - Returns: `nil` if there is no such account.
  public func profile(of account: UUID, atLeast position: Position? = nil) throws(ProjectionError) -> Profile? {
    try profiles.read(of: account, atLeast: position) { (rows) throws(ProjectionError) in
      try rows.row(at: RowKey(account, AccountProfile.Kind.profile), as: ProfileRow.self).map { Profile(account, $0) }
    }
  }

  /// The account with a Representative IRCC ID (P and 12 digits); `nil` if there is none.
  public func account(representative: String) throws(ProjectionError) -> UUID? {
    try log.account(representative: representative)
  }
}

extension EventLog {
  /// The account with a Representative IRCC ID (P and 12 digits); `nil` if there is none. The log itself knows: the approval
  /// that gave the number out has it as a tag.
  public func account(representative: String) throws(ProjectionError) -> UUID? {
    guard let tag = try? Tag(validating: TagNames.representativeID(representative)) else { return nil }
    return try asking { () throws(EventStoreError) in
      var account: UUID?
      try read(EventQuery(.tag(tag), limit: 1)) { event in
        account = event.account
        return .stop
      }
      return account
    }
  }
}
