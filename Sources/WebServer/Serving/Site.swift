import HTML
import HTTPTypes
import Hummingbird
import NIOCore
import NIOPosix

/// A site: its routes and everything that stands before and behind their handlers. It answers every request, also those that
/// no route takes, and every answer has the same headers, is counted and is logged.
public struct Site: HTTPResponder {
  public typealias Context = Connection

  public let table: RouteTable
  public let options: SiteOptions
  public let sessions: Sessions
  public let streams: EventStreams
  public let metrics: MetricsRegistry
  public let readiness: Readiness
  let visitors: Visitors
  let buckets: Buckets
  private let headers: SecurityHeaders
  private let assets: Assets

  /// - Parameter secret: at least 32 random bytes that outlive the process; they seal the cookies of visitors.
  public init(
    routes: [Route], options: SiteOptions, sessions: Sessions, secret: [UInt8], streams: EventStreams = EventStreams(),
    metrics: MetricsRegistry = MetricsRegistry(), readiness: Readiness = Readiness(), assets: [Asset] = Asset.all
  ) {
    precondition(secret.count >= 32, "the secret of a site has 32 bytes or more")
    table = RouteTable(routes)
    self.options = options
    self.sessions = sessions
    self.streams = streams
    self.metrics = metrics
    self.readiness = readiness
    self.assets = Assets(assets)
    visitors = Visitors(sessions: sessions, cookie: SessionCookie(isSecure: options.origin.isSecure), secret: secret)
    buckets = Buckets(now: options.now)
    headers = SecurityHeaders(isSecure: options.origin.isSecure)
    sessions.whenEnded { [streams] id in streams.close(session: id) }
  }

  /// Answers one request. It never throws: an error that left it would be answered without headers.
  public func respond(to request: Request, context: Connection) async -> Response {
    var exchange = Exchange(began: options.now(), peer: context.peer, head: request.head)
    metrics.change("dossier_http_requests_in_flight", by: 1)
    var answer: Answer
    do {
      answer = try await answerFor(request, &exchange)
    } catch {
      answer = refuse(error, exchange)
      exchange.code = self.problem(for: error).code
    }
    let cookies = await settle(&answer, exchange)
    let response = response(to: request, answer, cookies: cookies, exchange)
    record(response, exchange)
    return response
  }

  private func answerFor(_ request: Request, _ exchange: inout Exchange) async throws -> Answer {
    if let asset = try admit(&exchange, assets: assets) { return asset }
    let (route, captures, path) = try find(&exchange)
    let visitor = visitors.visitor(
      cookies: exchange.values("Cookie"), preferred: exchange.preferredLanguage, prolong: route.prolongs)
    exchange.visitor = visitor
    try limit(route, exchange)
    if !route.method.isSafe { try checkOrigin(exchange) }
    if let elsewhere = try checkAccess(route, exchange) { return elsewhere }
    return try await route.handler(try await read(request, route, captures, path, visitor, exchange))
  }

  // MARK: Answers

