import CaseEngine
import Domain
import Foundation
import HTML
import Schema
import StrictJSON
import WebServer

/// The answers of a section as text fields.
struct SectionAnswers {
  /// What stands in the log now.
  let stored: [JSON.Member]

  /// The names of the fields, those that were answered first; a section without any answer has one.
  var names: [String] {
    let texts = stored.compactMap { member in if case .string = member.value { member.name } else { nil } }
    return texts.contains("details") ? texts : texts + ["details"]
  }

  func text(of name: String) -> String {
    guard case .string(let text)? = stored.first(where: { $0.name == name })?.value else { return "" }
    return text
  }

  /// What is to be saved: the typed texts, and every answer that is not a text as it was.
  func typed(_ reader: FormReader) -> JSON {
    let kept = stored.filter { if case .string = $0.value { false } else { true } }
    let texts = names.compactMap { name -> JSON.Member? in
      let text = reader.typed("answer." + name)
      return text.isEmpty ? nil : JSON.Member(name: name, value: .string(text))
    }
    return .object(kept + texts)
  }
}

extension Frame {
  /// The member and the section of the path.
  private func place(in view: DraftView) throws -> (DraftView.Member, FormSection) {
    guard let member = view.members.first(where: { String($0.ordinal) == request["member"] }),
      let section = view.draft.type.sections.first(where: { $0.rawValue == request["section"] })
    else { throw Problem.notFound }
    return (member, section)
  }

  func section(errors: [FieldError]) throws -> Reply {
    let view = try draft()
    let (member, section) = try place(in: view)
    let answers = SectionAnswers(stored: member.answers[section.rawValue] ?? [])
    let isTyped = request.route.method == .post
    return page(say(section.label), note: name(member.name), errors: errors, crumbs: [crumb(view)]) { page in
      page.paragraph(name(member.name))
      page.form(form(request.path, hidden: [("revision", String(view.revision))])) { page in
        for name in answers.names {
          page.textArea(
            TextArea(
              "answer." + name, label: name == "details" ? say("Answers", "Réponses") : name,
              value: isTyped ? request.form["answer." + name] ?? "" : answers.text(of: name), rows: name == "details" ? 6 : 2,
              error: errors.of("answer." + name)))
        }
        page.checkbox(
          "complete", label: say("Nothing is missing in this section.", "Il ne manque rien dans cette section."),
          isChosen: isTyped ? request.form["complete"] == "yes" : member.completed.contains(section.rawValue))
        page.button(say("Save", "Enregistrer"))
        page.link(say("Cancel", "Annuler"), to: path(view))
      }
    }
  }

  func save() async throws -> Reply {
    let view = try draft()
    let (member, section) = try place(in: view)
    let answers = SectionAnswers(stored: member.answers[section.rawValue] ?? [])
    var members: [JSON.Member] = [
      .init(name: "package", value: .integer(Int64(view.draft.number))),
      .init(name: "applicant", value: .integer(Int64(member.ordinal))), .typed("section", section.rawValue),
      .init(name: "answers", value: answers.typed(request.fields)),
      .init(name: "complete", value: .bool(request.form["complete"] == "yes")),
    ]
    if let revision = request.form["revision"].flatMap({ Int64($0) }) {
      members.append(.init(name: "expectedRevision", value: .integer(revision)))
    }
    switch try await give("saveApplication", members, field: { _ in "answer.details" }) {
    case .done: return .redirect(path(view))
    case .refused(let errors): return try self.section(errors: errors)
    }
  }
}

extension Page {
  /// The answers of a section, to be checked before they are submitted.
  mutating func answers(of member: DraftView.Member, _ section: FormSection, _ frame: Frame, change: LocalPath) {
    let answers = member.answers[section.rawValue] ?? []
    let state = member.completed.contains(section.rawValue) ? nil : frame.say("Incomplete", "Incomplète")
    raw("<h3>")
    text(frame.say(section.label))
    raw("</h3>\n")
    if let state { tag(state) }
    var rows = answers.map { SummaryRow($0.name, $0.value.shown(frame)) }
    if rows.isEmpty { rows = [SummaryRow(frame.say("Answers", "Réponses"), nil)] }
    rows[0].change = change
    rows[0].changeNote = frame.say(section.label)
    summaryList(rows)
  }
}

extension JSON {
  /// An answer as it is read.
  func shown(_ frame: Frame) -> String {
    switch self {
    case .string(let text): text
    case .bool(let value): value ? frame.say("Yes", "Oui") : frame.say("No", "Non")
    default: text
    }
  }
}
