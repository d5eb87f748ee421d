import CaseEngine
import Domain
import Foundation
import HTML
import Schema
import StrictJSON
import WebServer

extension Portal {
  var packageRoutes: [Route] {
    [
      get("/packages/{number}") { frame in try frame.package() },
      get("/packages/{number}/delete") { frame in try frame.confirmDelete(errors: []) },
      post("/packages/{number}/delete") { frame in try await frame.delete() },
      get("/packages/{number}/submit") { frame in try frame.check(errors: []) },
      post("/packages/{number}/submit") { frame in try await frame.submit() },
      get("/packages/{number}/receipt") { frame in try frame.receipt() },
    ]
  }
}

extension Frame {
  /// The package of the path, of this account.
  func draft() throws -> DraftView {
    let view = try office.package(request["number"], of: try account)
    switch view.state {
    case .deleted, .expired, .none: throw Problem.notFound
    case .frozen(_, let causes) where causes.contains(.authorizationRevoked): throw Problem.notFound
    default: return view
    }
  }

  func path(_ view: DraftView) -> LocalPath { LocalPath("/packages").segment(String(view.draft.number)) }

  func title(_ view: DraftView) -> String { "\(say(view.draft.type.label)) \(view.draft.number)" }

  func crumb(_ view: DraftView) -> (String, LocalPath) { (title(view), path(view)) }

  private func number(_ view: DraftView) -> JSON.Member {
    .init(name: "package", value: .integer(Int64(view.draft.number)))
  }

  private func facts(_ view: DraftView) -> [SummaryRow] {
    [
      SummaryRow(say(Labels.id), String(view.draft.number)), SummaryRow(say(Labels.applicationType), say(view.draft.type.label)),
      SummaryRow(say(Labels.applicantName), name(view.members.first?.name)),
      SummaryRow(say(Labels.dateCreated), day(view.created)), SummaryRow(say(Labels.dateLastSaved), day(view.saved)),
      SummaryRow(say("Last day to submit", "Dernier jour pour soumettre"), day(view.draft.deadlineDay)),
    ]
  }

  // MARK: The list of what is to do

  fileprivate func package() throws -> Reply {
    let view = try draft()
    if view.submitted != nil { return .redirect(path(view).segment("receipt")) }
    return page(title(view)) { page in
      if !view.isOpen {
        page.banner(.warning, id: "hold", heading: say(Labels.onHold)) { page in
          page.paragraph(
            say("This application is on hold. Its deadline runs on.", "Cette demande est suspendue. Son délai continue de courir."))
        }
      }
      page.summaryList(facts(view))
      let progress = view.progress
      page.paragraph(
        say(
          "You have completed \(progress.done) of \(progress.of) sections.",
          "Vous avez rempli \(progress.done) sections sur \(progress.of)."))
      for member in view.members { sections(of: member, in: view, to: &page) }
      guard view.isOpen else { return }
      page.raw("<ul class=\"links\">")
      if view.draft.mode == .group {
        item(say("Add a member of the group", "Ajouter un membre du groupe"), path(view).segment("members"), to: &page)
      }
      item(say("Check and submit", "Vérifier et soumettre"), path(view).segment("submit"), to: &page)
      item(say("Delete this application", "Supprimer cette demande"), path(view).segment("delete"), to: &page)
      item(say("Exit transaction", "Quitter la demande"), "/", to: &page)
      page.raw("</ul>\n")
    }
  }

  private func item(_ text: String, _ path: LocalPath, to page: inout Page) {
    page.raw("<li>")
    page.link(text, to: path)
    page.raw("</li>")
  }

  private func sections(of member: DraftView.Member, in view: DraftView, to page: inout Page) {
    let relation = member.relation.map { " – " + say($0.label) } ?? ""
    page.subheading(name(member.name) + relation)
    let table = DataTable(
      id: "member-\(member.ordinal)", caption: say("Sections of \(name(member.name))", "Sections : \(name(member.name))"),
      columns: [.init(say("Section", "Section"), isRowHead: true), .init(say(Labels.status))], empty: "")
    page.dataTable(table, rows: view.draft.type.sections) { page, section, column in
      if column == 0 {
        page.link(say(section.label), to: path(view).segment(String(member.ordinal)).segment(section.rawValue))
      } else {
        page.tag(
          member.completed.contains(section.rawValue) ? say("Completed", "Remplie") : say("Incomplete", "Incomplète"))
      }
    }
  }

