import CaseEngine
import CommandCodec
import Domain
import Foundation
import StrictJSON

/// A line of commands, read: `{"command":"…","commandId":"…","actor":{…},…}`. `docs/commands.md` has every field.
struct ActLine: Sendable {
  let order: Order
  /// When the command is given; only with `--clock input`.
  let at: Instant?

  /// What surrounds the fields of the command.
  private struct Envelope: Decodable {
    var command: String
    var commandId: UUID
    var actor: ActorFields
    var at: Instant?
  }

  private static let envelope: Set = ["command", "commandId", "actor", "at"]

  init(_ bytes: [UInt8], clock: ClockChoice) throws(LineFault) {
    let json: JSON
    do throws(JSONParser.Failure) {
      json = try JSONParser.parse(bytes)
    } catch {
      throw LineFault("not JSON: \(error.reason) (column \(error.column))")
    }
    guard case .object(let members) = json else { throw LineFault("a line must be an object") }
    do throws(FieldFault) {
      let envelope = try CommandCodec.decode(Envelope.self, from: members.filter { Self.envelope.contains($0.name) })
      guard let type = Capabilities.command(named: envelope.command) else {
        throw FieldFault("command", "must be one of \(Capabilities.commands.map { $0.name }.joined(separator: ", "))")
      }
      let fields = members.filter { !Self.envelope.contains($0.name) }
      let read = try CommandCodec.read(type, from: fields)
      at = try Self.time(envelope.at, clock)
      let actor = members.first { $0.name == "actor" }?.value ?? .null
      order = Order(
        id: envelope.commandId, performer: try envelope.actor.performer, command: read.command,
        body: CommandCodec.body(type, actor: actor, fields, secrets: read.secrets))
    } catch {
      throw LineFault(error.text)
    }
  }

  private static func time(_ at: Instant?, _ clock: ClockChoice) throws(FieldFault) -> Instant? {
    switch (clock, at) {
    case (.input, nil): throw FieldFault("at", "is missing")
    case (.system, _?): throw FieldFault("at", "is taken only with --clock input")
    case (.input, let at?) where at.microseconds < 0: throw FieldFault("at", "must not be before 1970")
    case (.input, let at?): return at
    case (.system, nil): return nil
    }
  }
}

/// Why a line is not a command.
struct LineFault: Error, Equatable {
  let reason: String

  init(_ reason: String) { self.reason = reason }
}

/// Who gives a command, as a line says it.
private struct ActorFields: Decodable {
  var role: CommandActor.Role
  var account: AccountReference?
  var client: UUID?
  var number: UInt32?
  var name: ActorName?

  var performer: Performer {
    get throws(FieldFault) {
      switch role {
      case .representative: .representative(try need(account, "account"))
      case .client: .actor(.client(try need(client, "client")))
      case .officer: .actor(.officer(String(try need(number, "number"))))
      case .enrolmentOfficer: .actor(.enrolmentOfficer(String(try need(number, "number"))))
      case .operator: .actor(.operator(try need(name, "name").text))
      case .adapter: .actor(.adapter(try need(name, "name").text))
      case .system: .actor(.system)
      case .visitor: .actor(.visitor)
      }
    }
  }

  private func need<Value>(_ value: Value?, _ name: String) throws(FieldFault) -> Value {
    guard let value else { throw FieldFault("actor.\(name)", "is missing") }
    return value
  }
}

/// The name of an operator or a program: it stands in the log.
private struct ActorName: CommandValue {
  static var expectation: String { "1 to 40 lower-case letters, digits and hyphens" }
  let text: String

  init?(field text: String) {
    let allowed = Set("abcdefghijklmnopqrstuvwxyz0123456789-".utf8)
    guard (1...40).contains(text.utf8.count), text.utf8.allSatisfy(allowed.contains) else { return nil }
    self.text = text
  }
}
