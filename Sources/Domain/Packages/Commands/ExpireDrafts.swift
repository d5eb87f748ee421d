import Foundation
import Schema

extension Packages {
  /// Marks the drafts of an account whose time to submit has ended.
  public struct ExpireDrafts: Command {
    public static let name = "expireDrafts"
    public static let purpose = "Marks the drafts of an account whose time to submit has ended."
    public static let givenBy: [CommandActor.Role] = [.system, .operator]

    public var account: AccountReference

    public var about: CommandSubject { .account(account) }

    /// Each draft takes two events, and an append holds 1,000; an account has no more than 500 drafts.
    private static let limit = 400

    public func carryOut(in attempt: inout some Attempt) async throws {
      let now = attempt.context.now
      let due = try attempt.facts.roster(of: try attempt.account()).drafts.filter { $0.deadline.lastInstant < now }
      for draft in due.prefix(Self.limit) { try attempt.decide(PackageDecider.self, draft.package, .expire) }
    }
  }
}
