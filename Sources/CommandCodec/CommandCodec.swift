import Domain
import Foundation
import StrictJSON

/// Commands from JSON: the one reader behind `portal act` and the HTTP API.
///
/// It is strict: an unknown field, a missing one and a value of another type are faults, whichever command it is. A `null`
/// stands for nothing, like a field that is left out.
public enum CommandCodec {
  /// A command, and the names of its fields that must leave no digest in the log.
  public struct Read: Sendable {
    public let command: any Command
    public let secrets: Set<String>
  }

  /// - Parameter members: The fields of the command, without what surrounds it.
  public static func read(_ type: any Command.Type, from members: [JSON.Member]) throws(FieldFault) -> Read {
    try open(type, members)
  }

  /// Reads any object as strictly as a command.
  public static func decode<T: Decodable>(_ type: T.Type, from members: [JSON.Member]) throws(FieldFault) -> T {
    try ObjectReader(members, path: "").decode(type)
  }

  private static func open<C: Command>(_ type: C.Type, _ members: [JSON.Member]) throws(FieldFault) -> Read {
    let object = ObjectReader(members, path: "")
    let command = try object.decode(C.self)
    return Read(command: command, secrets: object.secrets)
  }

  /// The bytes that stand for a command in the check of repeated ones: equal for equal commands, by whichever door they came.
  /// - Parameters:
  ///   - actor: Who gives it.
  ///   - members: Its fields as they were read.
  public static func body(
    _ type: any Command.Type, actor: JSON, _ members: [JSON.Member], secrets: Set<String>
  ) -> Data {
    let envelope = [JSON.Member(name: "actor", value: actor), JSON.Member(name: "command", value: .string(type.name))]
    let fields = members.filter { !secrets.contains($0.name) }
    return Data(JSON.object(envelope + fields).sorted.text.utf8)
  }
}
