import Domain
import EventStore
import Foundation
import Schema

/// What was made of one account's rows, kept for whoever asks next: drafts, submitted applications, and the names of the
/// applicants once somebody searched or sorted by them.
struct LoadedApplications: Sendable {
  let account: UUID
  private var drafts = KeptRows<ApplicationEntry>()
  private var submitted = KeptRows<ApplicationEntry>()
  private var names = KeptRows<IndexedName>()
  /// For each entry the place of its applicant's name, `nil` if it is not known; and the change that they belong to.
  private var places: (changed: Position?, of: [Int?]) = (nil, [])

  init(of account: UUID) { self.account = account }

  var draftCount: Int { drafts.count }
  /// Drafts stand before submitted applications.
  var count: Int { drafts.count + submitted.count }

  subscript(index: Int) -> ApplicationEntry {
    index < drafts.count ? drafts.values[index] : submitted.values[index - drafts.count]
  }

  /// The name of an entry's applicant; `nil` if it is not known.
  func name(at index: Int) -> IndexedName? { places.of[index].map { names.values[$0] } }

  // MARK: Answering

  /// - Parameter recent: What is known of the last changes.
  mutating func answer(
    _ query: ApplicationsQuery, in rows: borrowing some RowReader & ~Copyable, _ recent: RecentChanges = RecentChanges(),
    keys: any SubjectKeys
  ) throws(ProjectionError) -> Page<ApplicationRow> {
    while true {
      try refresh(for: query, in: rows, recent, keys: keys)
      if let page = try page(query, in: rows, keys: keys) { return page }
      // A key is gone since its name was opened: nothing that was opened counts any more.
      names = KeptRows()
      places.changed = nil
    }
  }

  /// Reads what was changed, as far as the query needs it.
  private mutating func refresh(
    for query: ApplicationsQuery, in rows: borrowing some RowReader & ~Copyable, _ recent: RecentChanges,
    keys: any SubjectKeys
  ) throws(ProjectionError) {
    typealias Kind = ClientApplications.Kind
    let row = try rows.row(at: RowKey(account, Kind.changed), as: ChangedRow.self)
    guard let changed = row.flatMap({ Position($0.position) }) else { return }
    try drafts.refresh(to: changed, recent, of: account, kind: Kind.draft, in: rows, as: DraftRow.self) { key, row in
      ApplicationEntry(key.id, row)
    }
    guard query.table.isSearch || query.needsNames else { return }
    try submitted.refresh(to: changed, recent, of: account, kind: Kind.submitted, in: rows, as: SubmittedRow.self) { key, row in
      ApplicationEntry(key.id, row)
    }
    guard query.needsNames, places.changed != changed else { return }
    try names.refresh(to: changed, recent, of: account, kind: Kind.person, in: rows, as: PersonRow.self) {
      (_, row) throws(ProjectionError) in try IndexedName(row, keys: keys)
    }
    places = (changed, (0..<count).map { names.index(of: RowKey(account, Kind.person, self[$0].personID)) })
  }

  /// - Returns: `nil` if a name that is found or shown cannot be opened any more.
  private func page(
    _ query: ApplicationsQuery, in rows: borrowing some RowReader & ~Copyable, keys: any SubjectKeys
  ) throws(ProjectionError) -> Page<ApplicationRow>? {
    guard let page = query.page(of: self, keys: keys) else { return nil }
    var answered: [ApplicationRow] = []
    for index in page.rows {
      let entry = self[index]
      let person = try rows.row(at: RowKey(account, ClientApplications.Kind.person, entry.personID), as: PersonRow.self)
      let applicant = try ApplicantName(person, keys: keys)
      if query.needsNames, name(at: index) != nil, !applicant.isKnown { return nil }
      answered.append(ApplicationRow(entry, applicant: applicant, today: query.today))
    }
    return Page(rows: answered, number: page.number, size: page.size, total: page.total)
  }
}

/// A name as it is searched and sorted by.
final class IndexedName: Sendable {
  /// Whose it is.
  let subject: UUID
  /// The words it is found by.
  let words: [String]
  let sortKey: NameSortKey

  /// - Returns: `nil` if it is not known.
  init?(_ row: PersonRow, keys: any SubjectKeys) throws(ProjectionError) {
    guard case .name(let name) = try ApplicantName(row, keys: keys), let subject = UUID(row.name.subjectID) else { return nil }
    self.subject = subject
    words = WordSearch.index(of: name.displayName)
    sortKey = NameSortKey(name)
  }
}
