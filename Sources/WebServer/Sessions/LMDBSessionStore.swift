import HTML
import LMDB
import StrictJSON

/// Sessions in a folder of their own, such as `secrets/sessions` under the data directory.
///
/// Table `sessions`: SHA-256 of the token (32 bytes) → the session as a JSON object with the members of `Session`, bytes in
/// hexadecimal. A token is nowhere. An entry that cannot be read is no session: its person signs in again.
public struct LMDBSessionStore: SessionStore {
  private let environment: Environment
  private let sessions: Table<[UInt8], String>

  public init(folder: String) throws {
    try FileSystem.makeFolder(folder)
    environment = try Environment(path: folder, tables: ["sessions"])
    sessions = environment.table("sessions")
  }

  public func all() throws -> [Session] {
    try environment.read { (transaction) throws(LMDBError) in
      try transaction.withCursor(in: sessions) { (cursor) throws(LMDBError) in
        var found: [Session] = []
        var more = try cursor.first()
        while more {
          if let id = [UInt8](keyBytes: cursor.keyBytes), let text = String(valueBytes: cursor.valueBytes),
            let session = Session(id: id, text: text)
          {
            found.append(session)
          }
          more = try cursor.next()
        }
        return found
      }
    }
  }

  public func put(_ sessions: [Session]) throws {
    try environment.write { transaction in
      for session in sessions { try transaction.put(session.id, session.text, in: self.sessions) }
      return .commit(())
    }
  }

  public func remove(_ ids: [[UInt8]]) throws {
    try environment.write { transaction in
      for id in ids { _ = try transaction.delete(id, in: sessions) }
      return .commit(())
    }
  }
}

extension Session {
  /// Everything but the id.
  var text: String {
    JSON.object([
      .init(name: "account", value: .string(Hex.text(account))), .init(name: "role", value: .string(role.name)),
      .init(name: "name", value: .string(name)), .init(name: "language", value: .string(language.rawValue)),
      .init(name: "created", value: .integer(created)), .init(name: "lastSeen", value: .integer(lastSeen)),
      .init(name: "authenticated", value: .integer(authenticated)), .init(name: "factors", value: .array(factors.map(JSON.string))),
      .init(name: "source", value: .string(source)), .init(name: "device", value: .string(device)),
    ]).text
  }

  init?(id: [UInt8], text: String) {
    guard let json = try? JSONParser.parse(Array(text.utf8)), case .object(let members) = json else { return nil }
    func string(_ name: String) -> String? {
      if case .string(let value)? = members.first(where: { $0.name == name })?.value { value } else { nil }
    }
    func integer(_ name: String) -> Int64? {
      if case .integer(let value)? = members.first(where: { $0.name == name })?.value { value } else { nil }
    }
    guard let account = string("account").flatMap(Hex.bytes), let role = string("role"), let name = string("name"),
      let language = string("language").flatMap(Language.init(rawValue:)), let created = integer("created"),
      let lastSeen = integer("lastSeen"), let authenticated = integer("authenticated"), let source = string("source"),
      let device = string("device"), case .array(let factors)? = members.first(where: { $0.name == "factors" })?.value
    else { return nil }
    self.init(
      id: id, account: account, role: Role(role), name: name, language: language, created: created, lastSeen: lastSeen,
      authenticated: authenticated, factors: factors.compactMap { if case .string(let factor) = $0 { factor } else { nil } },
      source: source, device: device)
  }
}

/// Bytes as hexadecimal digits.
enum Hex {
  private static let digits: [Character] = Array("0123456789abcdef")

  static func text(_ bytes: some Sequence<UInt8>) -> String {
    String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
  }

  static func bytes(_ text: String) -> [UInt8]? {
    guard text.utf8.count % 2 == 0 else { return nil }
    var bytes: [UInt8] = []
    var rest = Substring(text)
    while !rest.isEmpty {
      guard let byte = UInt8(rest.prefix(2), radix: 16) else { return nil }
      bytes.append(byte)
      rest = rest.dropFirst(2)
    }
    return bytes
  }
}
