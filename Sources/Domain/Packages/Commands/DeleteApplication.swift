import Foundation
import Schema

extension Packages {
  /// Deletes an application that was not submitted.
  public struct DeleteApplication: Command {
    public static let name = "deleteApplication"
    public static let purpose = "Deletes an application that was not submitted."
    public static let givenBy: [CommandActor.Role] = [.representative, .officer, .enrolmentOfficer, .system]

    /// The number in the column ID.
    public var package: UInt64

    public var about: CommandSubject { .package(package) }

    public func carryOut(in attempt: inout some Attempt) async throws {
      try attempt.decide(PackageDecider.self, try attempt.package(), .delete(.officer))
    }
  }
}
