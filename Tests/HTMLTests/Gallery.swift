import HTML

/// Every component once, with names that would break out of their places if they were not escaped.
enum Gallery {
  static let hostile = "O\"\u{301}Brien <b>&'"

  static let form = Form(action: "/packages/4984/delete", token: "token", command: "c1", revision: "r17")

  /// By the name of its golden file.
  static let components: [(String, @Sendable (inout Page) -> Void)] = [
    ("shell", shell), ("sign-in", signIn), ("fields", fields), ("choices", choices), ("table", table), ("empty-table", emptyTable),
    ("lists", lists), ("notices", notices), ("confirm", confirm),
  ]

  private static let shell: @Sendable (inout Page) -> Void = { page in
    let signedIn = Shell.SignedIn(
      name: hostile, links: [("Profile", "/profile")], signOut: "/signout", token: "token",
      ends: .init(secondsLeft: 1_200, state: "/session", stay: "/session/stay"))
    let shell = Shell(
      service: "Portal", title: "Applications", titleNote: "page 2 of 7",
      toggle: LocalPath("/language").query("back", "/applications?q=a"),
      signedIn: signedIn, crumbs: [("Home", "/")], footer: [("Contact", "/contact")], version: "2026-11-24 2b71e7a")
    page.shell(shell) { page in page.heading("Applications") }
  }

  private static let signIn: @Sendable (inout Page) -> Void = { page in
    page.errorSummary([FieldError("email", "Enter your email address")])
    page.form(Form(action: "/signin", token: "token")) { page in
      page.field(
        Field(
          "email", label: "Email", kind: .email, value: hostile, hint: "The address you enrolled with",
          error: "Enter your email address",
          isRequired: true, autocomplete: "username"))
      page.field(Field("password", label: "Password", kind: .password, value: "never", autocomplete: "current-password"))
      page.button("Sign in")
      page.languageButton()
    }
  }

  private static let fields: @Sendable (inout Page) -> Void = { page in
    page.field(Field("code", label: "Code", isRequired: true, autocomplete: "one-time-code", inputMode: "numeric"))
    page.field(Field("at", label: "At", kind: .dateAndTime, value: "2023-08-04T11:00:00"))
    page.textArea(TextArea("note", label: "Note", value: "\n</textarea>\(hostile)", hint: "Up to 500 characters", isRequired: true))
    page.fileField(
      FileField("file", label: "Passport", accept: "application/pdf,.pdf", maximumBytes: 4_194_304, error: "Choose a file"))
    page.slider(field: "n", count: 57, value: 31, label: "Event", valueText: "Event 31 of 57")
  }

  private static let choices: @Sendable (inout Page) -> Void = { page in
    let choices = [Choice("en", "English", hint: "Letters too"), Choice("fr", "Français")]
    page.radios(
      Choices(
        "language", label: "Language", choices: choices, chosen: ["fr"], hint: "Of letters", error: "Choose one", isRequired: true))
    page.checkboxes(Choices("kinds", label: "Kinds", choices: choices, chosen: ["en", "fr"]))
    page.checkbox("unread", label: "Only unread", isChosen: true)
    page.select(Choices("type", label: "Type", choices: choices, chosen: ["en"], isRequired: true))
    page.date(
      DateField("born", label: "Born", year: "1990", month: "13", day: "1", error: "Enter a month from 1 to 12", wrong: [.month]))
  }

  private static let columns = [
    DataTable.Column("ID", sort: LocalPath("/applications").query("sort", "id").query("dir", "asc")),
    DataTable.Column("Saved", sort: "/applications?sort=saved", direction: .descending),
    DataTable.Column("Applicant", isRowHead: true),
  ]

  private static let table: @Sendable (inout Page) -> Void = { page in
    page.search("Search applications", isOpen: true) { page in page.paragraph("…") }
    let table = DataTable(
      id: "apps", caption: "Applications", note: "sorted by date, newest first", columns: columns, empty: "None.")
    page.dataTable(table, rows: [(4_984, hostile)]) { page, row, column in
      switch column {
      case 0: page.number(row.0)
      case 1: page.tag("Unread")
      default: page.link(row.1, to: LocalPath("/applications").segment("a/b ü"))
      }
    }
    page.pager(Pager(label: "Pages", page: 1, count: 3)) { LocalPath("/applications").query("page", String($0)) }
    page.sizeForm(SizeForm(action: "/applications", size: 10, hidden: [("q", "h")]))
  }

  private static let emptyTable: @Sendable (inout Page) -> Void = { page in
    page.dataTable(DataTable(id: "apps", caption: "Applications", columns: columns, empty: "You have none."), rows: [Int]()) {
      _, _, _ in
    }
    page.pager(Pager(label: "Pages", page: 1, count: 1)) { _ in "/" }
  }

  private static let lists: @Sendable (inout Page) -> Void = { page in
    page.summaryList([
      SummaryRow("Name", hostile, change: "/name", changeNote: "name of Helen"), SummaryRow("Alias", nil),
      SummaryRow("Subject", "Sujet", language: .french),
    ])
    page.subheading("Details", id: "steps")
    page.steps(
      [
        Step("Review", text: "Finished.", state: .done),
        Step("Biometrics", text: "To be given.", state: .now, link: ("Letter", "/letter")),
        Step("Decision", text: "None yet.", state: .later),
      ], heading: "steps")
    page.timeline([TimelineEntry("Submitted", moment: "2023-08-04T15:00:00Z", shown: "August 04 2023", note: hostile)])
  }

  private static let notices: @Sendable (inout Page) -> Void = { page in
    page.banner(.ok, id: "done", heading: "Done") { page in page.paragraph(hostile) }
    page.banner(.warning, id: "news", heading: "News") { page in page.paragraph("Closed on Sunday.") }
    page.progress(percent: 42, label: "Rebuild", text: "42 %")
  }

  private static let confirm: @Sendable (inout Page) -> Void = { page in
    page.confirm(
      Confirmation(
        heading: "Delete application 4984?", facts: [SummaryRow("Applicant", hostile)], warning: "This cannot be undone.",
        form: form,
        button: "Delete application", keep: ("Keep it", "/applications")))
  }

  static func written(_ language: Language, _ write: (inout Page) -> Void) -> String {
    var page = Page(language, capacity: 1_024)
    write(&page)
    return String(decoding: page.bytes, as: UTF8.self)
  }
}
