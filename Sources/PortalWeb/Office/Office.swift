import CaseEngine
import CommandCodec
import Domain
import EventStore
import Foundation
import Projections
import StrictJSON
import Synchronization
import WebServer

/// What the pages and the API ask: the engine for commands, the read models for tables, the log for the rest.
///
/// It decides nothing. Read models follow the log in the background; whoever gave a command sees at least its events.
public final class Office: Sendable {
  let engine: CaseEngine
  let log: any EventLog
  let keys: any SubjectKeys
  let views: ReadModels
  let searches = Searches()
  private let clock: @Sendable () -> Timestamp
  private let written = Mutex<[UUID: Position]>([:])
  private static let writtenLimit = 50_000

  /// - Parameter clock: The clock of `log`.
  public init(
    engine: CaseEngine, log: any EventLog, keys: any SubjectKeys, views: ReadModels,
    clock: @escaping @Sendable () -> Timestamp = { .now() }
  ) {
    self.engine = engine
    self.log = log
    self.keys = keys
    self.views = views
    self.clock = clock
  }

  /// The civil day in Ottawa.
  var today: CivilDay { CivilDay(of: Instant(microseconds: clock().microseconds)) }

  /// Microseconds since 1970.
  var now: Int64 { clock().microseconds }

  // MARK: Commands

  /// Gives a command of a representative.
  /// - Throws: `Problem` if there is no such command, if its fields cannot be read, or if the engine could not answer.
  func give(_ name: String, _ members: [JSON.Member], id: String, as account: UUID) async throws -> Verdict {
    let actor = JSON.object([
      .init(name: "role", value: "representative"), .init(name: "account", value: .string(account.streamText)),
    ])
    return try await give(name, members, id: id, performer: .representative(.id(account)), actor: actor)
  }

  /// Gives a command of somebody who is not signed in.
  func giveAsVisitor(_ name: String, _ members: [JSON.Member], id: String) async throws -> Verdict {
    let actor = JSON.object([.init(name: "role", value: "visitor")])
    return try await give(name, members, id: id, performer: .actor(.visitor), actor: actor)
  }

  private func give(
    _ name: String, _ members: [JSON.Member], id: String, performer: Performer, actor: JSON
  ) async throws -> Verdict {
    guard let type = Capabilities.command(named: name), let id = UUID(uuidString: id) else { throw Problem.notFound }
    let order: Order
    do throws(FieldFault) {
      let read = try CommandCodec.read(type, from: members)
      let body = CommandCodec.body(type, actor: actor, members, secrets: read.secrets)
      order = Order(id: id, performer: performer, command: read.command, body: body)
    } catch {
      throw Problem(
        400, "command.fields",
        .init("A field of this command is wrong: \(error.text).", "Un champ de cette commande est erroné : \(error.text)."))
    }
    let verdict = try await engine.perform(order)
    if case .accepted(let acceptance) = verdict, let position = acceptance.position,
      case .representative(.id(let account)) = performer
    {
      note(position, of: account)
    }
    return verdict
  }

  // MARK: Reading what was written

  /// What the next question of this account must contain; `nil`: everything the log has now.
  func position(of account: UUID) -> Position? { written.withLock { $0[account] } }

  private func note(_ position: Position, of account: UUID) {
    written.withLock { written in
      if written.count >= Self.writtenLimit { written.removeAll() }
      written[account] = max(position, written[account] ?? position)
    }
  }

  // MARK: What went wrong

  /// The refusal that an error of the modules below stands for.
  static func problem(_ error: any Error) -> Problem? {
    switch error {
    case is EngineError:
      Problem(
        503, "command.in_doubt",
        .init(
          "The server could not say what became of this. Send the same again.",
          "Le serveur n’a pas pu dire ce qu’il en est advenu. Envoyez la même chose de nouveau."), retryAfter: 2)
    case is ProjectionError, is EventStoreError:
      Problem(
        503, "view.not_reached",
        .init("This cannot be shown at the moment. Try again.", "Ceci ne peut pas être affiché pour l’instant. Réessayez."),
        retryAfter: 2)
    default: nil
    }
  }
}
