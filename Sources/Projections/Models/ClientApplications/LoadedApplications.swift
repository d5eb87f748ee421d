import Domain
import Foundation
import Schema

/// The applications of one account, decoded, with the names of the applicants once somebody searched or sorted by them.
struct LoadedApplications: Sendable {
  /// The last event that changed a row of the account.
  let changed: UInt64
  let entries: [ApplicationEntry]
  /// One for each of ``entries``, once opened.
  private(set) var names: [IndexedName]?

  struct IndexedName: Sendable {
    /// The words it is found by; empty if it is not known.
    let words: [String]
    /// `nil` if it is not known.
    let sortKey: NameSortKey?
  }

  /// Which rows to load.
  enum Extent { case drafts, all }

  init(
    _ extent: Extent, of account: UUID, in rows: borrowing some RowReader & ~Copyable
  ) throws(ProjectionError) {
    var entries: [ApplicationEntry] = []
    try rows.forEachRow(of: account, kind: ClientApplications.Kind.draft, as: DraftRow.self) { id, row in
      if let entry = ApplicationEntry(id, row) { entries.append(entry) }
    }
    if extent == .all {
      try rows.forEachRow(of: account, kind: ClientApplications.Kind.submitted, as: SubmittedRow.self) { id, row in
        entries.append(ApplicationEntry(id, row))
      }
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
    var persons: [UUID: PersonRow] = [:]
    try rows.forEachRow(of: account, kind: ClientApplications.Kind.person, as: PersonRow.self) { persons[$0] = $1 }
    var names: [IndexedName] = []
    names.reserveCapacity(entries.count)
    for entry in entries {
      let name = try ApplicantName(persons[entry.personID], keys: keys)
      names.append(IndexedName(words: name.searchWords, sortKey: name.sortKey))
    }
    self.names = names
  }
}

extension ApplicationsQuery {
  /// What must be known to answer.
  func load(
    of account: UUID, in rows: borrowing some RowReader & ~Copyable, keys: some SubjectKeys,
    onTopOf known: LoadedApplications? = nil
  ) throws(ProjectionError) -> LoadedApplications {
    var applications = if let known { known } else { try LoadedApplications(extent, of: account, in: rows) }
    if needsNames { try applications.openNames(of: account, in: rows, keys: keys) }
    return applications
  }
}
