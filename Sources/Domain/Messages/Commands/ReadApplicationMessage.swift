import Foundation
import Schema

extension Messages {
  /// Records that the representative or the client opened a message about an application.
  public struct ReadApplicationMessage: Command {
    public static let name = "readApplicationMessage"
    public static let purpose = "Records that the representative or the client opened a message about an application."
    public static let givenBy: [CommandActor.Role] = [.representative, .client]

    /// One letter and 9 digits.
    public var application: String
    /// The message; else the newest unread one of a template.
    public var message: UUID?
    public var template: MessageTemplate?

    public var about: CommandSubject { .application(application) }

    public func carryOut(in attempt: inout some Attempt) async throws {
      let application = try attempt.application()
      let messages = try attempt.state(of: ApplicationMessageDecider.self, application).messages
      let actor = attempt.context.actor
      let reader = actor.reader
      let message = try Messages.resolve(message, template) { template in
        messages.filter { message in
          message.value.template == template && actor.maySee(message.value.audience)
            && reader.map { !message.value.readers.contains($0) } == true
        }.map(\.key)
      }
      try attempt.decide(
        ApplicationMessageDecider.self, application, .read(.init(message: message, application: .submitted(application))))
    }
  }
}