  // MARK: Delete

  fileprivate func confirmDelete(errors: [FieldError]) throws -> Reply {
    let view = try draft()
    let title = say("Delete this application?", "Supprimer cette demande?")
    return page(title, errors: errors, crumbs: [crumb(view)]) { page in
      page.summaryList(facts(view))
      page.paragraph(say("This cannot be undone.", "Cette action est irréversible."))
      page.form(form(path(view).segment("delete"))) { page in
        page.button(say("Delete application", "Supprimer la demande"), .danger)
        page.link(say("Keep it", "La conserver"), to: path(view))
      }
    }
  }

  fileprivate func delete() async throws -> Reply {
    let view = try draft()
    switch try await give("deleteApplication", [number(view)], field: { _ in "main" }) {
    case .done: return .redirect("/")
    case .refused(let errors): return try confirmDelete(errors: errors)
    }
  }

  // MARK: Submit

  fileprivate func check(errors: [FieldError]) throws -> Reply {
    let view = try draft()
    if view.submitted != nil { return .redirect(path(view).segment("receipt")) }
    return page(say("Check and submit", "Vérifier et soumettre"), errors: errors, crumbs: [crumb(view)]) { page in
      page.summaryList(facts(view))
      for member in view.members {
        page.subheading(name(member.name))
        for section in view.draft.type.sections {
          page.answers(of: member, section, self, change: path(view).segment(String(member.ordinal)).segment(section.rawValue))
        }
      }
      page.paragraph(
        say(
          "Each applicant gets an application number of their own. After you submit, nothing can be changed or deleted.",
          "Chaque demandeur reçoit son propre numéro de demande. Après la soumission, rien ne peut être modifié ni supprimé."))
      page.form(form(path(view).segment("submit"), hidden: [("revision", String(view.revision))])) { page in
        page.button(say("Submit application", "Soumettre la demande"))
        page.link(say("Back to the sections", "Retour aux sections"), to: path(view))
      }
    }
  }

  fileprivate func submit() async throws -> Reply {
    let view = try draft()
    var members = [number(view)]
    if let revision = request.form["revision"].flatMap({ Int64($0) }) {
      members.append(.init(name: "expectedRevision", value: .integer(revision)))
    }
    switch try await give("submitApplication", members, field: { _ in "main" }) {
    case .done: return .redirect(path(view).segment("receipt"))
    case .refused(let errors): return try check(errors: errors)
    }
  }

  fileprivate func receipt() throws -> Reply {
    let view = try draft()
    guard let package = view.submitted else { return .redirect(path(view)) }
    return page(say("Receipt", "Reçu")) { page in
      page.banner(.ok, id: "submitted", heading: say("Application submitted", "Demande soumise")) { page in
        page.paragraph(
          say("Submitted on \(day(package.submittedAt)).", "Soumise le \(day(package.submittedAt))."))
      }
      page.summaryList([
        SummaryRow(say(Labels.id), String(view.draft.number)), SummaryRow(say(Labels.applicationType), say(view.draft.type.label)),
        SummaryRow(say(Labels.dateSubmitted), day(package.submittedAt)),
      ])
      let table = DataTable(
        id: "numbers", caption: say("Application numbers", "Numéros de demande"),
        columns: [.init(say(Labels.applicantName), isRowHead: true), .init(say(Labels.applicationNumber))], empty: "")
      page.dataTable(table, rows: package.members) { page, member, column in
        if column == 0 {
          page.text(name(view.members.first { $0.ordinal == member.ordinal }?.name))
        } else {
          page.link(member.applicationNumber, to: LocalPath("/applications").segment(member.applicationNumber))
        }
      }
      page.raw("<p>")
      page.link(say("Account home", "Accueil du compte"), to: "/")
      page.raw("</p>\n")
    }
  }
}

extension Relation {
  var label: Text {
    switch self {
    case .spouse: Text("Spouse", "Époux ou épouse")
    case .commonLawPartner: Text("Common-law partner", "Conjoint ou conjointe de fait")
    case .child: Text("Child", "Enfant")
    case .parent: Text("Parent", "Parent")
    case .sibling: Text("Brother or sister", "Frère ou sœur")
    case .other, .unspecified, .UNRECOGNIZED: Text("Other", "Autre")
    }
  }
}
