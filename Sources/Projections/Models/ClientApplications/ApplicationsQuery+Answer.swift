import Domain
import Foundation
import Schema

extension ApplicationsQuery {
  /// Which rows must be looked at to answer.
  var extent: LoadedApplications.Extent { table.isSearch ? .all : .drafts }

  /// Whether the names of all applicants must be opened to answer.
  var needsNames: Bool {
    if sort.column == .name { return true }
    guard case .search(let search) = table, let name = search.name else { return false }
    return !WordSearch(name).isEmpty
  }

  /// - Parameter rows: The same snapshot as that of `applications`.
  func answer(
    _ applications: LoadedApplications, of account: UUID, in rows: borrowing some RowReader & ~Copyable,
    keys: some SubjectKeys
  ) throws(ProjectionError) -> Page<ApplicationRow> {
    let page = sorted(applications.entries, names: applications.names ?? [])
    var answered: [ApplicationRow] = []
    for index in page.rows {
      let entry = applications.entries[index]
      let person = try rows.row(
        at: RowKey(account, ClientApplications.Kind.person, entry.personID), as: PersonRow.self)
      answered.append(ApplicationRow(entry, applicant: try ApplicantName(person, keys: keys), today: today))
    }
    return Page(rows: answered, number: page.number, size: page.size, total: page.total)
  }

  // MARK: Which

  /// Whether an entry belongs into the table.
  private func filter(
    _ names: [LoadedApplications.IndexedName]
  ) -> (_ index: Int, _ entry: borrowing ApplicationEntry) -> Bool {
    let today = today
    guard case .search(let search) = table else {
      return { _, entry in entry.submitted == nil && entry.isVisible(on: today) }
    }
    let number = ApplicationsQuery.normalized(search.number ?? "")
    let words = WordSearch(search.name ?? "")
    return { index, entry in
      entry.isVisible(on: today)
        && (search.status == nil || entry.status == search.status)
        && (search.type == nil || entry.type == search.type)
        && (!search.onlyUnread || entry.unread > 0)
        && (number.isEmpty || entry.number == number)
        && (words.isEmpty || words.matches(names[index].words))
    }
  }

  /// Trimmed, upper case, without spaces and hyphens (domain.md 3.2).
  private static func normalized(_ number: String) -> String {
    String(number.uppercased().filter { !$0.isWhitespace && $0 != "-" })
  }

  // MARK: In which order

  private func sorted(_ entries: [ApplicationEntry], names: [LoadedApplications.IndexedName]) -> Page<Int> {
    switch sort.column {
    case .id: page(of: entries, names) { entries[$0].packageNumber }
    case .type: page(of: entries, names, by: typeRank(entries))
    case .name: page(of: entries, names) { names[$0].sortKey }
    case .number: page(of: entries, names) { entries[$0].number.isEmpty ? nil : entries[$0].number }
    case .created: page(of: entries, names) { moment(entries[$0].created) }
    case .saved: page(of: entries, names) { moment(entries[$0].saved) }
    case .daysLeft: page(of: entries, names) { entries[$0].deadline }
    case .submitted: page(of: entries, names) { entries[$0].submitted.map(moment) }
    case .status: page(of: entries, names) { entries[$0].submitted == nil ? 0 : 1 }
    }
  }

  /// A search sorts by the printed day, the home page by the moment (domain.md 3.0).
  private func moment(_ instant: Instant) -> Int64 {
    table.isSearch ? Int64(CivilDay(of: instant).number) : instant.microseconds
  }

  private func typeRank(_ entries: [ApplicationEntry]) -> (Int) -> Int? {
    let labels = ApplicationType.offered.map { ($0, TextFolding.fold($0.label.in(language))) }
    let order = labels.sorted { $0.1 < $1.1 }.map(\.0)
    return { order.firstIndex(of: entries[$0].type) }
  }

  private func page<Value: Comparable>(
    of entries: [ApplicationEntry], _ names: [LoadedApplications.IndexedName], by value: (Int) -> Value?
  ) -> Page<Int> {
    let isIncluded = filter(names)
    guard table.isSearch else {
      // Ties by position in the direction of the sort: pages never overlap (domain.md 3.0).
      let sign: Int64 = sort.direction == .ascending ? 1 : -1
      return page.page(of: entries.count, sort.direction) { index -> SortKey<Value, Int64>? in
        guard isIncluded(index, entries[index]) else { return nil }
        return SortKey(value: value(index), tie: sign * Int64(entries[index].position))
      }
    }
    let sortsBySubmission = sort.column == .submitted
    return page.page(of: entries.count, sort.direction) { index -> SortKey<Value, SearchTie>? in
      guard isIncluded(index, entries[index]) else { return nil }
      return SortKey(value: value(index), tie: SearchTie(entries[index], sortsBySubmission: sortsBySubmission))
    }
  }
}

/// Ties in a search: application number ↑, then ID ↑ (domain.md 3.2).
private struct SearchTie: Comparable {
  /// Drafts among themselves when sorted by the date they do not have: the latest saved first.
  private let saved: Int32
  private let number: String
  private let packageNumber: UInt64
  private let position: UInt64

  init(_ entry: borrowing ApplicationEntry, sortsBySubmission: Bool) {
    saved = sortsBySubmission && entry.submitted == nil ? CivilDay(of: entry.saved).number : 0
    number = entry.number
    packageNumber = entry.packageNumber
    position = entry.position
  }

  static func < (a: SearchTie, b: SearchTie) -> Bool {
    if a.saved != b.saved { return a.saved > b.saved }
    if a.number != b.number { return b.number.isEmpty || (!a.number.isEmpty && a.number < b.number) }
    return (a.packageNumber, a.position) < (b.packageNumber, b.position)
  }
}
