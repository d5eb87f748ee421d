import EventStore
import Foundation
import Schema

extension ClientApplications {
  /// What happens to a package while it is prepared, up to its submission.
  func apply(
    _ change: PackageEvent.OneOf_Event, in event: FoldEvent, to rows: inout WorkingRows
  ) throws(ProjectionError) {
    let key = RowKey(event.account, Kind.draft, try event.streamID())
    func update(_ body: (inout DraftRow) -> Void) throws(ProjectionError) {
      try rows.update(key, or: event.contradiction("its package is not in preparation"), body)
    }
    switch change {
    case .applicationCreated(let created): rows.put(key, draft(created, in: event))
    case .applicantAdded: try update { $0.furtherMembers += 1 }
    case .applicationSaved: try update { $0.savedAt = event.time.microseconds }
    case .draftFrozen(let frozen): try update { $0.freezeCauses = $0.freezeCauses.filter { $0 != frozen.cause } + [frozen.cause] }
    case .draftUnfrozen(let unfrozen): try update { $0.freezeCauses.removeAll { $0 == unfrozen.cause } }
    case .applicationDeleted, .draftExpired:
      try update { _ in }
      rows.delete(key)
    case .packageSubmitted(let submitted):
      var draft = DraftRow()
      try update { draft = $0 }
      let applications = try members(of: draft, as: submitted, in: event)
      rows.delete(key)
      for (key, row) in applications { rows.put(key, row) }
    }
  }

  private func draft(_ created: ApplicationCreated, in event: FoldEvent) -> DraftRow {
    .with {
      $0.packageNumber = created.packageNumber
      $0.type = created.type
      $0.principalID = created.principalClientID
      $0.cbsaNumber = created.cbsaNumber
      $0.createdAt = event.time.microseconds
      $0.savedAt = event.time.microseconds
      $0.deadlineDay = created.deadlineDay
      $0.position = event.position.rawValue
    }
  }

  /// One row a member: all have the package's number and dates, each has an application number of its own.
  private func members(
    of draft: DraftRow, as submitted: PackageSubmitted, in event: FoldEvent
  ) throws(ProjectionError) -> [(RowKey, SubmittedRow)] {
    try submitted.members.map { (member) throws(ProjectionError) in
      guard let application = UUID(member.applicationID) else {
        throw event.contradiction("a member has no application identifier")
      }
      let row = SubmittedRow.with {
        $0.packageNumber = draft.packageNumber
        $0.applicationNumber = member.applicationNumber
        $0.type = draft.type
        $0.personID = member.personID
        $0.createdAt = draft.createdAt
        $0.savedAt = draft.savedAt
        $0.submittedAt = event.time.microseconds
        $0.position = event.position.rawValue
      }
      return (RowKey(event.account, Kind.submitted, application), row)
    }
  }
}
