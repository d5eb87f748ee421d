import Foundation
import Schema

extension Requests {
  /// Asks for documents about a submitted application.
  public struct RequestDocuments: Command {
    public static let name = "requestDocuments"
    public static let purpose = "Asks for documents about a submitted application."
    public static let givenBy: [CommandActor.Role] = [.officer]

    public struct Item: Decodable, Sendable {
      public var slot: DocumentSlot
      public var text: String
    }

    /// One letter and 9 digits.
    public var application: String
    /// At most 20.
    public var items: [Item]
    /// The last day to answer; 30 days from today unless given.
    public var dueDay: CivilDay?

    public var about: CommandSubject { .application(application) }

    public func carryOut(in attempt: inout some Attempt) async throws {
      let application = try attempt.application()
      try attempt.decide(
        DocumentRequestDecider.self, application,
        .request(
          .init(
            items: items.map { .init(slot: $0.slot, text: $0.text) }, dueDay: dueDay, application: .submitted(application))))
    }
  }
}
