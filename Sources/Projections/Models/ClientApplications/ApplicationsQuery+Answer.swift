import Domain
import Foundation
import Schema

/// The rows of one account, decoded, with the names of the applicants once somebody searched or sorted by them.
struct LoadedApplications: Sendable {
  /// The last event that changed a row of the account.
  let changed: UInt64
  let entries: [ApplicationEntry]
  var names: [UUID: IndexedName]?

  struct IndexedName: Sendable {
    let name: ApplicantName
    let words: [String]
    let sortKey: NameSortKey?
  }

  init(of account: UUID, in rows: borrowing some RowReader & ~Copyable) throws(ProjectionError) {
    var entries: [ApplicationEntry] = []
    try rows.forEachRow(of: account, kind: ClientApplications.Kind.draft, as: DraftRow.self) { id, row in
      if let entry = ApplicationEntry(id, row) { entries.append(entry) }
    }
    try rows.forEachRow(of: account, kind: ClientApplications.Kind.submitted, as: SubmittedRow.self) { id, row in
      entries.append(ApplicationEntry(id, row))
    }
    self.entries = entries
    changed = try LoadedApplications.changed(of: account, in: rows)
  }

  static func changed(
    of account: UUID, in rows: borrowing some RowReader & ~Copyable
  ) throws(ProjectionError) -> UInt64 {
    try rows.row(at: RowKey(account, ClientApplications.Kind.changed), as: ChangedRow.self)?.position ?? 0
  }

  /// Opens every name once.
  mutating func openNames(
    of account: UUID, in rows: borrowing some RowReader & ~Copyable, keys: some SubjectKeys
  ) throws(ProjectionError) {
    guard names == nil else { return }
    var sealed: [(UUID, PersonRow)] = []
    try rows.forEachRow(of: account, kind: ClientApplications.Kind.person, as: PersonRow.self) { sealed.append(($0, $1)) }
    var names: [UUID: IndexedName] = [:]
    for (id, row) in sealed {
      let name = try ApplicantName(row, keys: keys)
      var words: [String] = []
      if case .name(let known) = name { words = WordSearch.index(of: known.displayName) }
      names[id] = IndexedName(name: name, words: words, sortKey: name.sortKey)
    }
    self.names = names
  }
}

extension ApplicationsQuery {
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
    let page = sorted(matches(in: applications), names: applications.names ?? [:])
    var answered: [ApplicationRow] = []
    for entry in page.rows {
      let person = try rows.row(
        at: RowKey(account, ClientApplications.Kind.person, entry.personID), as: PersonRow.self)
      answered.append(ApplicationRow(entry, applicant: try ApplicantName(person, keys: keys), today: today))
    }
    return Page(rows: answered, number: page.number, size: page.size, total: page.total)
  }

  // MARK: Which

  private func matches(in applications: LoadedApplications) -> [ApplicationEntry] {
    // A draft is gone at the end of its last day, whether or not that has been recorded (domain.md 3.1).
    let visible = { (entry: ApplicationEntry) in entry.deadline.map { $0 >= today } ?? true }
    guard case .search(let search) = table else {
      return applications.entries.filter { $0.status == .inProgress && visible($0) }
    }
    let number = search.number.map(ApplicationsQuery.normalized)
    let words = WordSearch(search.name ?? "")
    return applications.entries.filter { entry in
      visible(entry)
        && (search.status == nil || entry.status == search.status)
        && (search.type == nil || entry.type == search.type)
        && (!search.onlyUnread || entry.unread > 0)
        && (number == nil || number == "" || entry.number == number)
        && (words.isEmpty || words.matches(applications.names?[entry.personID]?.words ?? []))
    }
  }

  /// Trimmed, upper case, without spaces and hyphens (domain.md 3.2).
  private static func normalized(_ number: String) -> String {
    String(number.uppercased().filter { !$0.isWhitespace && $0 != "-" })
  }

  // MARK: In which order

  /// Ties in a search: application number ↑, then ID ↑ (domain.md 3.2).
  private struct SearchTie: Comparable {
    /// Drafts among themselves when sorted by the date they do not have: the latest saved first.
    let saved: Int32
    let number: String
    let packageNumber: UInt64
    let position: UInt64

    static func < (a: SearchTie, b: SearchTie) -> Bool {
      if a.saved != b.saved { return a.saved > b.saved }
      if a.number != b.number { return b.number.isEmpty || (!a.number.isEmpty && a.number < b.number) }
      return (a.packageNumber, a.position) < (b.packageNumber, b.position)
    }
  }

  private func sorted(
    _ entries: [ApplicationEntry], names: [UUID: LoadedApplications.IndexedName]
  ) -> Page<ApplicationEntry> {
    switch sort.column {
    case .id: page(of: entries) { Int64($0.packageNumber) }
    case .type: page(of: entries, by: typeRank)
    case .name: page(of: entries) { names[$0.personID]?.sortKey }
    case .number: page(of: entries) { $0.number.isEmpty ? nil : $0.number }
    case .created: page(of: entries) { moment($0.created) }
    case .saved: page(of: entries) { moment($0.saved) }
    case .daysLeft: page(of: entries) { $0.deadline }
    case .submitted: page(of: entries) { $0.submitted.map(moment) }
    case .status: page(of: entries) { $0.status == .inProgress ? 0 : 1 }
    }
  }

  /// A search sorts by the printed day, the home page by the moment (domain.md 3.0).
  private func moment(_ instant: Instant) -> Int64 {
    table.isSearch ? Int64(CivilDay(of: instant).number) : instant.microseconds
  }

  private var typeRank: (ApplicationEntry) -> Int? {
    let labels = ApplicationType.offered.map { ($0, TextFolding.fold($0.label.in(language))) }
    let order = labels.sorted { $0.1 < $1.1 }.map(\.0)
    return { order.firstIndex(of: $0.type) }
  }

  private func page<Value: Comparable>(
    of entries: [ApplicationEntry], by value: (ApplicationEntry) -> Value?
  ) -> Page<ApplicationEntry> {
    guard table.isSearch else {
      // Ties by position in the direction of the sort: pages never overlap (domain.md 3.0).
      let sign: Int64 = sort.direction == .ascending ? 1 : -1
      return page.page(of: entries, sort.direction) { SortKey(value: value($0), tie: sign * Int64($0.position)) }
    }
    let sortsBySubmission = sort.column == .submitted
    return page.page(of: entries, sort.direction) { entry in
      let saved = sortsBySubmission && entry.submitted == nil ? CivilDay(of: entry.saved).number : 0
      return SortKey(
        value: value(entry),
        tie: SearchTie(
          saved: saved, number: entry.number, packageNumber: entry.packageNumber, position: entry.position))
    }
  }
}
