import Domain
import Foundation
import Schema

/// What is known of an account without opening anything (domain.md 3.5).
public struct Profile: Sendable, Equatable {
  public let account: UUID
  /// P and 12 digits; `nil` before the enrolment is approved.
  public let representativeID: String?
  public let status: ProfileRow.Status
  public let standing: Standing
  public let governingBody: GoverningBody
  public let language: Language
  public let wantsEmailUpdates: Bool
  public let enrolled: Instant
  public let passwordChanged: Instant?
  /// Name, addresses and membership number.
  public let details: Sealed?

  /// - Returns: `nil` if there is no such account.
  init?(of account: UUID, in rows: borrowing some RowReader & ~Copyable) throws(ProjectionError) {
    guard let row = try rows.row(at: RowKey(account, AccountProfile.Kind.profile), as: ProfileRow.self) else { return nil }
    self.account = account
    representativeID = row.representativeID.isEmpty ? nil : row.representativeID
    status = row.status
    standing = row.standing
    governingBody = row.governingBody
    language = row.language
    wantsEmailUpdates = row.emailUpdates
    enrolled = Instant(microseconds: row.enrolledAt)
    passwordChanged = row.passwordChangedAt == 0 ? nil : Instant(microseconds: row.passwordChangedAt)
    details = row.hasDetails ? row.details : nil
  }
}
