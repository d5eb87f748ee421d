/// A line of a summary: what was asked, what was answered, and the way to change it.
public struct SummaryRow: Sendable {
  public var key: String
  /// `nil`: nothing was given.
  public var value: String?
  public var change: LocalPath?
  /// What "Change" changes, for those who hear the link alone.
  public var changeNote: String?
  /// The language of the value, where it is not that of the page.
  public var language: Language?

  public init(_ key: String, _ value: String?, change: LocalPath? = nil, changeNote: String? = nil, language: Language? = nil) {
    self.key = key
    self.value = value
    self.change = change
    self.changeNote = changeNote
    self.language = language
  }
}

/// A step of a way that the person only follows.
public struct Step: Sendable {
  public enum State: String, Sendable { case done, now, later }

  public var title: String
  /// Words that carry the state.
  public var text: String
  public var state: State
  /// Only where something must be done.
  public var link: (String, LocalPath)?

  public init(_ title: String, text: String, state: State, link: (String, LocalPath)? = nil) {
    self.title = title
    self.text = text
    self.state = state
    self.link = link
  }
}

/// Something that happened.
public struct TimelineEntry: Sendable {
  public var title: String
  /// For machines, RFC 3339.
  public var moment: String
  /// For people.
  public var shown: String
  public var note: String?

  public init(_ title: String, moment: String, shown: String, note: String? = nil) {
    self.title = title
    self.moment = moment
    self.shown = shown
    self.note = note
  }
}

extension Page {
  public mutating func summaryList(_ rows: [SummaryRow]) {
    raw("<dl class=\"summary\">\n")
    for row in rows {
      raw("<div><dt>")
      text(row.key)
      raw("</dt><dd")
      if row.value != nil { attribute("lang", optional: row.language?.rawValue) }
      raw(">")
      if let value = row.value { text(value) } else { raw("Not provided", "Non fourni") }
      raw("</dd>")
      if let change = row.change {
        raw("<dd class=\"change\"><a")
        attribute("href", change)
        raw(">")
        raw("Change", "Modifier")
        unseen(row.changeNote ?? row.key)
        raw("</a></dd>")
      }
      raw("</div>\n")
    }
    raw("</dl>\n")
  }

  /// - Parameter heading: the id of the heading that names the list.
  public mutating func steps(_ steps: [Step], heading: String) {
    raw("<ol class=\"steps\"")
    attribute("aria-labelledby", heading)
    raw(">\n")
    for step in steps {
      raw("<li")
      attribute("class", step.state.rawValue)
      if step.state == .now { raw(" aria-current=\"step\"") }
      raw("><h3>")
      text(step.title)
      raw("</h3><p>")
      text(step.text)
      if let (text, path) = step.link {
        raw(" ")
        link(text, to: path)
      }
      raw("</p></li>\n")
    }
    raw("</ol>\n")
  }

  public mutating func timeline(_ entries: [TimelineEntry]) {
    raw("<ol class=\"timeline\">\n")
    for entry in entries {
      raw("<li><h3>")
      text(entry.title)
      raw("</h3><p><time")
      attribute("datetime", entry.moment)
      raw(">")
      text(entry.shown)
      raw("</time>")
      if let note = entry.note {
        raw(" · ")
        text(note)
      }
      raw("</p></li>\n")
    }
    raw("</ol>\n")
  }
}
