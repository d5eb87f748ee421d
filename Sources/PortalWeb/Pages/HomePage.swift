import Domain
import Foundation
import HTML
import Projections
import Schema
import WebServer

extension Portal {
  var homeRoutes: [Route] {
    [
      get("/") { frame in try frame.home() },
      Route(.post, "/search", roles: [.representative], body: .form()) { [office] request in
        try Frame(office, request).search()
      },
    ]
  }
}

extension Frame {
  fileprivate func home() throws -> Reply {
    let (account, table) = (try account, ApplicationsTable(self))
    let rows = try office.views.applications(of: account, table.query, atLeast: office.position(of: account))
    let inbox = InboxTable(self, path: "/inbox", query: InboxQuery())
    let messages = try office.views.inbox(of: account, inbox.query, atLeast: office.position(of: account))
    return page(say("Account home", "Accueil du compte"), note: rows.pageCount > 1 ? table.pageNote(rows) : nil) { page in
      page.subheading(say("Start an application", "Commencer une demande"), id: "start")
      page.raw("<ul class=\"links\"><li>")
      page.link(
        say(
          "Apply for a visitor visa, transit visa or a study permit",
          "Demander un visa de visiteur, un visa de transit ou un permis d’études"), to: "/applications/new?kind=visa")
      page.raw("</li><li>")
      page.link(
        say(
          "Make a new refugee claim or continue a claim made to the Canada Border Services Agency (CBSA)",
          "Présenter une nouvelle demande d’asile ou poursuivre une demande présentée à l’Agence des services frontaliers du Canada (ASFC)"
        ), to: "/applications/new?kind=claim")
      page.raw("</li></ul>\n")
      page.subheading(say(Labels.myClientApplications), id: "applications-head")
      page.paragraph(
        say(
          "You can continue working on an application or delete it from your account if you haven’t yet submitted it. You can also review, check the status, or read messages about your submitted application.",
          "Vous pouvez poursuivre une demande ou la supprimer de votre compte si vous ne l’avez pas encore soumise. Vous pouvez aussi consulter une demande soumise, vérifier son état ou lire les messages à son sujet."
        ))
      table.write(rows, to: &page)
      page.subheading(say(Labels.accountMessages), id: "inbox-head")
      inbox.write(messages, to: &page)
      page.raw("<p>")
      page.link(say("All account messages", "Tous les messages du compte"), to: "/inbox")
      page.raw("</p>\n")
    }
  }

  fileprivate func search() throws -> Reply {
    guard let session = request.session else { throw Problem.notFound }
    let form = request.form
    var search = ApplicationSearch()
    search.name = form["name"].flatMap { $0.isEmpty ? nil : $0 }
    search.number = form["number"].flatMap { $0.isEmpty ? nil : $0 }
    search.type = form["type"].flatMap { ApplicationType(code: $0) }
    search.status = form["status"].flatMap { PortalStatus(rawValue: $0) }
    search.onlyUnread = form["unread"] == "yes"
    let handle = office.searches.keep(search, session: session.id)
    return .redirect(LocalPath("/").query("q", handle).fragment("applications"))
  }
}
