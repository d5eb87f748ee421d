import Foundation
import Schema

/// Where an account is in its life (domain.md 2.2).
public enum RepresentativeState: Hashable, Sendable {
  case none
  case enrolmentSubmitted(Account)
  /// An enrolment officer waits for papers until the end of `dueDay`; after it the request has lapsed.
  case documentsRequested(Account, dueDay: CivilDay)
  case active(Account)
  case refused(Account)
  case closed(Account)

  /// The account; `nil` if nobody asked for one.
  public var account: Account? {
    switch self {
    case .none: nil
    case .enrolmentSubmitted(let account), .documentsRequested(let account, _), .active(let account),
      .refused(let account), .closed(let account):
      account
    }
  }

  /// The language in which texts for the account are generated.
  public var language: Language { account?.language ?? .english }

  public var isClosed: Bool { if case .closed = self { true } else { false } }
}

/// What rules need to know of an account.
public struct Account: Hashable, Sendable {
  public var id: UUID
  public var requestID: UUID
  public var governingBody: GoverningBody
  /// Names the reservation of the membership.
  public var membershipKey: Data
  public var language: Language
  public var standing: Standing
  /// The Representative IRCC ID; `nil` before the approval.
  public var representativeID: String?
  /// What the register said last.
  public var lastCheck: MembershipCheck?
}

public struct MembershipCheck: Hashable, Sendable {
  public var result: MembershipResult
  public var checkedAt: Instant
}
