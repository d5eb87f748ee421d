import Foundation
import Schema

extension Messages {
  /// Writes a letter about a submitted application.
  public struct SendApplicationMessage: Command {
    public static let name = "sendApplicationMessage"
    public static let purpose = "Writes a letter about a submitted application."
    public static let givenBy: [CommandActor.Role] = [.officer]

    /// One letter and 9 digits.
    public var application: String
    /// Gives the subject.
    public var template: MessageTemplate
    /// At most 8,000 characters; only `A-UPDATE` has a body of its own.
    public var body: String?
    /// The contact unless given.
    public var audience: ApplicationMessageSent.Audience?
    /// False unless given.
    public var actionRequired: Bool?

    public var about: CommandSubject { .application(application) }

    public func carryOut(in attempt: inout some Attempt) async throws {
      let application = try attempt.application()
      try attempt.decide(
        ApplicationMessageDecider.self, application,
        .send(
          .init(
            template: template, body: body, audience: audience ?? .contact, isActionRequired: actionRequired ?? false,
            application: .submitted(application))))
    }
  }
}
