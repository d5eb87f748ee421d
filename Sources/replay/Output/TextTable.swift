/// A table for people: heads, rows, and the lines around them.
struct TextTable {
  struct Row {
    var cells: [String]
    /// Stands out where the terminal can show it.
    var isBold = false
  }

  var title: [String] = []
  var heads: [String]
  var rows: [Row]
  /// In place of rows, if there are none.
  var hint: String?
  var foot: [String] = []

  /// - Parameters:
  ///   - width: Characters in a line, to wrap cells at; `nil`: no limit.
  ///   - style: Whether heads and bold rows are marked.
  func text(width: Int?, style: Style) -> String {
    let widths = columnWidths(limit: width)
    var lines = headLines(widths, style) + rowLines(widths, style)
    if rows.isEmpty, let hint { lines += ["", hint] }
    if !foot.isEmpty { lines += [""] + foot }
    return TextTable.joined(lines)
  }

  func headLines(_ widths: [Int], _ style: Style) -> [String] {
    title.map { style.bold($0) } + (title.isEmpty ? [] : [""]) + layOut(heads, widths).map { style.bold($0) }
  }

  func rowLines(_ widths: [Int], _ style: Style) -> [String] {
    rows.flatMap { row in layOut(row.cells, widths).map { row.isBold ? style.bold($0) : $0 } }
  }

  static func joined(_ lines: [String]) -> String {
    lines.map { $0.trimmingSuffix(while: \.isWhitespace) + "\n" }.joined()
  }

  // MARK: Widths

  private static let gap = 2

  /// The widths that hold every cell in one line; where that is more than `limit`, the widest columns give way, down to their
  /// longest word.
  func columnWidths(limit: Int?) -> [Int] {
    let columns = heads.indices.map { index in [heads[index]] + rows.map { $0.cells[index] } }
    var widths = columns.map { $0.map(\.displayWidth).max() ?? 0 }
    guard let limit else { return widths }
    let least = columns.map { cells in cells.flatMap { $0.split(separator: " ") }.map { String($0).displayWidth }.max() ?? 0 }
    while widths.reduce(0, +) + TextTable.gap * (widths.count - 1) > limit {
      let widest = widths.indices.filter { widths[$0] > least[$0] }.max { widths[$0] < widths[$1] }
      guard let widest else { break }
      widths[widest] -= 1
    }
    return widths
  }

  private func layOut(_ cells: [String], _ widths: [Int]) -> [String] {
    let wrapped = zip(cells, widths).map { $0.wrapped(at: $1) }
    let height = wrapped.map(\.count).max() ?? 0
    return (0..<height).map { line in
      zip(wrapped, widths).map { cell, width in (line < cell.count ? cell[line] : "").padded(to: width) }
        .joined(separator: String(repeating: " ", count: TextTable.gap))
    }
  }
}

/// Marks for a terminal.
struct Style {
  let isOn: Bool
  func bold(_ text: String) -> String { isOn && !text.isEmpty ? "\u{1B}[1m\(text)\u{1B}[0m" : text }
}

extension String {
  /// How many columns of a terminal the text takes.
  var displayWidth: Int { reduce(0) { $0 + $1.displayWidth } }

  func padded(to width: Int) -> String { self + String(repeating: " ", count: Swift.max(0, width - displayWidth)) }

  /// Lines of at most `width` columns, broken at spaces; a longer word has a line of its own.
  func wrapped(at width: Int) -> [String] {
    guard displayWidth > width else { return [self] }
    var lines: [String] = []
    for word in split(separator: " ") {
      if let last = lines.last, last.displayWidth + 1 + String(word).displayWidth <= width {
        lines[lines.count - 1] = last + " " + word
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }

  func trimmingSuffix(while predicate: (Character) -> Bool) -> String {
    var text = self
    while let last = text.last, predicate(last) { text.removeLast() }
    return text
  }
}

extension Character {
  /// 2 for the wide characters of East Asia, 0 for one that only steers the direction of writing, else 1.
  fileprivate var displayWidth: Int {
    guard let scalar = unicodeScalars.first else { return 0 }
    switch scalar.value {
    case 0x200B...0x200F, 0x202A...0x202E, 0x2066...0x2069: return 0
    case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
      0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
      return 2
    default: return 1
    }
  }
}
