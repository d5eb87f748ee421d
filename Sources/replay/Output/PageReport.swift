import Domain
import Projections
import Schema

/// What every page of a table says about itself.
struct PageReport: Encodable {
  let page: Int
  let pageSize: Int
  let first: Int
  let last: Int
  let total: Int

  init<Row>(_ page: Page<Row>) {
    self.page = page.number
    pageSize = page.size.rawValue
    first = page.first
    last = page.last
    total = page.total
  }
}

extension Page {
  /// `Items per page 5    1 to 3 of 3`, and which page it is if there are several.
  func foot(_ language: Language) -> String {
    let counts = Labels.paging(first: first, last: last, total: total).in(language)
    let place = pageCount > 1 ? "    \(number)/\(pageCount)" : ""
    return "\(Labels.itemsPerPage.in(language)) \(size.rawValue)    \(counts)\(place)"
  }
}

extension Instant {
  func dayText(_ language: Language) -> String { CivilDay(of: self).text(in: language) }
}

/// Whose table it is, and of when.
struct TableSubject {
  let representative: String
  let asOf: (position: UInt64, day: CivilDay)?

  func text(_ language: Language) -> String {
    guard let asOf else { return representative }
    let day = asOf.day.text(in: language)
    return Text(
      "\(representative), as of \(day) (position \(asOf.position))",
      "\(representative), en date du \(day) (position \(asOf.position))"
    ).in(language)
  }
}
