import Domain
import EventStore
import Foundation
import Schema
import Synchronization

/// All read models of a log: what people look at.
///
/// They live in `views/` of the data directory, are made when they are first asked for, and follow the log from there. Where they
/// cannot be written, a question folds the events of the account that it is about. One instance a process and data directory; several processes may have one each.
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
    try answer(of: account, atLeast: position) { () throws(ProjectionError) in
      try clientApplications.read(of: account, atLeast: position) { (rows) throws(ProjectionError) in
        try loaded.withApplications(of: account) { (applications) throws(ProjectionError) in
          try applications.answer(query, in: rows, clientApplications.recentChanges, keys: keys)
        }
      }
    } orFolded: { (history, head) throws(ProjectionError) in
      try history.applications(query, asOf: head, keys: keys)
    }
  }

  /// A page of an account's inbox.
  public func inbox(
    of account: UUID, _ query: InboxQuery, atLeast position: Position? = nil
  ) throws(ProjectionError) -> Page<InboxMessage> {
    try answer(of: account, atLeast: position) { () throws(ProjectionError) in
      try inboxes.read(of: account, atLeast: position) { (rows) throws(ProjectionError) in
        try query.answer(of: account, in: rows)
      }
    } orFolded: { (history, head) throws(ProjectionError) in
      try history.inbox(query, asOf: head)
    }
  }

  /// - Returns: `nil` if there is no such account.
  public func profile(of account: UUID, atLeast position: Position? = nil) throws(ProjectionError) -> Profile? {
    try answer(of: account, atLeast: position) { () throws(ProjectionError) in
      try profiles.read(of: account, atLeast: position) { (rows) throws(ProjectionError) in try Profile(of: account, in: rows) }
    } orFolded: { (history, head) throws(ProjectionError) in
      try history.profile(asOf: head)
    }
  }

  /// The answer of a live read model; where none can be written, of the account's own events, folded in memory.
  private func answer<Value>(
    of account: UUID, atLeast position: Position?, live: () throws(ProjectionError) -> Value,
    orFolded folded: (AccountHistory, Position?) throws(ProjectionError) -> Value
  ) throws(ProjectionError) -> Value {
    do throws(ProjectionError) {
      return try live()
    } catch .storage(let error) where error.isAboutWriting {
      let head = try asking { () throws(EventStoreError) in try log.head().position }
      if let position, head.map({ $0 < position }) ?? true { throw .notReached(position, has: head) }
      return try folded(AccountHistory(of: account, in: log), head)
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
