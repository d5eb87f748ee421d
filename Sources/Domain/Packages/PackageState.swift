import Foundation
import Schema

/// Where a package is in its life (domain.md 2.7).
public enum PackageState: Hashable, Sendable {
  case none
  case draft(Draft)
  /// On hold for one or several causes; the deadline runs on.
  case frozen(Draft, causes: Set<FreezeCause>)
  case submitted(SubmittedPackage)
  case deleted(Draft)
  case expired(Draft)

  /// What was prepared, whatever became of it; `nil` if there is no such package.
  public var draft: Draft? {
    switch self {
    case .none: nil
    case .draft(let draft), .frozen(let draft, _), .deleted(let draft), .expired(let draft): draft
    case .submitted(let package): package.draft
    }
  }

  /// Whether the package counts as in progress at `now`: not submitted, deleted or past its deadline.
  public func isOpen(at now: Instant) -> Bool {
    switch self {
    case .draft(let draft), .frozen(let draft, _): now <= draft.deadlineDay.lastInstant
    case .none, .submitted, .deleted, .expired: false
    }
  }
}

/// A package in preparation.
public struct Draft: Hashable, Sendable {
  public var packageID: UUID
  public var number: UInt64
  public var accountID: UUID
  public var type: ApplicationType
  public var mode: ApplicationCreated.Mode
  /// The number on the CBSA letter; `nil` unless the claim began at the border.
  public var borderNumber: String?
  /// The last day to submit. Saving never moves it.
  public var deadlineDay: CivilDay
  /// In the order of their ordinals; the principal applicant first.
  public var members: [Member]
  public var sections: [SectionKey: Section] = [:]
  /// The 0-based revision of the package's last event.
  public var revision: UInt64 = 0

  /// How many numbers a submission takes from the type's sequence: the principal of a border claim has one already.
  public var numbersNeeded: Int { members.count - (borderNumber == nil ? 0 : 1) }

  public struct Member: Hashable, Sendable {
    public var personID: UUID
    /// 1 for the principal applicant.
    public var ordinal: UInt32
  }

  public struct SectionKey: Hashable, Sendable {
    public var personID: UUID
    public var section: String
  }

  public struct Section: Hashable, Sendable {
    public var version: UInt32
    public var digest: UInt64
    public var isComplete: Bool
  }
}

public struct SubmittedPackage: Hashable, Sendable {
  public var draft: Draft
  public var members: [PackageSubmitted.Member]
  public var submittedAt: Instant
}
