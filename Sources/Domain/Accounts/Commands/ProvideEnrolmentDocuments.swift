import Foundation
import Schema

extension Accounts {
  /// Provides the papers that an enrolment officer asked for.
  public struct ProvideEnrolmentDocuments: Command {
    public static let name = "provideEnrolmentDocuments"
    public static let purpose = "Provides the papers that an enrolment officer asked for."
    public static let givenBy: [CommandActor.Role] = [.representative]

    public var documents: [UUID]

    public var about: CommandSubject { .ownAccount }

    public func carryOut(in attempt: inout some Attempt) async throws {
      try attempt.decide(RepresentativeDecider.self, try attempt.account(), .provideDocuments(.init(documents: documents)))
    }
  }
}
