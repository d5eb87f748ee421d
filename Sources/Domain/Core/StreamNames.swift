import Foundation
import Schema

/// The names of streams. A name is frozen: it stands in the log for ever.
public enum StreamNames {
  public static func representative(_ account: UUID) -> String { name(.representative, account) }
  public static func credential(_ account: UUID) -> String { name(.credential, account) }
  public static func inbox(_ account: UUID) -> String { name(.inbox, account) }
  public static func package(_ package: UUID) -> String { name(.package, package) }
  public static func application(_ application: UUID) -> String { name(.application, application) }
  public static func documentRequests(_ application: UUID) -> String { name(.documentRequest, application) }
  public static func applicationMessages(_ application: UUID) -> String { name(.applicationMessage, application) }
  public static func client(_ client: UUID) -> String { name(.client, client) }
  public static func person(_ person: UUID) -> String { name(.person, person) }
  public static func privacy(_ subject: UUID) -> String { name(.privacy, subject) }
  /// Where the log commits to the engine's root key.
  public static let engineKey = "prv-engine"
  public static func sequence(_ sequence: SequenceName) -> String { "seq-\(sequence.rawValue)" }

  /// - Parameter key: The keyed hash of ``Membership/material``.
  public static func membership(_ key: some Sequence<UInt8>) -> String { "uniq-membership-\(hex(key))" }

  private static func name(_ kind: StreamKind, _ id: UUID) -> String { "\(kind.rawValue)-\(id.streamText)" }

  /// The identifier in the name of a stream of `kind`; `nil` for a stream of another kind, or one named otherwise.
  public static func identifier(in name: String, of kind: StreamKind) -> UUID? {
    let prefix = kind.rawValue + "-"
    return name.hasPrefix(prefix) ? UUID(uuidString: String(name.dropFirst(prefix.count))) : nil
  }

  fileprivate static func hex(_ bytes: some Sequence<UInt8>) -> String {
    bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
  }
}

/// The names under which events of several streams are found again. At most 8 on an event.
public enum TagNames {
  /// On every event that concerns a representative: what one representative's history and tables are read by.
  public static func representative(_ account: UUID) -> String { representativePrefix + account.streamText }
  /// What the tag of a representative begins with: their events belong together.
  public static let representativePrefix = "rep:"
  /// On every event of a package; the number is that of the column ID.
  public static func package(_ number: UInt64) -> String { "package:\(number)" }
  /// On every event that concerns a numbered application, drafts that continue a claim from the border included.
  public static func application(_ number: String) -> String { "application:\(number)" }
  /// On the approval that gave out a Representative IRCC ID.
  public static func representativeID(_ number: String) -> String { "repid:\(number)" }
  /// On an enrolment request: the keyed hash of its e-mail address.
  public static func email(_ key: Data) -> String {
    "email:" + StreamNames.hex(key)
  }
  /// On the first event of every command.
  public static func command(_ id: UUID) -> String { "command:\(id.streamText)" }
}

extension UUID {
  /// Lower case with hyphens, as names of streams, tags and actors have it.
  public var streamText: String { uuidString.lowercased() }
}
