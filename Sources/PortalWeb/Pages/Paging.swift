import Domain
import HTML
import Projections
import WebServer

extension PageRequest {
  /// Reads `page` and `size` of an address; what cannot be read is the first page of five.
  init(_ query: FormData) {
    self.init(
      number: query["page"].flatMap { Int($0) }.map { max(1, $0) } ?? 1,
      size: query["size"].flatMap { Int($0) }.flatMap(PageSize.init(rawValue:)) ?? .five)
  }
}

extension Page {
  /// What stands under a table: which rows, how many a page, and the way to the others.
  mutating func foot<Row: Sendable>(
    _ rows: Projections.Page<Row>, _ frame: Frame, label: String, action: LocalPath, hidden: [(String, String)],
    path: (Int) -> LocalPath
  ) {
    guard rows.total > 0 else { return }
    raw("<div class=\"table-foot\">")
    sizeForm(SizeForm(action: action, size: rows.size.rawValue, hidden: hidden))
    paragraph(frame.say(Labels.paging(first: rows.first, last: rows.last, total: rows.total)))
    pager(Pager(label: label, page: rows.number, count: rows.pageCount), path: path)
    raw("</div>\n")
  }
}
