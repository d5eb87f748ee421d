import Foundation
import Schema

/// The messages of one inbox.
public struct InboxState: Hashable, Sendable {
  public var messages: [UUID: Message] = [:]

  public struct Message: Hashable, Sendable {
    public var template: String
    public var isRead = false
  }
}

/// The messages of one application.
public struct ApplicationMessageState: Hashable, Sendable {
  public var messages: [UUID: Message] = [:]

  public struct Message: Hashable, Sendable {
    public var template: String
    public var audience: ApplicationMessageSent.Audience
    /// Who has opened it.
    public var readers: Set<UUID> = []
  }
}