  private func response(to request: Request, _ answer: Answer, cookies: [String], _ exchange: Exchange) -> Response {
    var fields = HTTPFields()
    if let type = answer.contentType { fields[.contentType] = type }
    fields[.cacheControl] = answer.cacheControl
    for (name, value) in answer.headers {
      if let name = HTTPField.Name(name) { fields.append(HTTPField(name: name, value: value)) }
    }
    for cookie in cookies { fields.append(HTTPField(name: .setCookie, value: cookie)) }
    headers.set(on: &fields, isSandboxed: answer.isSandboxed)
    if let name = HTTPField.Name("Request-Id") { fields[name] = exchange.id }
    if [413, 408, 421].contains(answer.status) || exchange.guardRefusal != nil { fields[.connection] = "close" }
    let status = HTTPResponse.Status(code: answer.status)
    switch answer.content {
    case .bytes(let bytes):
      guard request.method != .head else {
        fields[.contentLength] = String(bytes.count)
        return Response(status: status, headers: fields)
      }
      return Response(
        status: status, headers: fields, body: bytes.isEmpty ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    case .stream(let body):
      guard request.method != .head else { return Response(status: status, headers: fields) }
      return Response(
        status: status, headers: fields,
        body: ResponseBody { writer in
          try await body { bytes in try await writer.write(ByteBuffer(bytes: bytes)) }
          try await writer.finish(nil)
        })
    }
  }

  /// Does what the answer says about the session: the cookies to set.
  private func settle(_ answer: inout Answer, _ exchange: Exchange) async -> [String] {
    let cookie = visitors.cookie
    do {
      switch answer.session {
      case .keep: return exchange.visitor?.newCookie.map { [cookie.line($0)] } ?? []
      case .language(let language):
        if let session = exchange.visitor?.session {
          sessions.setLanguage(language, of: session.id)
          return []
        }
        return [cookie.line(visitors.sealed(exchange.visitor?.secret ?? Sessions.randomBytes(16), language))]
      case .start(let new):
        let (sessions, old, source, device) = (
          sessions, exchange.visitor?.session, exchange.source.network, exchange.values("User-Agent").first ?? ""
        )
        let token = try await NIOThreadPool.singleton.runIfActive {
          try sessions.start(new, source: source, device: device, replacing: old).token
        }
        return [cookie.line(Base64URL.text(token))]
      case .end:
        if let session = exchange.visitor?.session {
          let sessions = sessions
          try await NIOThreadPool.singleton.runIfActive { try sessions.end([session.id]) }
        }
        answer.headers.append(("Clear-Site-Data", "\"cache\", \"storage\""))
        return [cookie.removal]
      }
    } catch {
      answer = refuse(Problem.failed, exchange)
      return []
    }
  }

  /// The refusal that an error stands for.
  private func problem(for error: any Error) -> Problem {
    switch error {
    case let problem as Problem: problem
    case let refusal as GuardRefusal: refusal.problem
    case let errors as FormErrors:
      Problem(
        422, "form.fields", .init("Some answers need to be changed.", "Certaines réponses doivent être modifiées."),
        fields: errors.errors.map { .init($0.field, .init($0.text, $0.text)) })
    default: options.problem(error) ?? .failed
    }
  }

  /// A refusal as a page for people, or as an object for programs.
  private func refuse(_ error: any Error, _ exchange: Exchange) -> Answer {
    let problem = problem(for: error)
    metrics.count("dossier_http_refusals_total", ["code", problem.code])
    let language = exchange.visitor?.language ?? exchange.preferredLanguage
    var answer: Answer
    if exchange.wantsPage {
      let context = ProblemContext(
        request: exchange.id, language: language, session: exchange.visitor?.session,
        isLanguageKnown: exchange.visitor?.newCookie == nil)
      answer = .page(options.problemPage(problem, context), status: problem.status)
    } else {
      answer = .json(problem.json(request: exchange.id, language: language), status: problem.status)
      answer.contentType = "application/problem+json"
    }
    if let seconds = problem.retryAfter { answer.headers.append(("Retry-After", String(seconds))) }
    if !exchange.allowed.isEmpty { answer.headers.append(("Allow", exchange.allowed.joined(separator: ", "))) }
    return answer
  }

  private func record(_ response: Response, _ exchange: Exchange) {
    let took = options.now() - exchange.began
    let route = exchange.route?.pattern.description ?? exchange.label
    let method = exchange.head.method.rawValue
    let known = method == "HEAD" || HTTPMethod(rawValue: method) != nil ? method : "other"
    let labels = ["route", route, "method", known, "status", String(response.status.code)]
    metrics.change("dossier_http_requests_in_flight", by: -1)
    metrics.count("dossier_http_requests_total", labels)
    metrics.observe("dossier_http_request_seconds", ["route", route], seconds: Double(took) / 1_000_000)
    options.log(
      AccessLine(
        moment: exchange.began, request: exchange.id, method: known, route: route, status: response.status.code, microseconds: took,
        bytes: response.body.contentLength ?? 0, account: (exchange.visitor?.session?.account).map { Hex.text($0) },
        code: exchange.code
      ).text)
  }
}
