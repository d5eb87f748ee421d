import Foundation
import Schema

extension Requests {
  /// Withdraws a request for documents.
  public struct CancelDocumentRequest: Command {
    public static let name = "cancelDocumentRequest"
    public static let purpose = "Withdraws a request for documents."
    public static let givenBy: [CommandActor.Role] = [.officer]

    /// One letter and 9 digits.
    public var application: String
    /// The oldest request that is open unless given.
    public var request: UUID?

    public var about: CommandSubject { .application(application) }

    public func carryOut(in attempt: inout some Attempt) async throws {
      try attempt.decide(DocumentRequestDecider.self, try attempt.application(), .cancel(request))
    }
  }
}
