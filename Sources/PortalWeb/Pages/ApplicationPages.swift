import Domain
import Foundation
import HTML
import Schema
import StrictJSON
import WebServer

extension Portal {
  var applicationRoutes: [Route] {
    [
      get("/applications/{application}") { frame in try frame.application() },
      get("/applications/{application}/messages/{message}") { frame in try await frame.applicationMessage() },
      get("/applications/{application}/requests/{request}/{item}") { frame in try frame.requestItem(errors: []) },
      post("/applications/{application}/requests/{request}/{item}") { frame in try await frame.answer() },
    ]
  }
}

extension Frame {
  private func submitted() throws -> ApplicationView { try office.application(request["application"], of: try account) }

  private func path(_ view: ApplicationView) -> LocalPath { LocalPath("/applications").segment(view.number) }

  private func crumb(_ view: ApplicationView) -> (String, LocalPath) { (title(view), path(view)) }

  private func title(_ view: ApplicationView) -> String { "\(say(view.type.label)) \(view.number)" }

  fileprivate func application() throws -> Reply {
    let view = try submitted()
    return page(title(view)) { page in
      page.subheading(say("Application status", "État de la demande"))
      page.paragraph(
        view.openRequests.isEmpty
          ? say("Submitted. IRCC has not yet confirmed receipt.", "Soumise. IRCC n’a pas encore confirmé la réception.")
          : say(
            "In process. IRCC is waiting for you.", "En traitement. IRCC attend une réponse de votre part."))
      page.summaryList([
        SummaryRow(say(Labels.applicantName), name(view.name)), SummaryRow(say(Labels.applicationNumber), view.number),
        SummaryRow(say(Labels.id), String(view.packageNumber)), SummaryRow(say(Labels.dateSubmitted), day(view.submitted)),
      ])
      requests(view, to: &page)
      messages(view, to: &page)
    }
  }

  private func requests(_ view: ApplicationView, to page: inout Page) {
    page.subheading(say("Requests", "Demandes de documents"))
    guard !view.requests.isEmpty else {
      return page.paragraph(say("There are no requests.", "Il n’y a aucune demande de documents."))
    }
    for (index, request) in view.requests.enumerated() {
      let state =
        request.isCompleted
        ? say("Completed", "Terminée")
        : say("Answer by \(day(request.dueDay))", "Réponse attendue d’ici le \(day(request.dueDay))")
      let table = DataTable(
        id: "request-\(index + 1)",
        caption: say("Request of \(day(request.made))", "Demande du \(day(request.made))") + " – " + state,
        columns: [
          .init(say("Document", "Document"), isRowHead: true), .init(say("What is asked", "Ce qui est demandé")),
          .init(say(Labels.status)), .init(say(Labels.action)),
        ], empty: "")
      page.dataTable(table, rows: request.items) { page, item, column in
        switch column {
        case 0: page.text(say(label(item.slot)))
        case 1: page.text(item.text ?? say(Labels.sealed))
        case 2: page.tag(item.isAnswered ? say("Answered", "Répondu") : say("Open", "Ouvert"))
        default:
          guard !request.isCompleted else { return page.text(say(Labels.notAvailable)) }
          page.raw("<a")
          page.attribute(
            "href", path(view).segment("requests").segment(request.id.streamText).segment(String(item.number)))
          page.raw(">")
          page.text(say("Answer", "Répondre"))
          page.unseen(say(label(item.slot)))
          page.raw("</a>")
        }
      }
    }
  }

  private func label(_ slot: String) -> Text { DocumentSlot(rawValue: slot)?.label ?? Text(slot, slot) }

  private func messages(_ view: ApplicationView, to page: inout Page) {
    page.subheading(say("Messages about the application", "Messages au sujet de la demande"))
    let unread = view.messages.count { $0.read == nil }
    page.paragraph(say("(\(unread)) New message(s)", "(\(unread)) nouveau(x) message(s)"))
    let table = DataTable(
      id: "messages", caption: say("Messages about the application", "Messages au sujet de la demande"),
      columns: [
        .init(say(Labels.subject), isRowHead: true), .init(say(Labels.dateSent), direction: .descending),
        .init(say(Labels.dateRead)),
      ], empty: say("There are no messages yet.", "Il n’y a pas encore de messages."))
    page.dataTable(table, rows: view.messages) { page, message, column in
      switch column {
      case 0:
        if message.read == nil { page.raw("<strong>") }
        page.link(message.subject, to: path(view).segment("messages").segment(message.id.streamText))
        if message.read == nil { page.raw("</strong>") }
        if message.read == nil { page.unseen(say("(unread)", "(non lu)")) }
      case 1: page.text(day(message.sent))
      default: page.text(message.read.map { day($0) } ?? "")
      }
    }
  }

  /// Opens a message about an application: that is reading it, unless the browser only fetches ahead.
  fileprivate func applicationMessage() async throws -> Reply {
    let view = try submitted()
    guard let message = view.messages.first(where: { $0.id == UUID(uuidString: request["message"]) }) else {
      throw Problem.notFound
    }
    if !request.isPrefetch {
      let members: [JSON.Member] = [.typed("application", view.number), .typed("message", message.id.streamText)]
      _ = try await office.give("readApplicationMessage", members, id: UUID().streamText, as: try account)
    }
    return page(message.subject, crumbs: [crumb(view)]) { page in
      page.message(
        sent: day(message.sent), sentLabel: say(Labels.dateSent), body: message.body ?? say(Labels.sealed),
        language: message.language)
    }
  }

  // MARK: Answers

  private func item(_ view: ApplicationView) throws -> (ApplicationView.Request, ApplicationView.Request.Item) {
    guard let asked = view.requests.first(where: { $0.id == UUID(uuidString: request["request"]) }),
      let item = asked.items.first(where: { String($0.number) == request["item"] })
    else { throw Problem.notFound }
    return (asked, item)
  }

  fileprivate func requestItem(errors: [FieldError]) throws -> Reply {
    let view = try submitted()
    let (asked, item) = try item(view)
    return page(say("Answer a request", "Répondre à une demande"), errors: errors, crumbs: [crumb(view)]) { page in
      page.summaryList([
        SummaryRow(say("Document", "Document"), say(label(item.slot))),
        SummaryRow(say("What is asked", "Ce qui est demandé"), item.text ?? say(Labels.sealed)),
        SummaryRow(say("Last day to answer", "Dernier jour pour répondre"), day(asked.dueDay)),
      ])
      page.form(form(request.path)) { page in
        page.textArea(
          TextArea(
            "explanation", label: say("Explanation", "Explication"), value: request.form["explanation"] ?? item.explanation ?? "",
            error: errors.of("explanation"), isRequired: true))
        page.button(say("Send answer", "Envoyer la réponse"))
        page.link(say("Cancel", "Annuler"), to: path(view))
      }
    }
  }

  fileprivate func answer() async throws -> Reply {
    let view = try submitted()
    let (asked, item) = try item(view)
    let members: [JSON.Member] = [
      .typed("application", view.number), .typed("request", asked.id.streamText),
      .init(name: "item", value: .integer(Int64(item.number))), .typed("explanation", request.fields.typed("explanation")),
    ]
    switch try await give("answerDocumentRequest", members, field: { _ in "explanation" }) {
    case .done: return .redirect(path(view))
    case .refused(let errors): return try requestItem(errors: errors)
    }
  }
}
