import Domain
import Foundation
import Schema

/// What a command is about: its references, looked up. None of this ever changes once it is in the log.
struct Target: Sendable {
  var actor: CommandActor
  /// The account the command concerns; `nil` if there is none, or nobody knows it.
  var account: UUID?
  var package: UUID?
  var application: UUID?
  /// The sequence that the command sets or takes numbers from.
  var sequence: SequenceName?
}

extension CaseEngine {
  func target(of order: Order) throws -> Target {
    var target = Target(actor: try actor(of: order.performer))
    switch order.command {
    case .setSequence(let set):
      target.sequence = set.name
    case .requestEnrolmentDocuments(_, let reference), .recordMembershipCheck(_, let reference),
      .refuseEnrolment(_, let reference), .changeStanding(_, let reference), .closeAccount(_, let reference),
      .expireDrafts(let reference), .sendAccountMessage(_, let reference):
      target.account = try account(reference)
    case .approveEnrolment(let reference):
      target.account = try account(reference)
      target.sequence = .representative
    case .submitEnrolment, .provideEnrolmentDocuments, .setPassword, .changePassword, .readAccountMessage:
      target.account = try own(target.actor)
    case .createApplication:
      target.account = try own(target.actor)
      target.sequence = .package
    case .addApplicant(_, _, let number), .saveApplication(_, let number), .deleteApplication(let number):
      _ = try setPackage(number, &target)
    case .submitApplication(let number, _):
      target.sequence = try setPackage(number, &target).draft?.type.numberSequence
    case .sendApplicationMessage(_, _, let number), .readApplicationMessage(_, let number),
      .requestDocuments(_, _, let number), .answerDocumentRequest(_, let number):
      try setApplication(number, &target)
    }
    return target
  }

  private func setPackage(_ number: UInt64, _ target: inout Target) throws -> PackageState {
    target.account = target.actor.account
    guard let id = try lookup.package(number: number) else { return .none }
    let state = try loader.load(PackageDecider.self, StreamNames.package(id)).state
    target.package = id
    if target.account == nil { target.account = state.draft?.accountID }
    return state
  }

  private func setApplication(_ number: String, _ target: inout Target) throws {
    target.account = target.actor.account
    guard let id = try lookup.application(number: number) else { return }
    target.application = id
    guard target.account == nil else { return }
    target.account = try loader.load(ApplicationFold.self, StreamNames.application(id)).state.application?.accountID
  }

  private func actor(of performer: Performer) throws -> CommandActor {
    switch performer {
    case .actor(let actor): return actor
    case .representative(let reference):
      guard let account = try account(reference) else { throw Refusal(.authRequired) }
      return .representative(account: account)
    }
  }

  private func own(_ actor: CommandActor) throws(Refusal) -> UUID {
    guard let account = actor.account else { throw Refusal(.authRequired) }
    return account
  }

  private func account(_ reference: AccountReference) throws -> UUID? {
    switch reference {
    case .id(let id): id
    case .representativeID(let number): try lookup.account(representativeID: number)
    }
  }
}

extension CommandActor {
  /// The account of a representative; `nil` for everybody else.
  var account: UUID? { if case .representative(let account) = self { account } else { nil } }
}
