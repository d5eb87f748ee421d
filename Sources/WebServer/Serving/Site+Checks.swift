import HTML
import HTTPTypes
import Hummingbird
import NIOCore
import StrictJSON

extension Site {
  /// What the guard has to know before the body comes.
  func judge(_ head: HTTPRequest) -> HeadVerdict {
    // A first `Host` became the authority; a second one is still a header.
    guard let name = HTTPField.Name("Host"), head.headerFields[values: name].isEmpty, let host = head.authority?.lowercased(),
      !host.isEmpty
    else { return .refuse(.badHost) }
    guard host == options.origin.authority || options.otherHosts.contains(host) else { return .refuse(.otherHost) }
    guard let path = head.path.flatMap(RequestPath.init), case .route(let route, _) = table.match(head.method.rawValue, path) else {
      return .pass(bodyLimit: 0)
    }
    return .pass(bodyLimit: route.body.limit)
  }

  /// Everything that is asked before a route is looked for; an answer when it is a file that pages refer to.
  func admit(_ exchange: inout Exchange, assets: Assets) throws(Problem) -> Answer? {
    if let name = GuardRefusal.header, let refusal = exchange.head.headerFields[name].flatMap(GuardRefusal.init(rawValue:)) {
      exchange.guardRefusal = refusal
      throw refusal.problem
    }
    exchange.source = options.proxies.source(peer: exchange.peer, forwarded: exchange.values("X-Forwarded-For"))
    try take(options.perSource, exchange.source.limitKey)
    guard exchange.head.method == .get || exchange.head.method == .head, let path = exchange.head.path,
      let answer = assets.answer(path, encodings: exchange.values("Accept-Encoding").first)
    else { return nil }
    exchange.label = "/assets/{name}"
    return answer
  }

  func find(_ exchange: inout Exchange) throws(Problem) -> (Route, [String: String], RequestPath) {
    guard let path = exchange.head.path.flatMap(RequestPath.init) else { throw .notFound }
    switch table.match(exchange.head.method.rawValue, path) {
    case .route(let route, let captures):
      exchange.route = route
      return (route, captures, path)
    case .otherMethods(let methods):
      exchange.allowed = methods.flatMap { $0 == .get ? ["GET", "HEAD"] : [$0.rawValue] }
      throw .wrongMethod
    case .none: throw .notFound
    }
  }

  func limit(_ route: Route, _ exchange: Exchange) throws(Problem) {
    if let session = exchange.visitor?.session { try take(options.perSession, Hex.text(session.id)) }
    guard let limit = route.limit else { return }
    try take(limit, (exchange.visitor?.session?.account).map { Hex.text($0) } ?? exchange.source.limitKey)
  }

  private func take(_ limit: RateLimit, _ who: String) throws(Problem) {
    if let seconds = buckets.take(limit, who: who) { throw .tooMany(after: seconds) }
  }

  /// A request that may change something comes from a page of this site: by its `Origin` or, without one, by what the
  /// browser says about where it was made.
  func checkOrigin(_ exchange: Exchange) throws(Problem) {
    let origins = exchange.values("Origin")
    if origins.isEmpty {
      guard exchange.values("Sec-Fetch-Site") == ["same-origin"] else { throw .forged }
    } else {
      guard origins == [options.origin.text] else { throw .forged }
      guard exchange.values("Sec-Fetch-Site").allSatisfy({ $0 == "same-origin" }) else { throw .forged }
    }
  }

  /// - Returns: the way to the page for signing in, for somebody who wants a page.
  func checkAccess(_ route: Route, _ exchange: Exchange) throws(Problem) -> Answer? {
    let session = exchange.visitor?.session
    switch route.access {
    case .everyone: break
    case .signedIn:
      guard session != nil else { return try signIn(options.signIn, .signIn, route, exchange) }
    case .roles(let roles):
      guard let session else { return try signIn(options.signIn, .signIn, route, exchange) }
      // What a role may not use does not exist for it.
      guard roles.contains(session.role) else { throw .notFound }
    }
    if route.needsRecentSignIn, let session, !sessions.isRecent(session) {
      return try signIn(options.signInAgain, .signInAgain, route, exchange)
    }
    return nil
  }

  private func signIn(_ page: LocalPath, _ problem: Problem, _ route: Route, _ exchange: Exchange) throws(Problem) -> Answer {
    guard route.kind == .page, exchange.wantsPage else { throw problem }
    guard route.method == .get, let path = exchange.head.path.flatMap(LocalPath.init(untrusted:)) else { return .redirect(page) }
    return .redirect(page.query("back", path.text))
  }

