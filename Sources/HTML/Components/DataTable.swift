/// A table whose heads can be links that sort it.
public struct DataTable: Sendable {
  public enum Direction: String, Sendable {
    case ascending
    case descending
  }

  public struct Column: Sendable {
    public var head: String
    /// Where a click on the head leads; `nil`: it cannot be sorted by.
    public var sort: LocalPath?
    /// On the one column that the rows are sorted by.
    public var direction: Direction?
    /// The one column that names the row.
    public var isRowHead: Bool

    public init(_ head: String, sort: LocalPath? = nil, direction: Direction? = nil, isRowHead: Bool = false) {
      self.head = head
      self.sort = sort
      self.direction = direction
      self.isRowHead = isRowHead
    }
  }

  /// The id of the table; the region that scrolls is named by its caption.
  public var id: String
  public var caption: String
  /// How it is sorted, for those who do not see the arrow.
  public var note: String?
  public var columns: [Column]
  /// The sentence that stands instead of a table without rows.
  public var empty: String

  public init(id: String, caption: String, note: String? = nil, columns: [Column], empty: String) {
    self.id = id
    self.caption = caption
    self.note = note
    self.columns = columns
    self.empty = empty
  }
}

extension Page {
  /// Writes the table, or its sentence when there are no rows. `cell` writes the content of one cell: row and number of the
  /// column.
  public mutating func dataTable<Rows: Collection>(
    _ table: DataTable, rows: Rows, cell: (inout Page, Rows.Element, Int) throws -> Void
  ) rethrows {
    guard !rows.isEmpty else {
      raw("<p class=\"empty\"")
      attribute("id", table.id)
      raw(">")
      text(table.empty)
      raw("</p>\n")
      return
    }
    openTable(table)
    for row in rows {
      raw("<tr>")
      for (index, column) in table.columns.enumerated() {
        raw(column.isRowHead ? "<th scope=\"row\"" : "<td")
        attribute("data-head", column.head)
        raw(">")
        try cell(&self, row, index)
        raw(column.isRowHead ? "</th>" : "</td>")
      }
      raw("</tr>\n")
    }
    raw("</tbody></table></div>\n")
  }

  /// Words that only those hear who do not see what stands around them.
  public mutating func unseen(_ text: String) {
    raw("<span class=\"sr\"> ")
    self.text(text)
    raw("</span>")
  }

  /// A box above a table that opens to a search. It stands open when a filter is set or has errors.
  public mutating func search(_ summary: String, isOpen: Bool, content: (inout Page) throws -> Void) rethrows {
    raw(isOpen ? "<details class=\"search\" open><summary>" : "<details class=\"search\"><summary>")
    text(summary)
    raw("</summary>\n")
    try content(&self)
    raw("</details>\n")
  }

  private mutating func openTable(_ table: DataTable) {
    raw("<div class=\"scroll\" role=\"region\" tabindex=\"0\"")
    attribute("aria-labelledby", table.id + "-caption")
    raw(">\n<table")
    attribute("id", table.id)
    raw("><caption")
    attribute("id", table.id + "-caption")
    raw(">")
    text(table.caption)
    if let note = table.note { unseen(note) }
    raw("</caption>\n<thead><tr>")
    for column in table.columns { head(column) }
    raw("</tr></thead>\n<tbody>\n")
  }

  private mutating func head(_ column: DataTable.Column) {
    raw("<th scope=\"col\"")
    attribute("aria-sort", optional: column.direction?.rawValue)
    raw(">")
    if let sort = column.sort {
      raw("<a")
      attribute("href", sort)
      raw(">")
    }
    text(column.head)
    switch column.direction {
    case .ascending: raw(" <span aria-hidden=\"true\">↑</span>")
    case .descending: raw(" <span aria-hidden=\"true\">↓</span>")
    case nil: break
    }
    if column.sort != nil { raw("</a>") }
    raw("</th>")
  }
}
