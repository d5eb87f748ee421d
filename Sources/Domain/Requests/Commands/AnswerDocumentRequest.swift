import Foundation
import Schema

extension Requests {
  /// Answers an item of a request with a document, an explanation or both.
  public struct AnswerDocumentRequest: Command {
    public static let name = "answerDocumentRequest"
    public static let purpose = "Answers an item of a request with a document, an explanation or both."
    public static let givenBy: [CommandActor.Role] = [.representative]

    /// One letter and 9 digits.
    public var application: String
    /// The oldest request that is open unless given.
    public var request: UUID?
    /// 1 for the first item.
    public var item: Int
    public var document: UUID?
    public var explanation: String?

    public var about: CommandSubject { .application(application) }

    public func carryOut(in attempt: inout some Attempt) async throws {
      let application = try attempt.application()
      let open = try attempt.state(of: DocumentRequestDecider.self, application).open
      // Identifiers grow with time: the smallest is the oldest. Without any open request the rule gets one nobody made, and
      // says so.
      let oldest = open.min()
      try attempt.decide(
        DocumentRequestDecider.self, application,
        .answer(
          .init(
            request: request ?? oldest ?? attempt.context.newIdentifier(), item: item, document: document,
            explanation: explanation, application: .submitted(application))))
    }
  }
}
