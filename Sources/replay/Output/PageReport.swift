import Domain
import EventStore
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
  /// The last event that counts, `nil` before the first, and the day on which the table was looked at.
  let asOf: (position: Position?, day: CivilDay)?

  /// 0 before the first event.
  var position: UInt64? { asOf.map { $0.position?.rawValue ?? 0 } }

  func text(_ language: Language) -> String {
    guard let asOf else { return representative }
    let day = asOf.day.text(in: language)
    let place =
      asOf.position.map { Text("position \($0)", "position \($0)") }
      ?? Text("before the first event", "avant le premier événement")
    return Text(
      "\(representative), as of \(day) (\(place.english))", "\(representative), en date du \(day) (\(place.french))"
    ).in(language)
  }
}
