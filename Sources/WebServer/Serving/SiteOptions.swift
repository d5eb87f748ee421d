import HTML

/// How a site is known to browsers: scheme, host and port, such as `https://portal.example.ca`.
public struct Origin: Equatable, Sendable {
  public let text: String
  public let isSecure: Bool
  /// As `Host` has it.
  public let authority: String

  /// `nil` for a text that is not an origin of http or https.
  public init?(_ text: String) {
    let parts = text.split(separator: "://", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0] == "http" || parts[0] == "https", !parts[1].isEmpty,
      parts[1].utf8.allSatisfy({ 0x21...0x7E ~= $0 && ![0x2F, 0x3F, 0x23, 0x40, 0x5C, 0x22].contains($0) })
    else { return nil }
    isSecure = parts[0] == "https"
    authority = parts[1].lowercased()
    self.text = "\(parts[0])://\(authority)"
  }
}

/// What a site is made of besides its routes.
public struct SiteOptions: Sendable {
  /// Writes the page of a refusal.
  public typealias ProblemPage = @Sendable (Problem, ProblemContext) -> Page

  /// The origin that browsers see; decides which `Host` is answered, which `Origin` may send forms, and HSTS.
  public var origin: Origin
  /// Further hosts, such as the address of a health check.
  public var otherHosts: Set<String> = []
  public var proxies = TrustedProxies()
  /// Where a person who must sign in is sent; the address they wanted is in `back`.
  public var signIn: LocalPath = "/signin"
  /// Where somebody is sent who must prove again who they are.
  public var signInAgain: LocalPath = "/signin/again"
  /// For all requests of one source, and of one session.
  public var perSource = RateLimit("source", burst: 300, perSecond: 100)
  public var perSession = RateLimit("session", burst: 60, perSecond: 20)
  public var guardRules = GuardRules()
  public var problemPage: ProblemPage
  /// Makes refusals of what handlers throw that is not one; `nil` becomes status 500.
  public var problem: @Sendable (any Error) -> Problem? = { _ in nil }
  /// Takes a line of the access log. It must not wait.
  public var log: @Sendable (String) -> Void = { _ in }
  /// Microseconds since 1970.
  public var now: @Sendable () -> Int64

  public init(origin: Origin, problemPage: @escaping ProblemPage = ProblemContext.plainPage, now: @escaping @Sendable () -> Int64) {
    self.origin = origin
    self.problemPage = problemPage
    self.now = now
  }
}

/// What a page of a refusal may say.
public struct ProblemContext: Sendable {
  public let request: String
  public let language: Language
  public let session: Session?
  /// Whether the language is known, or only guessed from the browser: then the page says it in both.
  public let isLanguageKnown: Bool

  /// A page without the site's own shell.
  public static let plainPage: SiteOptions.ProblemPage = { problem, context in
    var page = Page(context.language, capacity: 4 * 1_024)
    let title = problem.words.text(in: context.language)
    page.shell(Shell(service: "Dossier", title: title, toggle: nil, version: context.request)) { page in
      page.heading(title)
      if !context.isLanguageKnown {
        page.raw("<p")
        page.attribute("lang", context.language.other.rawValue)
        page.raw(">")
        page.text(problem.words.text(in: context.language.other))
        page.raw("</p>\n")
      }
      page.raw("<p><a href=\"/\">")
      page.raw("Go to the first page", "Aller à la première page")
      page.raw("</a></p>\n")
    }
    return page
  }
}
