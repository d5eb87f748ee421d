/// The rule for every name the log stores: 1 to 255 printable ASCII characters, no space.
///
/// ASCII because Swift compares strings by canonical equivalence and LMDB by bytes: beyond ASCII two equal
/// names could be two keys. Names carry no personal data, so nothing is lost.
enum NameRule {
  static let maximumBytes = 255

  static func accepts(_ name: String) -> Bool {
    let bytes = name.utf8
    return (1...maximumBytes).contains(bytes.count) && bytes.allSatisfy { (0x21...0x7E).contains($0) }
  }
}

/// A name the log cannot store: empty, longer than 255 bytes, or with a character outside printable ASCII.
public struct InvalidName: Error, Equatable, CustomStringConvertible {
  /// What the name was for: "stream", "tag", "event type" or "actor".
  public let kind: String
  public let byteCount: Int

  public var description: String {
    "The \(kind) name (\(byteCount) bytes) must be 1 to \(NameRule.maximumBytes) printable ASCII characters without spaces."
  }
}

/// A name the log can store. See ``InvalidName`` for the rule.
public protocol LogName: Hashable, Comparable, Sendable, CustomStringConvertible, ExpressibleByStringLiteral {
  /// What the name is for, in messages.
  static var kind: String { get }
  var name: String { get }
  init(unchecked name: String)
}

extension LogName {
  /// For names from outside the program.
  public init(validating name: String) throws(InvalidName) {
    guard NameRule.accepts(name) else { throw InvalidName(kind: Self.kind, byteCount: name.utf8.count) }
    self.init(unchecked: name)
  }

  /// For names the program makes. A name that breaks the rule is a programmer error.
  public init(_ name: String) {
    precondition(NameRule.accepts(name), "A \(Self.kind) name must be 1 to 255 printable ASCII characters.")
    self.init(unchecked: name)
  }

  public init(stringLiteral value: String) { self.init(value) }
  public var description: String { name }
  public static func < (a: Self, b: Self) -> Bool { a.name < b.name }
}

/// The name of a stream: the events of one thing, in order.
public struct StreamID: LogName {
  public static let kind = "stream"
  public let name: String
  public init(unchecked name: String) { self.name = name }
}

/// A name under which events of several streams can be found again.
public struct Tag: LogName {
  public static let kind = "tag"
  public let name: String
  public init(unchecked name: String) { self.name = name }
}

/// The frozen name of an event type, for example `dossier.v1.ApplicationSubmitted`.
public struct EventTypeName: LogName {
  public static let kind = "event type"
  public let name: String
  public init(unchecked name: String) { self.name = name }
}

/// Who caused an event: a role and an identifier, never a person's name.
public struct Actor: LogName {
  public static let kind = "actor"
  public let name: String
  public init(unchecked name: String) { self.name = name }
}
