import Foundation
import Schema

/// Messages to accounts and about applications (domain.md 2.12, 2.13).
public enum Messages {
  static let commands: [any Command.Type] = [
    SendAccountMessage.self, ReadAccountMessage.self, SendApplicationMessage.self, ReadApplicationMessage.self,
  ]

  /// The message that a command names: by its identifier in `message`, or the newest unread one of the kind in `template`.
  static func resolve(_ message: UUID?, _ template: MessageTemplate?, unread: (String) -> [UUID]) throws(Refusal) -> UUID {
    switch (message, template) {
    case (let message?, nil): return message
    case (nil, let template?):
      let newest = unread(template.rawValue).max()
      guard let newest else { throw Refusal(.messageNotFound) }
      return newest
    case (nil, nil), (_?, _?): throw Refusal(because: .required(.message))
    }
  }
}
