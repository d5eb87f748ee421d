import EventStore
import Foundation
import Schema

extension ClientApplications {
  /// What happens to a package while it is prepared, up to its submission.
  func apply(
    _ change: PackageEvent.OneOf_Event, in event: FoldEvent, to rows: inout WorkingRows
  ) throws(ProjectionError) {
    let key = RowKey(event.account, Kind.draft, try event.streamID())
    if case .applicationCreated(let created) = change { return rows.put(key, draft(created, in: event)) }
    guard var draft = try rows.get(key, as: DraftRow.self) else {
      throw event.contradiction("its package is not in preparation")
    }
    switch change {
    case .applicationCreated: return
    case .applicantAdded: draft.furtherMembers += 1
    case .applicationSaved: draft.savedAt = event.time.microseconds
    case .draftFrozen(let frozen): draft.freezeCauses = draft.freezeCauses.filter { $0 != frozen.cause } + [frozen.cause]
    case .draftUnfrozen(let unfrozen): draft.freezeCauses.removeAll { $0 == unfrozen.cause }
    case .applicationDeleted, .draftExpired: return rows.delete(key)
    case .packageSubmitted(let submitted):
      rows.delete(key)
      return try submit(draft, as: submitted, in: event, to: &rows)
    }
    rows.put(key, draft)
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
  private func submit(
    _ draft: DraftRow, as submitted: PackageSubmitted, in event: FoldEvent, to rows: inout WorkingRows
  ) throws(ProjectionError) {
    for member in submitted.members {
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
      rows.put(RowKey(event.account, Kind.submitted, application), row)
    }
  }
}
