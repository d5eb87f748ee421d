import Schema

/// How long a draft lives, counted in civil days from its creation (domain.md G19). Saving never prolongs it.
public enum DraftLife {
  static let version = 1
  static let maximumOpenDrafts = 500
  static let maximumMembers = 20

  /// - Returns: The number of days; an application may still be submitted on the last of them.
  static func days(for type: ApplicationType) -> Int32 { type == .refugeeClaim ? 90 : 60 }
}

/// The instructions that are acknowledged before an application is started.
public enum Instructions {
  /// The only version there is.
  public static let version: UInt32 = 1
}

/// How long people have to send what was asked of them.
enum RequestPolicy {
  static let defaultDays: Int32 = 30
  static let minimumDays: Int32 = 7
  static let maximumItems = 20
  static let maximumEnrolmentItems = 10
}

/// How fresh the word of a governing body's register must be.
enum MembershipPolicy {
  static let maximumAgeDays: Int64 = 7
  /// An unchanged result for an active account is recorded this seldom.
  static let heartbeatDays: Int64 = 30
}
