import CaseEngine
import Domain
import Foundation
import HTML
import Schema
import StrictJSON
import WebServer

/// One request of a person: who asks, in which language, and the way to write the page around an answer.
struct Frame: Sendable {
  let office: Office
  let request: WebRequest

  init(_ office: Office, _ request: WebRequest) {
    self.office = office
    self.request = request
  }

  // MARK: Words

  func say(_ english: String, _ french: String) -> String { request.language == .english ? english : french }
  func say(_ text: Text) -> String { text.in(request.language.inDomain) }
  func day(_ instant: Instant) -> String { CivilDay(of: instant).text(in: request.language.inDomain) }
  func day(_ day: CivilDay) -> String { day.text(in: request.language.inDomain) }
  func name(_ name: PersonalName?) -> String {
    guard let name else { return say(Labels.sealed) }
    return name.displayName.isEmpty ? say(Labels.nameNotProvided) : name.displayName
  }

  // MARK: Who

  /// The account that is signed in.
  var account: UUID {
    get throws(Problem) {
      guard let session = request.session, let account = UUID(Data(session.account)) else { throw .notFound }
      return account
    }
  }

  // MARK: Commands

  /// What became of a command of a form.
  enum Outcome {
    case done(Acceptance)
    case refused([FieldError])
  }

  /// Gives the command of a form.
  /// - Parameter field: The field that a reason stands beside, by its id.
  func give(_ name: String, _ members: [JSON.Member], field: (Refusal.Reason) -> String) async throws -> Outcome {
    let id = request.command ?? UUID().streamText
    return outcome(of: try await office.give(name, members, id: id, as: try account), field: field)
  }

  func outcome(of verdict: Verdict, field: (Refusal.Reason) -> String) -> Outcome {
    switch verdict {
    case .accepted(let acceptance): .done(acceptance)
    case .refused(let refusal):
      .refused(refusal.reasons.map { FieldError(field($0), $0.text(in: request.language.inDomain)) })
    }
  }

  // MARK: Pages

  /// A page in the frame of the site.
  func page(
    _ title: String, note: String? = nil, errors: [FieldError] = [], crumbs: [(String, LocalPath)] = [],
    content: (inout Page) throws -> Void
  ) rethrows -> Reply {
    var page = request.page()
    let start: LocalPath = "/"
    let home = request.session == nil || request.path == start ? [] : [(say("Home", "Accueil"), start)]
    let shell = Shell(
      service: say("Portal for representatives", "Portail des représentants"), title: title, titleNote: note,
      hasErrors: !errors.isEmpty, toggle: toggle, signedIn: signedIn, crumbs: home + crumbs,
      footer: [(say("Help", "Aide"), "/help")], version: "0.1")
    try page.shell(shell) { page in
      page.errorSummary(errors)
      page.heading(title)
      try content(&page)
    }
    return .page(page, status: errors.isEmpty ? 200 : 422)
  }

  /// The form for a command, with its token and a new id.
  func form(_ action: LocalPath, hidden: [(String, String)] = []) -> Form {
    Form(action: action, token: request.token, command: UUID().streamText, hidden: hidden)
  }

  private var toggle: LocalPath {
    var here = request.path
    if request.route.method == .get {
      for name in request.query.names { here = here.query(name, request.query[name] ?? "") }
    }
    return LocalPath("/language").segment(request.language.other.rawValue).query("back", here.text)
  }

  private var signedIn: Shell.SignedIn? {
    guard let session = request.session else { return nil }
    return Shell.SignedIn(
      name: session.name,
      links: [
        (say("Account home", "Accueil du compte"), "/"), (say("Account profile", "Profil du compte"), "/profile"),
        (say("Help", "Aide"), "/help"),
      ], signOut: "/signout", token: request.token)
  }
}

extension HTML.Language {
  /// The same language as the domain has it.
  var inDomain: Schema.Language { self == .french ? .french : .english }

  init(_ language: Schema.Language) { self = language == .french ? .french : .english }
}

extension [FieldError] {
  /// What stands beside a field.
  func of(_ field: String) -> String? { first { $0.field == field }?.text }
}

extension JSON.Member {
  /// A text; nothing where nothing was typed.
  static func typed(_ name: String, _ text: String) -> JSON.Member {
    JSON.Member(name: name, value: text.isEmpty ? .null : .string(text))
  }
}
