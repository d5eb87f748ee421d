import Foundation
import Schema

extension Requests {
  /// Gives more time to answer a request for documents.
  public struct ExtendDocumentRequest: Command {
    public static let name = "extendDocumentRequest"
    public static let purpose = "Gives more time to answer a request for documents."
    public static let givenBy: [CommandActor.Role] = [.officer]

    /// One letter and 9 digits.
    public var application: String
    /// The oldest request that is open unless given.
    public var request: UUID?
    /// The new last day to answer: later than the one before.
    public var dueDay: CivilDay

    public var about: CommandSubject { .application(application) }

    public func carryOut(in attempt: inout some Attempt) async throws {
      try attempt.decide(DocumentRequestDecider.self, try attempt.application(), .extend(request, to: dueDay))
    }
  }
}
