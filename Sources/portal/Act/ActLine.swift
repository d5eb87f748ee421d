import CaseEngine
import Domain
import Foundation
import StrictJSON

/// A line of commands, read: `{"command":"…","commandId":"…","actor":{…},…}`. `docs/commands.md` has every field.
struct ActLine: Sendable {
  let order: Order
  /// When the command is given; only with `--clock input`.
  let at: Instant?

  /// Values that must leave no digest in the log.
  private static let secrets: Set = ["password", "oldPassword", "newPassword", "confirmation"]
  /// What is not part of a command's body: a command that is sent again may have another time.
  private static let envelope: Set = ["commandId", "at"]

  init(_ bytes: [UInt8], clock: ClockChoice) throws(LineFault) {
    let json: JSON
    do throws(JSONParser.Failure) {
      json = try JSONParser.parse(bytes)
    } catch {
      throw LineFault("not JSON: \(error.reason) (column \(error.column))")
    }
    var fields = try Fields(json)
    let name = try fields.string("command")
    guard let command = CommandName(rawValue: name) else {
      throw LineFault("unknown command \(LineFault.shown(name)); the commands are \(CommandName.list)")
    }
    let id = try fields.uuid("commandId")
    let performer = try fields.object("actor", Performer.read)
    at = try Self.time(&fields, clock)
    let read = try command.read(&fields)
    try fields.finish()
    order = Order(id: id, performer: performer, command: read, body: Self.body(json))
  }

  private static func time(_ fields: inout Fields, _ clock: ClockChoice) throws(LineFault) -> Instant? {
    switch clock {
    case .input: return try fields.time("at")
    case .system:
      guard try fields.optionalString("at") == nil else { throw LineFault("'at' is taken only with --clock input") }
      return nil
    }
  }

  private static func body(_ json: JSON) -> Data {
    guard case .object(let members) = json else { return Data() }
    let kept = members.filter { !secrets.contains($0.name) && !envelope.contains($0.name) }
    return Data(JSON.object(kept).sorted.text.utf8)
  }
}

extension Performer {
  static func read(_ fields: inout Fields) throws(LineFault) -> Performer {
    switch try fields.choice("role", CommandActor.Role.allCases, word: \.rawValue) {
    case .representative: .representative(try fields.account())
    case .client: .actor(.client(try fields.uuid("client")))
    case .officer: .actor(.officer(String(try fields.integer("number", as: UInt32.self))))
    case .enrolmentOfficer: .actor(.enrolmentOfficer(String(try fields.integer("number", as: UInt32.self))))
    case .operator: .actor(.operator(try fields.actorName()))
    case .adapter: .actor(.adapter(try fields.actorName()))
    case .system: .actor(.system)
    }
  }
}

extension Fields {
  /// An account: its UUID, or the Representative IRCC ID.
  mutating func account() throws(LineFault) -> AccountReference {
    let text = try string("account")
    if let id = UUID(uuidString: text) { return .id(id) }
    guard text.utf8.count == 13, text.hasPrefix("P"), text.dropFirst().utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
      throw LineFault("'account' must be a UUID, or P and 12 digits")
    }
    return .representativeID(text)
  }

  /// The name of a program: it stands in the log.
  fileprivate mutating func actorName() throws(LineFault) -> String {
    let name = try string("name")
    let allowed = Set("abcdefghijklmnopqrstuvwxyz0123456789-".utf8)
    guard (1...40).contains(name.utf8.count), name.utf8.allSatisfy(allowed.contains) else {
      throw LineFault("'name' must be 1 to 40 lower-case letters, digits and hyphens")
    }
    return name
  }
}
