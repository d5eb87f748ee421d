import Foundation

/// Who gives a command: a role and an identifier, never a person's name (domain.md 0.2).
public enum CommandActor: Hashable, Sendable {
  case representative(account: UUID)
  case client(UUID)
  case officer(String)
  case enrolmentOfficer(String)
  case `operator`(String)
  case adapter(String)
  case system
  /// Somebody who has not signed in.
  case visitor

  /// The name under which the log keeps the actor, for example `officer/77`.
  public var name: String {
    switch self {
    case .representative(let account): "representative/\(account.streamText)"
    case .client(let client): "client/\(client.streamText)"
    case .officer(let number): "officer/\(number)"
    case .enrolmentOfficer(let number): "enrolment-officer/\(number)"
    case .operator(let name): "operator/\(name)"
    case .adapter(let name): "adapter/\(name)"
    case .system: "system"
    case .visitor: "visitor"
    }
  }

  public var role: Role {
    switch self {
    case .representative: .representative
    case .client: .client
    case .officer: .officer
    case .enrolmentOfficer: .enrolmentOfficer
    case .operator: .operator
    case .adapter: .adapter
    case .system: .system
    case .visitor: .visitor
    }
  }

  /// The account of a representative; `nil` for everybody else.
  public var account: UUID? { if case .representative(let account) = self { account } else { nil } }

  /// Whose reading of a message a reading is; `nil` for who reads no messages.
  var reader: UUID? {
    switch self {
    case .representative(let account): account
    case .client(let client): client
    case .officer, .enrolmentOfficer, .operator, .adapter, .system, .visitor: nil
    }
  }

  public enum Role: String, Hashable, Sendable, CaseIterable {
    case representative, client, officer
    case enrolmentOfficer = "enrolment-officer"
    case `operator`, adapter, system, visitor
  }
}

extension DecisionContext {
  /// The first check of every command.
  /// - Throws: `auth.required` if the actor's role may not give the command.
  func require(_ roles: CommandActor.Role...) throws(Refusal) {
    guard roles.contains(actor.role) else { throw Refusal(.authRequired) }
  }
}
