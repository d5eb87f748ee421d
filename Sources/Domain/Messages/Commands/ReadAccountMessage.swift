import Foundation
import Schema

extension Messages {
  /// Records that the representative opened a message of the account.
  public struct ReadAccountMessage: Command {
    public static let name = "readAccountMessage"
    public static let purpose = "Records that the representative opened a message of the account."
    public static let givenBy: [CommandActor.Role] = [.representative]

    /// The message; else the newest unread one of a template.
    public var message: UUID?
    public var template: MessageTemplate?

    public var about: CommandSubject { .ownAccount }

    public func carryOut(in attempt: inout some Attempt) async throws {
      let account = try attempt.account()
      let inbox = try attempt.state(of: InboxDecider.self, account)
      let message = try Messages.resolve(message, template) { template in
        inbox.messages.filter { $0.value.template == template && !$0.value.isRead }.map(\.key)
      }
      try attempt.decide(InboxDecider.self, account, .read(message: message))
    }
  }
}
