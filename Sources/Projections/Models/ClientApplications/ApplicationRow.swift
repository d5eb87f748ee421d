import Domain
import Foundation
import Schema

/// A row of the table of applications, as one reader sees it.
public struct ApplicationRow: Sendable, Equatable {
  /// The package of a draft, the application once submitted.
  public let id: UUID
  public let status: PortalStatus
  public let action: ApplicationAction
  /// The column ID.
  public let packageNumber: UInt64
  public let type: ApplicationType
  public let applicant: ApplicantName
  /// Members of a draft beside the principal applicant.
  public let furtherMembers: Int
  /// `nil` for a draft, unless it continues a claim made at the border.
  public let number: String?
  public let created: Instant
  public let saved: Instant
  /// `nil` once submitted.
  public let daysLeft: Int?
  public let submitted: Instant?
  /// Messages the representative has not opened.
  public let unread: Int

  init(_ entry: ApplicationEntry, applicant: ApplicantName, today: CivilDay) {
    id = entry.id
    status = entry.status
    action = entry.action
    packageNumber = entry.packageNumber
    type = entry.type
    self.applicant = applicant
    furtherMembers = entry.furtherMembers
    number = entry.number.isEmpty ? nil : entry.number
    created = entry.created.instant
    saved = entry.saved.instant
    daysLeft = entry.deadline.map { max(0, today.days(until: $0)) }
    submitted = entry.submitted?.instant
    unread = entry.unread
  }
}

/// A moment, and the day that is printed for it.
struct PrintedMoment: Sendable {
  let instant: Instant
  let day: CivilDay

  init(_ microseconds: Int64) {
    instant = Instant(microseconds: microseconds)
    day = CivilDay(of: instant)
  }
}

/// A row of the read model with what is sorted and searched by; drafts and submitted applications alike.
final class ApplicationEntry: Sendable {
  let id: UUID
  let action: ApplicationAction
  let packageNumber: UInt64
  let type: ApplicationType
  let personID: UUID
  let furtherMembers: Int
  /// Empty if there is none.
  let number: String
  let created: PrintedMoment
  let saved: PrintedMoment
  let deadline: CivilDay?
  let submitted: PrintedMoment?
  let unread: Int
  let position: UInt64

  var status: PortalStatus { submitted == nil ? .inProgress : .submitted }

  /// A draft is gone at the end of its last day, whether or not that has been recorded (domain.md 3.1).
  func isVisible(on day: CivilDay) -> Bool { deadline.map { $0 >= day } ?? true }

  /// - Returns: `nil` for a draft that its client took from the representative.
  init?(_ id: UUID, _ row: DraftRow) {
    guard !row.freezeCauses.contains(.authorizationRevoked) else { return nil }
    self.id = id
    action = row.freezeCauses.isEmpty ? .continueOrDelete : .onHold
    packageNumber = row.packageNumber
    type = row.type
    personID = UUID(row.principalID) ?? id
    furtherMembers = Int(row.furtherMembers)
    number = row.cbsaNumber
    created = PrintedMoment(row.createdAt)
    saved = PrintedMoment(row.savedAt)
    deadline = CivilDay(number: row.deadlineDay)
    submitted = nil
    unread = 0
    position = row.position
  }

  init(_ id: UUID, _ row: SubmittedRow) {
    self.id = id
    action = row.openRequests > 0 || row.unreadActionRequired > 0 ? .actionRequired : .checkStatus
    packageNumber = row.packageNumber
    type = row.type
    personID = UUID(row.personID) ?? id
    furtherMembers = 0
    number = row.applicationNumber
    created = PrintedMoment(row.createdAt)
    saved = PrintedMoment(row.savedAt)
    deadline = nil
    submitted = PrintedMoment(row.submittedAt)
    unread = Int(row.unread)
    position = row.position
  }
}
