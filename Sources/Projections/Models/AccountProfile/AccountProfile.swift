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
  static let handles: [EventTypeName: Need] = .reading([
    .occurrence: [
      EnrolmentDocumentsRequested.self, EnrolmentDocumentsProvided.self, EnrolmentRequestRefused.self, AccountClosed.self,
      PasswordSet.self, PasswordChanged.self,
    ],
    .clear: [EnrolmentRequestApproved.self, StandingChanged.self],
    .sealed: [EnrolmentRequestSubmitted.self],
  ])

  static let rowTypes: [UInt8: any Message.Type] = [Kind.profile: ProfileRow.self]

  /// The kinds of rows.
  enum Kind {
    static let profile: UInt8 = 1
  }

  func apply(_ event: FoldEvent, to rows: inout WorkingRows) throws(ProjectionError) {
    let key = RowKey(event.account, Kind.profile)
    var profile = try rows.get(key, as: ProfileRow.self) ?? ProfileRow()
    switch event.event {
    case .representative(let change): apply(change, at: event.time.microseconds, sealed: event.sealed, to: &profile)
    case .credential(.passwordSet), .credential(.passwordChanged): profile.passwordChangedAt = event.time.microseconds
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
