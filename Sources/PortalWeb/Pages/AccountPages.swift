import Domain
import Foundation
import HTML
import Projections
import Schema
import StrictJSON
import WebServer

extension Portal {
  var accountRoutes: [Route] {
    [
      get("/inbox") { frame in try frame.inbox() },
      get("/inbox/{message}") { frame in try await frame.accountMessage() },
      get("/profile") { frame in try frame.profile() },
      get("/password") { frame in frame.password(errors: []) },
      post("/password") { frame in try await frame.changePassword() },
    ]
  }
}

extension Frame {
  fileprivate func profile() throws -> Reply {
    let account = try account
    guard let profile = try office.views.profile(of: account, atLeast: office.position(of: account)) else { throw Problem.notFound }
    let details = try office.details(of: profile)
    let none = say(Labels.notAvailable)
    return page(say("Account profile", "Profil du compte")) { page in
      if request.query["changed"] == "password" {
        page.banner(.ok, id: "changed", heading: say("Your password was changed", "Votre mot de passe a été modifié")) { _ in }
      }
      page.summaryList([
        SummaryRow(say("Representative IRCC ID", "Numéro de représentant d’IRCC"), profile.representativeID ?? none),
        SummaryRow(say("Surname/last name", "Nom de famille"), details?.surname),
        SummaryRow(say("Given name", "Prénom"), details?.givenName),
        SummaryRow(say("Governing body", "Organisme de réglementation"), say(profile.governingBody.label)),
        SummaryRow(say("Membership ID", "Numéro de membre"), details?.membershipID),
        SummaryRow(say(Labels.standing), say(profile.standing.label)),
        SummaryRow(say("Mailing address", "Adresse postale"), details?.mailingAddress),
        SummaryRow(say("Email address", "Adresse de courriel"), details?.email),
        SummaryRow(say("Telephone number", "Numéro de téléphone"), details?.telephone),
        SummaryRow(
          say("Language preference", "Préférence linguistique"),
          HTML.Language(profile.language).ownName, language: HTML.Language(profile.language)),
        SummaryRow(
          say("Email updates about your clients’ applications", "Mises à jour par courriel sur les demandes de vos clients"),
          profile.wantsEmailUpdates ? say("Yes", "Oui") : say("No", "Non")),
        SummaryRow(
          say("Last change of password", "Dernier changement de mot de passe"), profile.passwordChanged.map { day($0) } ?? none,
          change: "/password"),
      ])
      page.subheading(say("Account access", "Accès au compte"))
      page.raw("<p>")
      page.link(say("Update password", "Modifier le mot de passe"), to: "/password")
      page.raw("</p>\n")
    }
  }

  fileprivate func password(errors: [FieldError]) -> Reply {
    page(
      say("Update your password", "Modifier votre mot de passe"), errors: errors,
      crumbs: [(say("Account profile", "Profil du compte"), "/profile")]
    ) { page in
      page.form(form("/password")) { page in
        page.field(
          Field(
            "oldPassword", label: say("Old password", "Ancien mot de passe"), kind: .password, error: errors.of("oldPassword"),
            isRequired: true, autocomplete: "current-password"))
        page.field(
          Field(
            "newPassword", label: say("New password", "Nouveau mot de passe"), kind: .password,
            hint: say(
              "At least 8 characters, with at least one upper case letter, one lower case letter, one digit and one special character.",
              "Au moins 8 caractères, dont au moins une majuscule, une minuscule, un chiffre et un caractère spécial."),
            error: errors.of("newPassword"), isRequired: true, autocomplete: "new-password"))
        page.field(
          Field(
            "confirmation", label: say("Confirm password", "Confirmer le mot de passe"), kind: .password,
            error: errors.of("confirmation"), isRequired: true, autocomplete: "new-password"))
        page.button(say("Update password", "Modifier le mot de passe"))
        page.link(say("Cancel", "Annuler"), to: "/profile")
      }
    }
  }

  fileprivate func changePassword() async throws -> Reply {
    let members = ["oldPassword", "newPassword", "confirmation"].map {
      JSON.Member(name: $0, value: .string(request.form[$0] ?? ""))
    }
    let outcome = try await give("changePassword", members) { reason in
      switch reason.code {
      case .passwordOldIncorrect: "oldPassword"
      case .passwordConfirmationMismatch: "confirmation"
      default: "newPassword"
      }
    }
    switch outcome {
    case .done: return .redirect("/profile?changed=password")
    case .refused(let errors): return password(errors: errors)
    }
  }
}
