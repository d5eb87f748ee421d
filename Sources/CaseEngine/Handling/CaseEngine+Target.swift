import Domain
import Foundation
import Schema

extension CaseEngine {
  /// Who gives the command.
  /// - Throws: `auth.required` if nobody knows the representative, or if the role may not give the command.
  func actor(of order: Order) throws -> CommandActor {
    let actor: CommandActor
    switch order.performer {
    case .actor(let known): actor = known
    case .representative(let reference):
      guard let account = try account(reference) else { throw Refusal(.authRequired) }
      actor = .representative(account: account)
    }
    guard type(of: order.command).givenBy.contains(actor.role) else { throw Refusal(.authRequired) }
    return actor
  }

  /// What a command is about, looked up.
  func target(of subject: CommandSubject, _ actor: CommandActor) throws -> CommandTarget {
    switch subject {
    case .system: return CommandTarget()
    case .ownAccount:
      guard let account = actor.account else { throw Refusal(.authRequired) }
      return CommandTarget(account: account)
    case .account(let reference): return CommandTarget(account: try account(reference))
    case .package(let number):
      guard let package = try lookup.package(number: number) else { return CommandTarget(account: actor.account) }
      let owner = try loader.load(PackageDecider.self, StreamNames.package(package)).state.draft?.accountID
      return CommandTarget(account: actor.account ?? owner, package: package)
    case .application(let number):
      guard let id = try lookup.application(number: number) else { return CommandTarget(account: actor.account) }
      let owner = try loader.load(ApplicationStream.self, StreamNames.application(id)).state.application?.accountID
      return CommandTarget(account: actor.account ?? owner, application: id)
    case .signInName(let email):
      return CommandTarget(account: try lookup.account(emailKey: emailKey(of: email)))
    }
  }

  func emailKey(of email: String) -> Data { Data(keys.engine.emailHash(of: Data(EmailAddress.key(email).utf8))) }

  private func account(_ reference: AccountReference) throws -> UUID? {
    switch reference {
    case .id(let id): id
    case .representativeID(let number): try lookup.account(representativeID: number)
    }
  }
}
