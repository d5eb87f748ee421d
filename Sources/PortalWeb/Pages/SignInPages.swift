import CaseEngine
import Domain
import Foundation
import HTML
import Projections
import Schema
import StrictJSON
import WebServer

extension Portal {
  var signInRoutes: [Route] {
    let office = office
    return [
      Route(.get, "/signin", access: .everyone) { request in Frame(office, request).signIn(email: "", errors: []) },
      Route(.get, "/signin/again", access: .everyone) { request in Frame(office, request).signIn(email: "", errors: []) },
      Route(.post, "/signin", access: .everyone, body: .form(), limit: RateLimit("signin", burst: 10, perSecond: 0.2)) { request in
        try await Frame(office, request).signIn()
      },
      Route(.post, "/signout", access: .everyone, body: .form()) { _ in .redirect("/signin").with(session: .end) },
      Route(.get, "/language/{code}", access: .everyone, prolongs: false) { request in
        guard let language = Language(rawValue: request["code"]) else { throw Problem.notFound }
        let back = request.query["back"].flatMap(LocalPath.init(untrusted:)) ?? "/"
        return .redirect(back).with(session: .language(language))
      },
      Route(.get, "/help", access: .everyone) { request in Frame(office, request).help() },
    ]
  }
}

extension Frame {
  fileprivate func signIn(email: String, errors: [FieldError]) -> Reply {
    page(say("Sign in to the portal", "Ouvrir une session dans le portail"), errors: errors) { page in
      let back = request.form["back"] ?? request.query["back"] ?? ""
      page.form(Form(action: "/signin", token: request.token, hidden: [("back", back)])) { page in
        page.field(
          Field(
            "email", label: say("Email address", "Adresse de courriel"), kind: .email, value: email, error: errors.of("email"),
            isRequired: true, autocomplete: "username"))
        page.field(
          Field(
            "password", label: say("Password", "Mot de passe"), kind: .password, error: errors.of("password"), isRequired: true,
            autocomplete: "current-password"))
        page.button(say("Sign in", "Ouvrir une session"))
      }
    }
  }

  fileprivate func signIn() async throws -> Reply {
    var fields = request.fields
    let email = fields.text("email", limit: 254, missing: say("Enter your email address", "Entrez votre adresse de courriel"))
    let password = fields.secret("password", missing: say("Enter your password", "Entrez votre mot de passe"))
    guard fields.errors.isEmpty else { return signIn(email: fields.typed("email"), errors: fields.errors) }
    switch try await office.signIn(email: email, password: password) {
    case .accepted(let session):
      let back = request.form["back"].flatMap(LocalPath.init(untrusted:)) ?? "/"
      return .redirect(back).with(session: .start(session))
    case .refused(let verdict):
      guard case .refused(let errors) = outcome(of: verdict, field: { _ in "email" }) else { throw Problem.failed }
      return signIn(email: email, errors: errors)
    }
  }

  fileprivate func help() -> Reply {
    page(say("Help", "Aide")) { page in
      page.paragraph(
        say(
          "Applications in progress stand in the table on the home page. Once submitted, an application leaves the table: search for it.",
          "Les demandes en cours figurent dans le tableau de l’accueil. Une fois soumise, une demande quitte le tableau : recherchez-la."
        ))
      page.paragraph(
        say(
          "To close your account, write to the mailbox for immigration representatives.",
          "Pour fermer votre compte, écrivez à la boîte des représentants en immigration."))
    }
  }
}

extension Office {
  enum SignedIn {
    case accepted(NewSession)
    case refused(Verdict)
  }

  /// Asks the engine whether email address and password belong to an account.
  func signIn(email: String, password: String) async throws -> SignedIn {
    let verdict = try await giveAsVisitor(
      "signIn", [.init(name: "email", value: .string(email)), .init(name: "password", value: .string(password))],
      id: UUID().streamText)
    guard case .accepted(let acceptance) = verdict else { return .refused(verdict) }
    let accounts = acceptance.results.compactMap { if case .account(let account) = $0 { account } else { nil } }
    guard let account = accounts.first, let profile = try views.profile(of: account) else { throw Problem.failed }
    return .accepted(
      NewSession(
        account: [UInt8](account.data), role: .representative, name: try displayName(of: profile),
        language: HTML.Language(profile.language), factors: ["password"]))
  }

  /// The person's own name, for the head of each page.
  func displayName(of profile: Profile) throws -> String {
    guard let details = try details(of: profile) else { return profile.representativeID ?? Labels.sealed.english }
    return [details.givenName, details.surname].filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// What the enrolment request said of the person; `nil` if it cannot be opened.
  func details(of profile: Profile) throws -> EnrolmentRequestSubmitted.Personal? {
    guard let sealed = profile.details else { return nil }
    guard case .open(let details) = try EventCodec().open(sealed, as: EnrolmentRequestSubmitted.Personal.self, keys: keys) else {
      return nil
    }
    return details
  }
}
