import Domain
import Foundation
import Schema

extension ApplicationsQuery {
  /// Whether the names of all applicants must be opened to answer.
  var needsNames: Bool { sort.column == .name || !words.isEmpty }

  private var words: WordSearch {
    if case .search(let search) = table { WordSearch(search.name ?? "") } else { WordSearch("") }
  }

  /// The places of the entries of the page.
  /// - Returns: `nil` if a name that is found cannot be opened any more.
  func page(of applications: LoadedApplications, keys: any SubjectKeys) -> Page<Int>? {
    let found = found(in: applications)
    if !words.isEmpty {
      for index in found {
        guard let name = applications.name(at: index), case .available = keys.key(of: name.subject) else { return nil }
      }
    }
    return sorted(found, of: applications)
  }

  // MARK: Which

  /// The places of the entries that belong into the table.
  private func found(in applications: LoadedApplications) -> [Int] {
    guard case .search(let search) = table else {
      return (0..<applications.draftCount).filter { applications[$0].isVisible(on: today) }
    }
    let number = ApplicationsQuery.normalized(search.number ?? "")
    let words = words
    return (0..<applications.count).filter { index in
      let entry = applications[index]
      return entry.isVisible(on: today)
        && (search.status == nil || entry.status == search.status)
        && (search.type == nil || entry.type == search.type)
        && (!search.onlyUnread || entry.unread > 0)
        && (number.isEmpty || entry.number == number)
        && (words.isEmpty || applications.name(at: index).map { words.matches($0.words) } ?? false)
    }
  }

  /// Trimmed, upper case, without spaces and hyphens (domain.md 3.2).
  private static func normalized(_ number: String) -> String {
    String(number.uppercased().filter { !$0.isWhitespace && $0 != "-" })
  }

  // MARK: In which order

  private func sorted(_ found: [Int], of applications: LoadedApplications) -> Page<Int> {
    switch sort.column {
    case .id: page(found, of: applications) { applications[$0].packageNumber }
    case .type: page(found, of: applications, by: typeRank(applications))
    case .name: page(found, of: applications) { applications.name(at: $0)?.sortKey }
    case .number: page(found, of: applications) { applications[$0].number.isEmpty ? nil : applications[$0].number }
    case .created: page(found, of: applications) { moment(applications[$0].created) }
    case .saved: page(found, of: applications) { moment(applications[$0].saved) }
    case .daysLeft: page(found, of: applications) { applications[$0].deadline }
    case .submitted: page(found, of: applications) { applications[$0].submitted.map(moment) }
    case .status: page(found, of: applications) { applications[$0].submitted == nil ? 0 : 1 }
    }
  }

  /// A search sorts by the printed day, the home page by the moment (domain.md 3.0).
  private func moment(_ moment: PrintedMoment) -> Int64 {
    table.isSearch ? Int64(moment.day.number) : moment.instant.microseconds
  }

  private func typeRank(_ applications: LoadedApplications) -> (Int) -> Int? {
    let labels = ApplicationType.offered.map { ($0, TextFolding.fold($0.label.in(language))) }
    let order = labels.sorted { $0.1 < $1.1 }.map(\.0)
    return { order.firstIndex(of: applications[$0].type) }
  }

  private func page<Value: Comparable>(
    _ found: [Int], of applications: LoadedApplications, by value: (Int) -> Value?
  ) -> Page<Int> {
    page.page(of: found, sort.direction, by: value) { a, b in
      let (a, b) = (applications[a], applications[b])
      guard table.isSearch else {
        // By position in the direction of the sort: pages never overlap (domain.md 3.0).
        return sort.direction == .ascending ? a.position < b.position : b.position < a.position
      }
      // Drafts among themselves when sorted by the date they do not have: the latest saved first.
      if sort.column == .submitted, a.submitted == nil, b.submitted == nil, a.saved.day != b.saved.day {
        return a.saved.day > b.saved.day
      }
      // Application number ↑, then ID ↑ (domain.md 3.2).
      if a.number != b.number { return b.number.isEmpty || (!a.number.isEmpty && a.number < b.number) }
      return (a.packageNumber, a.position) < (b.packageNumber, b.position)
    }
  }
}
