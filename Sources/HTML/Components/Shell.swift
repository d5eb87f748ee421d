/// What stands around the content of every page: head, skip link, header, language toggle, breadcrumbs, main and footer.
public struct Shell: Sendable {
  /// The name of the site, in the header and at the end of each title.
  public var service: String
  /// The words of the `<h1>`; the title begins with them.
  public var title: String
  /// In paged lists: "page 2 of 7".
  public var titleNote: String?
  /// Whether the page shows errors: its title begins with "Error:".
  public var hasErrors: Bool
  /// Where the same page is in the other language; `nil` on a page whose form has the toggle as a button of its own.
  public var toggle: LocalPath?
  public var signedIn: SignedIn?
  /// The way to this page, without the page itself. Not beside a `back` link.
  public var crumbs: [(String, LocalPath)]
  /// On pages of a question: the page before.
  public var back: LocalPath?
  public var footer: [(String, LocalPath)]
  public var version: String

  /// Who is signed in, and what they can do about it from every page.
  public struct SignedIn: Sendable {
    public var name: String
    /// Links beside "Sign out", such as the profile and the help page.
    public var links: [(String, LocalPath)]
    public var signOut: LocalPath
    public var token: String
    /// When the session ends; the script warns two minutes before. `nil`: no warning.
    public var ends: Ends?

    public init(name: String, links: [(String, LocalPath)], signOut: LocalPath, token: String, ends: Ends? = nil) {
      self.name = name
      self.links = links
      self.signOut = signOut
      self.token = token
      self.ends = ends
    }
  }

  /// The seconds that are left, where to ask for them without prolonging the session, and where to prolong it by a POST.
  public struct Ends: Sendable {
    public var secondsLeft: Int
    public var state: LocalPath
    public var stay: LocalPath

    public init(secondsLeft: Int, state: LocalPath, stay: LocalPath) {
      self.secondsLeft = secondsLeft
      self.state = state
      self.stay = stay
    }
  }

  public init(
    service: String, title: String, titleNote: String? = nil, hasErrors: Bool = false, toggle: LocalPath?,
    signedIn: SignedIn? = nil,
    crumbs: [(String, LocalPath)] = [], back: LocalPath? = nil, footer: [(String, LocalPath)] = [], version: String
  ) {
    self.service = service
    self.title = title
    self.titleNote = titleNote
    self.hasErrors = hasErrors
    self.toggle = toggle
    self.signedIn = signedIn
    self.crumbs = crumbs
    self.back = back
    self.footer = footer
    self.version = version
  }
}

extension Page {
  /// Writes a whole page. `content` writes what stands in `<main>`, its `<h1>` included, so that a banner or the summary of
  /// errors can stand before it.
  public mutating func shell(_ shell: Shell, content: (inout Page) throws -> Void) rethrows {
    head(of: shell)
    raw("<body>\n<a class=\"skip\" href=\"#main\">")
    raw("Skip to main content", "Passer au contenu principal")
    raw("</a>\n")
    header(of: shell)
    if !shell.crumbs.isEmpty { breadcrumbs(shell.crumbs) }
    if let back = shell.back {
      raw("<p class=\"back\"><a")
      attribute("href", back)
      raw(">")
      raw("Back", "Retour")
      raw("</a></p>\n")
    }
    raw("<main id=\"main\" tabindex=\"-1\">\n")
    try content(&self)
    raw("</main>\n")
    footer(of: shell)
    if let signedIn = shell.signedIn, let ends = signedIn.ends { sessionDialog(signedIn, ends) }
    raw("</body>\n</html>\n")
  }

  private mutating func head(of shell: Shell) {
    raw("<!doctype html>\n<html")
    attribute("lang", language.rawValue)
    raw(">\n<head><meta charset=\"utf-8\"><title>")
    if shell.hasErrors { raw("Error: ", "Erreur : ") }
    text(shell.title)
    if let note = shell.titleNote {
      raw(" (")
      text(note)
      raw(")")
    }
    raw(" – ")
    text(shell.service)
    raw("</title>\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<link rel=\"stylesheet\"")
    attribute("href", Asset.stylesheet.path)
    raw("><script")
    attribute("src", Asset.script.path)
    raw(" defer></script></head>\n")
  }

  private mutating func header(of shell: Shell) {
    raw("<header><p class=\"brand\"><a href=\"/\">")
    text(shell.service)
    raw("</a></p>\n")
    if let toggle = shell.toggle {
      raw("<p class=\"language\"><a")
      attribute("href", toggle)
      attribute("lang", language.other.rawValue)
      attribute("hreflang", language.other.rawValue)
      raw(">")
      text(language.other.ownName)
      raw("</a></p>\n")
    }
    if let signedIn = shell.signedIn { account(signedIn) }
    raw("</header>\n")
  }

  private mutating func account(_ signedIn: Shell.SignedIn) {
    raw("<nav class=\"account\" aria-label=\"")
    raw("Account", "Compte")
    raw("\"><p>")
    raw("Signed in as", "Session ouverte :")
    raw(" <strong>")
    text(signedIn.name)
    raw("</strong></p>\n<ul>")
    for (text, path) in signedIn.links {
      raw("<li>")
      link(text, to: path)
      raw("</li>")
    }
    raw("<li><form method=\"post\"")
    attribute("action", signedIn.signOut)
    raw(">")
    hidden("csrf", signedIn.token)
    raw("<button class=\"link\">")
    raw("Sign out", "Fermer la session")
    raw("</button></form></li></ul></nav>\n")
  }

  private mutating func breadcrumbs(_ crumbs: [(String, LocalPath)]) {
    raw("<nav class=\"crumbs\" aria-label=\"")
    raw("Breadcrumbs", "Fil d’Ariane")
    raw("\"><ol>")
    for (text, path) in crumbs {
      raw("<li>")
      link(text, to: path)
      raw("</li>")
    }
    raw("</ol></nav>\n")
  }

  private mutating func footer(of shell: Shell) {
    raw("<footer>")
    if !shell.footer.isEmpty {
      raw("<ul>")
      for (text, path) in shell.footer {
        raw("<li>")
        link(text, to: path)
        raw("</li>")
      }
      raw("</ul>")
    }
    raw("<p>")
    raw("Version ", "Version ")
    text(shell.version)
    raw("</p></footer>\n")
  }

  /// The dialog that the script shows two minutes before the session ends. Without script it is never shown.
  private mutating func sessionDialog(_ signedIn: Shell.SignedIn, _ ends: Shell.Ends) {
    raw("<dialog id=\"session\" aria-labelledby=\"session-title\"")
    attribute("data-left", String(ends.secondsLeft))
    attribute("data-state", ends.state)
    raw("><h2 id=\"session-title\">")
    raw("Your session ends in 2 minutes", "Votre session se termine dans 2 minutes")
    raw("</h2><p role=\"status\"")
    raw(
      " data-minute=\"One minute is left.\" data-seconds=\"20 seconds are left.\"",
      " data-minute=\"Il reste une minute.\" data-seconds=\"Il reste 20 secondes.\"")
    raw("></p><form method=\"post\" data-stay")
    attribute("action", ends.stay)
    raw(">")
    hidden("csrf", signedIn.token)
    raw("<button>")
    raw("Stay signed in", "Garder la session ouverte")
    raw("</button></form><form method=\"post\"")
    attribute("action", signedIn.signOut)
    raw(">")
    hidden("csrf", signedIn.token)
    raw("<button class=\"plain\">")
    raw("Sign out", "Fermer la session")
    raw("</button></form></dialog>\n")
  }
}
