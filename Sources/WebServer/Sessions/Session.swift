import HTML

/// A session that a sign-in began.
public struct Session: Equatable, Sendable {
  /// SHA-256 of the token: the token itself is known to the browser alone.
  public let id: [UInt8]
  public let account: [UInt8]
  public let role: Role
  /// What the header shows.
  public var name: String
  public var language: Language
  /// Microseconds since 1970.
  public let created: Int64
  public var lastSeen: Int64
  /// When the person last proved who they are.
  public let authenticated: Int64
  /// How: "password", "totp" …
  public let factors: [String]
  /// The network it came from, for the person's own list of sessions.
  public let source: String
  /// What the browser says it is, at most 80 bytes.
  public let device: String

  public init(
    id: [UInt8], account: [UInt8], role: Role, name: String, language: Language, created: Int64, lastSeen: Int64,
    authenticated: Int64,
    factors: [String], source: String, device: String
  ) {
    self.id = id
    self.account = account
    self.role = role
    self.name = name
    self.language = language
    self.created = created
    self.lastSeen = lastSeen
    self.authenticated = authenticated
    self.factors = factors
    self.source = source
    self.device = device
  }
}

/// Who signed in: what a handler gives with its answer.
public struct NewSession: Equatable, Sendable {
  public var account: [UInt8]
  public var role: Role
  public var name: String
  public var language: Language
  public var factors: [String]

  public init(account: [UInt8], role: Role, name: String, language: Language, factors: [String]) {
    self.account = account
    self.role = role
    self.name = name
    self.language = language
    self.factors = factors
  }
}

/// When sessions end.
public struct SessionRules: Sendable {
  /// Without a request for so long.
  public var idle: Duration = .seconds(20 * 60)
  /// Whatever is done.
  public var absolute: Duration = .seconds(12 * 3_600)
  /// Roles with a shorter idle end.
  public var idleOfRole: [Role: Duration] = [:]
  /// For routes that need it, a sign-in is recent for so long.
  public var recent: Duration = .seconds(10 * 60)
  /// At once per account; one more ends the one that was unused longest.
  public var perAccount = 5

  public init() {}

  func idle(of role: Role) -> Int64 { (idleOfRole[role] ?? idle).microseconds }
}

extension Duration {
  var microseconds: Int64 { components.seconds * 1_000_000 + components.attoseconds / 1_000_000_000_000 }
}