  func isOurs(_ token: String?, of request: WebRequest) -> Bool {
    token.map { FormToken.isRight($0, for: request.secret) } ?? false
  }
}

extension Site {
  /// Reads what the route says the body is, and checks what must be with it.
  func read(
    _ request: Request, _ route: Route, _ captures: [String: String], _ path: RequestPath, _ visitor: Visitor, _ exchange: Exchange
  ) async throws -> WebRequest {
    let type = HeaderValue(exchange.values("Content-Type").first ?? "")
    if let wanted = route.body.contentType {
      guard type.value == wanted, ["", "utf-8"].contains((type["charset"] ?? "").lowercased()) else { throw Problem.wrongType }
    }
    var form = FormData()
    var json: JSON?
    let header = exchange.values("Dossier-Token").first
    switch route.body {
    case .none: break
    case .form(let limit, let repeated):
      let bytes = try await bytes(of: request, limit)
      guard let read = try? FormData(bytes, repeated: repeated) else { throw Problem.badForm }
      form = read
    case .json(let limit):
      let bytes = try await bytes(of: request, limit)
      guard let read = try? JSONParser.parse(bytes) else { throw Problem.badJSON }
      json = read
    case .multipart: break
    }
    if !route.method.isSafe, !route.isMultipart {
      guard FormToken.isRight(form["csrf"] ?? header ?? "", for: visitor.secret) else { throw Problem.forged }
    }
    guard let query = try? FormData((path.query ?? "").utf8) else { throw Problem.badRequest }
    return WebRequest(
      id: exchange.id, route: route, captures: captures, path: localPath(exchange), query: query, form: form, json: json,
      session: visitor.session, language: visitor.language, token: FormToken.make(from: visitor.secret),
      command: try command(form, route, exchange), source: exchange.source.address,
      isFromThisMachine: ["127.0.0.1", "::1"].contains(exchange.source.address) && exchange.values("X-Forwarded-For").isEmpty,
      ifMatch: try tags("If-Match", exchange), ifNoneMatch: try tags("If-None-Match", exchange),
      lastEvent: exchange.values("Last-Event-ID").first ?? query["after"],
      isPrefetch: !(exchange.values("Sec-Purpose") + exchange.values("Purpose")).isEmpty, body: request.body,
      boundary: type["boundary"].flatMap { (1...70).contains($0.utf8.count) ? $0 : nil }, secret: visitor.secret, site: self)
  }

  private func bytes(of request: Request, _ limit: Int) async throws -> [UInt8] {
    var bytes: [UInt8] = []
    for try await buffer in request.body {
      // The guard counts as well; behind another server, or in a test, there is none.
      guard bytes.count + buffer.readableBytes <= limit else { throw Problem.tooLarge }
      bytes.append(contentsOf: buffer.readableBytesView)
    }
    return bytes
  }

  private func localPath(_ exchange: Exchange) -> LocalPath {
    let path = exchange.head.path?.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false).first
    return path.flatMap { LocalPath(untrusted: String($0)) } ?? "/"
  }

  /// The id of the command: a UUID, with the quotes of the draft for this header or without.
  private func command(_ form: FormData, _ route: Route, _ exchange: Exchange) throws(Problem) -> String? {
    let given = form["command"] ?? exchange.values("Idempotency-Key").first
    let bare = given.map { $0.count > 1 && $0.hasPrefix("\"") && $0.hasSuffix("\"") ? String($0.dropFirst().dropLast()) : $0 }
    guard let id = bare.flatMap(CommandID.init) else {
      guard !route.needsCommand || route.isMultipart else { throw .noCommand }
      guard given == nil else { throw .noCommand }
      return nil
    }
    return id.text
  }

  private func tags(_ name: String, _ exchange: Exchange) throws(Problem) -> EntityTags? {
    let lines = exchange.values(name)
    guard !lines.isEmpty else { return nil }
    guard let tags = EntityTags(lines.joined(separator: ",")) else { throw .badRequest }
    return tags
  }
}

/// A UUID as commands have it: 32 hexadecimal digits in groups of 8, 4, 4, 4 and 12.
struct CommandID {
  let text: String

  init?(_ value: String) {
    let groups = value.lowercased().split(separator: "-", omittingEmptySubsequences: false)
    guard groups.map(\.utf8.count) == [8, 4, 4, 4, 12],
      groups.allSatisfy({ $0.utf8.allSatisfy { "0123456789abcdef".utf8.contains($0) } })
    else { return nil }
    text = groups.joined(separator: "-")
  }
}
