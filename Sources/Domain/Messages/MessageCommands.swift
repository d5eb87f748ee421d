import Foundation
import Schema

/// What can be asked of an account's inbox (domain.md 2.12).
public enum InboxCommand: Sendable {
  case send(SendAccountMessage)
  /// The representative opens a message.
  case read(message: UUID)
}

/// What can be asked of an application's messages (domain.md 2.13).
public enum ApplicationMessageCommand: Sendable {
  case send(SendApplicationMessage)
  case read(ReadApplicationMessage)
}

/// A letter that an officer writes to a representative.
public struct SendAccountMessage: Sendable {
  /// Gives the subject.
  public var template: MessageTemplate
  /// At most 8,000 Characters; line breaks are allowed.
  public var body: String
  public var isActionRequired: Bool

  public init(template: MessageTemplate, body: String, isActionRequired: Bool = false) {
    self.template = template
    self.body = body
    self.isActionRequired = isActionRequired
  }
}

/// A letter that an officer writes about an application.
public struct SendApplicationMessage: Sendable {
  public var template: MessageTemplate
  /// At most 8,000 Characters; only `A-UPDATE` has a body of its own.
  public var body: String?
  public var audience: ApplicationMessageSent.Audience
  public var isActionRequired: Bool
  /// Fact: the application, folded from its stream.
  public var application: ApplicationState

  public init(
    template: MessageTemplate, body: String? = nil, audience: ApplicationMessageSent.Audience = .contact,
    isActionRequired: Bool = false, application: ApplicationState
  ) {
    self.template = template
    self.body = body
    self.audience = audience
    self.isActionRequired = isActionRequired
    self.application = application
  }
}

/// The representative or the client opens a message; who it is comes from the context's actor.
public struct ReadApplicationMessage: Sendable {
  public var message: UUID
  /// Fact: the application, folded from its stream.
  public var application: ApplicationState

  public init(message: UUID, application: ApplicationState) {
    self.message = message
    self.application = application
  }
}
