import CaseEngine
import Domain
import Foundation
import HTML
import Schema
import StrictJSON
import WebServer

extension Portal {
  var memberRoutes: [Route] {
    [
      get("/applications/new") { frame in frame.start(errors: []) },
      post("/applications/new") { frame in try await frame.create() },
      get("/packages/{number}/members") { frame in try frame.newMember(errors: []) },
      post("/packages/{number}/members") { frame in try await frame.addMember() },
      get("/packages/{number}/{member}/{section}") { frame in try frame.section(errors: []) },
      post("/packages/{number}/{member}/{section}") { frame in try await frame.save() },
    ]
  }
}

extension Frame {
  // MARK: A new application

  private var isClaim: Bool { (request.form["kind"] ?? request.query["kind"]) == "claim" }

  private var types: [ApplicationType] { ApplicationType.offered.filter { ($0 == .refugeeClaim) == isClaim } }

  fileprivate func start(errors: [FieldError]) -> Reply {
    page(say("Start an application", "Commencer une demande"), errors: errors) { page in
      let typed = request.form
      page.form(form("/applications/new", hidden: [("kind", isClaim ? "claim" : "visa")])) { page in
        page.radios(
          Choices(
            "type", label: say(Labels.applicationType), choices: types.map { Choice($0.code ?? "", say($0.label)) },
            chosen: Set([typed["type"] ?? (types.count == 1 ? types[0].code ?? "" : "")]), error: errors.of("type"),
            isRequired: true))
        page.radios(
          Choices(
            "mode", label: say("Who applies", "Qui présente la demande"),
            choices: [
              Choice("individual", say("One person", "Une personne")), Choice("group", say("A group", "Un groupe")),
            ], chosen: Set([typed["mode"] ?? "individual"]), error: errors.of("mode"), isRequired: true))
        page.subheading(say("Principal applicant", "Demandeur principal"))
        PersonFields(frame: self).write(errors, to: &page)
        if isClaim {
          page.field(
            Field(
              "borderNumber", label: say("Number on the CBSA letter", "Numéro figurant sur la lettre de l’ASFC"),
              value: request.fields.typed("borderNumber"),
              hint: say(
                "Only to continue a claim made to the CBSA: one letter and 9 digits.",
                "Seulement pour poursuivre une demande présentée à l’ASFC : une lettre et 9 chiffres."),
              error: errors.of("borderNumber")))
        }
        page.checkbox(
          "acknowledged",
          label: say(
            "I have read and understood the information provided, and I am ready to start this application.",
            "J’ai lu et compris les renseignements fournis et je suis prêt à commencer cette demande."),
          isChosen: typed["acknowledged"] == "yes", error: errors.of("acknowledged"))
        page.button(say("Start application", "Commencer la demande"))
        page.link(say("Cancel", "Annuler"), to: "/")
      }
    }
  }

  fileprivate func create() async throws -> Reply {
    let person = PersonFields(frame: self)
    guard let type = ApplicationType(code: request.form["type"] ?? ""), types.contains(type) else {
      return start(errors: [FieldError("type", say("Choose an application type.", "Choisissez un type de demande."))])
    }
    let mode = request.form["mode"] == "group" ? "group" : "individual"
    var members: [JSON.Member] = [
      .typed("type", type.code ?? ""), .init(name: "mode", value: .string(mode)), .init(name: "principal", value: person.json),
    ]
    if request.form["acknowledged"] == "yes" { members.append(.init(name: "acknowledgedVersion", value: 1)) }
    if isClaim { members.append(.typed("borderNumber", request.fields.typed("borderNumber"))) }
    let outcome = try await give("createApplication", members) { reason in
      switch reason.code {
      case .applicationAcknowledgementRequired: "acknowledged"
      case .applicationCbsaNumberRequired, .applicationNumberInUse: "borderNumber"
      default: person.field(reason) ?? "type"
      }
    }
    switch outcome {
    case .done(let acceptance):
      for case .package(let number) in acceptance.results { return .redirect(LocalPath("/packages").segment(String(number))) }
      return .redirect("/")
    case .refused(let errors): return start(errors: errors)
    }
  }

  // MARK: A further member

  fileprivate func newMember(errors: [FieldError]) throws -> Reply {
    let view = try draft()
    return page(
      say("Add a member of the group", "Ajouter un membre du groupe"), errors: errors, crumbs: [crumb(view)]
    ) { page in
      page.form(form(path(view).segment("members"))) { page in
        PersonFields(frame: self).write(errors, to: &page)
        page.select(
          Choices(
            "relation", label: say("Relationship to the principal applicant", "Lien avec le demandeur principal"),
            choices: [Choice("", "")] + Relation.choices.map { Choice($0.word, say($0.label)) },
            chosen: Set([request.form["relation"] ?? ""]), error: errors.of("relation"), isRequired: true))
        page.button(say("Add member", "Ajouter le membre"))
        page.link(say("Cancel", "Annuler"), to: path(view))
      }
    }
  }

  fileprivate func addMember() async throws -> Reply {
    let (view, person) = (try draft(), PersonFields(frame: self))
    guard let relation = request.form["relation"].flatMap(Relation.init(field:)) else {
      return try newMember(errors: [
        FieldError("relation", say("Choose the relationship.", "Choisissez le lien de parenté."))
      ])
    }
    let members: [JSON.Member] = [
      .init(name: "package", value: .integer(Int64(view.draft.number))), .init(name: "applicant", value: person.json),
      .typed("relation", relation.word),
    ]
    switch try await give("addApplicant", members, field: { person.field($0) ?? "familyName" }) {
    case .done: return .redirect(path(view))
    case .refused(let errors): return try newMember(errors: errors)
    }
  }
}
