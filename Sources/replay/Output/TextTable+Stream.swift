extension TextTable {
  /// A table whose rows come some at a time. Columns are as wide as the first rows need, and grow where later ones need more.
  struct Stream {
    private let head: TextTable
    private let width: Int?
    private let style: Style
    private var widths: [Int] = []

    /// - Parameter head: The title and the heads.
    init(_ head: TextTable, width: Int?, style: Style) {
      self.head = head
      self.width = width
      self.style = style
    }

    mutating func text(of rows: [Row]) -> String {
      var part = head
      part.rows = rows
      let isFirst = widths.isEmpty
      let needed = part.columnWidths(limit: width)
      widths = isFirst ? needed : zip(widths, needed).map { width == nil ? max($0, $1) : $1 }
      return TextTable.joined((isFirst ? part.headLines(widths, style) : []) + part.rowLines(widths, style))
    }

    /// What stands below the rows. - Parameter hint: In the place of rows, if there were none.
    mutating func end(hint: String, foot: [String]) -> String {
      guard widths.isEmpty else { return TextTable.joined([""] + foot) }
      return text(of: []) + TextTable.joined(["", hint, ""] + foot)
    }
  }
}
