/// What a person may be on this site. The names are the site's own.
public struct Role: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
  public let name: String
  public init(_ name: String) { self.name = name }
  public init(stringLiteral value: String) { name = value }
  public var description: String { name }
}

/// Who may use a route.
public enum Access: Equatable, Sendable {
  case everyone
  case signedIn
  case roles(Set<Role>)
}

/// What the body of a request may be, and how long, in bytes.
public enum BodyRule: Equatable, Sendable {
  case none
  /// `application/x-www-form-urlencoded`. Names in `repeated` may stand more than once.
  case form(limit: Int = 256 * 1_024, repeated: Set<String> = [])
  case json(limit: Int = 1_024 * 1_024)
  /// `multipart/form-data`, read by the handler as it arrives.
  case multipart(limit: Int)

  /// Bytes of the whole body.
  public var limit: Int {
    switch self {
    case .none: 0
    case .form(let limit, _), .json(let limit), .multipart(let limit): limit
    }
  }

  /// The kind that `Content-Type` must name.
  public var contentType: String? {
    switch self {
    case .none: nil
    case .form: "application/x-www-form-urlencoded"
    case .json: "application/json"
    case .multipart: "multipart/form-data"
    }
  }
}

/// A route, declared once: what is served, what is checked, what is documented and what is tested all come from here.
public struct Route: Sendable {
  /// Whether people or programs read the answer: refusals are pages or problems accordingly.
  public enum Kind: Sendable { case page, api }

  public typealias Handler = @Sendable (WebRequest) async throws -> Answer

  public let method: HTTPMethod
  public let pattern: PathPattern
  public let access: Access
  public let kind: Kind
  public let body: BodyRule
  /// Whether the request must carry the id of a command: `Idempotency-Key`, or the field `command` of a form.
  public let needsCommand: Bool
  /// Whether the person must have signed in a short time ago.
  public let needsRecentSignIn: Bool
  /// A limit of this route beside those of all.
  public let limit: RateLimit?
  /// One line for the document of the API.
  public let summary: String
  /// Whether a request counts as work, and puts off the idle end of the session.
  public let prolongs: Bool
  let handler: Handler

  var isMultipart: Bool { if case .multipart = body { true } else { false } }

  /// - Parameter path: segments of literals and of captures such as `{number}`. A pattern that cannot be read is a
  ///   programmer's error.
  public init(
    _ method: HTTPMethod, _ path: String, access: Access, kind: Kind = .page, body: BodyRule = .none, needsCommand: Bool = false,
    needsRecentSignIn: Bool = false, limit: RateLimit? = nil, prolongs: Bool = true, summary: String = "",
    handler: @escaping Handler
  ) {
    precondition(!method.isSafe || body == .none, "a request that is safe has no body")
    self.method = method
    pattern = PathPattern(path)
    self.access = access
    self.kind = kind
    self.body = body
    self.needsCommand = needsCommand
    self.needsRecentSignIn = needsRecentSignIn
    self.limit = limit
    self.prolongs = prolongs
    self.summary = summary
    self.handler = handler
  }

  /// A route for these roles.
  public init(
    _ method: HTTPMethod, _ path: String, roles: Set<Role>, kind: Kind = .page, body: BodyRule = .none, needsCommand: Bool = false,
    needsRecentSignIn: Bool = false, limit: RateLimit? = nil, prolongs: Bool = true, summary: String = "",
    handler: @escaping Handler
  ) {
    self.init(
      method, path, access: .roles(roles), kind: kind, body: body, needsCommand: needsCommand, needsRecentSignIn: needsRecentSignIn,
      limit: limit, prolongs: prolongs, summary: summary, handler: handler)
  }
}
