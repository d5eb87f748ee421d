import Domain
import EventStore
import Foundation
import SwiftProtobuf

/// One account's part of the read models, folded in memory from its own events: as of any moment, and event by event.
public struct AccountHistory: Sendable {
  private let log: any EventLog
  public let account: UUID

  public init(of account: UUID, in log: any EventLog) {
    self.log = log
    self.account = account
  }

  /// The table of applications as it was right after `position` (`nil`: before the first event), if it had been asked for on
  /// `query.today`.
  public func applications(
    _ query: ApplicationsQuery, asOf position: Position?, keys: any SubjectKeys
  ) throws(ProjectionError) -> Page<ApplicationRow> {
    var applications = LoadedApplications(of: account)
    return try applications.answer(query, in: try rows(of: ClientApplications.self, asOf: position), keys: keys)
  }

  /// The inbox as it was right after `position`.
  public func inbox(_ query: InboxQuery, asOf position: Position?) throws(ProjectionError) -> Page<InboxMessage> {
    try query.answer(of: account, in: try rows(of: AccountInbox.self, asOf: position))
  }

  /// The profile as it was right after `position`; `nil` if there was no such account.
  public func profile(asOf position: Position?) throws(ProjectionError) -> Profile? {
    try Profile(of: account, in: try rows(of: AccountProfile.self, asOf: position))
  }

  /// What an event did to the rows of the account, in every read model.
  public func changes(at position: Position) throws(ProjectionError) -> [RowChange] {
    var changes: [RowChange] = []
    for projection in ReadModels.all { changes += try self.changes(in: projection, at: position) }
    return changes
  }

  /// The rows of the account right after `position`; `nil`: before its first event.
  func rows(of projection: any Projection.Type, asOf position: Position?) throws(ProjectionError) -> EncodedRows {
    guard let position else { return EncodedRows() }
    var fold = ModelFold(projection)
    var scan = LogScan([projection])
    let query = EventQuery(.tag(Tag(TagNames.representative(account))), upTo: position)
    let stop = scan.run(log, query) { (record) throws(ProjectionError) in try fold.take(FoldEvent(record)) }.stop
    if let stop { throw stop }
    if let fault = fold.faults.quarantined[account] {
      throw .quarantined(projection.name, account: account, at: fault.position, reason: fault.reason)
    }
    return EncodedRows(try fold.rows.drain())
  }

  private func changes(in projection: any Projection.Type, at position: Position) throws(ProjectionError) -> [RowChange] {
    let (before, after) = (
      try rows(of: projection, asOf: position.previous).byKey, try rows(of: projection, asOf: position).byKey
    )
    let keys = Set(before.keys).union(after.keys).filter { before[$0] != after[$0] }
    return keys.sorted().map { key in
      RowChange(
        row: projection.describe(key), before: before[key].map { projection.json(key, $0) },
        after: after[key].map { projection.json(key, $0) })
    }
  }
}

/// What an event did to a row; the texts are JSON.
public struct RowChange: Sendable {
  public let row: RowDescription
  /// `nil`: there was no such row.
  public let before: String?
  /// `nil`: there is no such row any more.
  public let after: String?
}
