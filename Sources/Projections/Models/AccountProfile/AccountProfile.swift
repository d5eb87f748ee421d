import Domain
import EventStore
import Foundation
import Schema
import SwiftProtobuf

/// The read model `account-profile`: one row an account (domain.md 3.5).
struct AccountProfile: Projection {
  static let name: ProjectionName = "account-profile"
  static let version = 1
  static let streams: Set<StreamKind> = [.representative, .credential]
  static let handles = Set<EventTypeName>.reading([
    EnrolmentRequestSubmitted.self, EnrolmentDocumentsRequested.self, EnrolmentDocumentsProvided.self,
    EnrolmentRequestApproved.self, EnrolmentRequestRefused.self, StandingChanged.self, AccountClosed.self,
    PasswordSet.self, PasswordChanged.self,
  ])

  static let rowTypes: [UInt8: any Message.Type] = [Kind.profile: ProfileRow.self]

  /// The kinds of rows.
  enum Kind {
    static let profile: UInt8 = 1
  }

  func apply(
    _ event: DomainEvent, in record: borrowing EventView, of account: UUID, to rows: inout WorkingRows
  ) throws(ProjectionError) {
    let key = RowKey(account, Kind.profile)
    var profile = try rows.get(key, as: ProfileRow.self) ?? ProfileRow()
    let time = record.logTime.microseconds
    switch event {
    case .representative(let change): apply(change, at: time, sealed: record.sealed, to: &profile)
    case .credential(.passwordSet), .credential(.passwordChanged): profile.passwordChangedAt = time
    default: return
    }
    rows.put(key, profile)
  }

  private func apply(
    _ change: RepresentativeEvent.OneOf_Event, at time: Int64, sealed: Sealed?, to profile: inout ProfileRow
  ) {
    switch change {
    case .enrolmentRequestSubmitted(let submitted):
      profile.status = .enrolmentSubmitted
      profile.governingBody = submitted.governingBody
      profile.language = submitted.language
      profile.emailUpdates = submitted.emailUpdates
      profile.enrolledAt = time
      if let sealed { profile.details = sealed }
    case .enrolmentDocumentsRequested: profile.status = .documentsRequested
    case .enrolmentDocumentsProvided: profile.status = .enrolmentSubmitted
    case .enrolmentRequestApproved(let approved):
      profile.status = .active
      profile.standing = .good
      profile.representativeID = approved.representativeID
      profile.approvedAt = time
    case .enrolmentRequestRefused: profile.status = .refused
    case .standingChanged(let changed): profile.standing = changed.to
    case .accountClosed: profile.status = .closed
    case .membershipChecked: return
    }
  }
}
