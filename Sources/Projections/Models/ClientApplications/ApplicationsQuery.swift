import Domain
import Schema

/// A question about one account's applications.
public struct ApplicationsQuery: Sendable {
  /// Which table.
  public enum Table: Sendable {
    /// The home page: drafts that can still be submitted, latest work first (domain.md 3.1).
    case inProgress
    /// Search results (domain.md 3.2).
    case search(ApplicationSearch)
  }

  public enum Column: String, Sendable, CaseIterable {
    case id, type, name, number, created, saved, daysLeft, submitted, status
  }

  public struct Sort: Sendable, Equatable {
    public var column: Column
    public var direction: SortDirection

    public init(_ column: Column, _ direction: SortDirection) {
      self.column = column
      self.direction = direction
    }
  }

  public var table: Table
  public var sort: Sort
  public var page: PageRequest
  /// Orders application types by their labels.
  public var language: Language
  /// The civil day the question is asked on: days left are counted from it, and drafts past their deadline are hidden.
  public var today: CivilDay

  /// - Parameter sort: `nil`: date last saved ↓ for drafts (domain.md G15), date submitted ↓ for a search.
  public init(
    _ table: Table, sort: Sort? = nil, page: PageRequest = PageRequest(), language: Language = .english, today: CivilDay
  ) {
    self.table = table
    self.sort = sort ?? (table.isSearch ? Sort(.submitted, .descending) : Sort(.saved, .descending))
    self.page = page
    self.language = language
    self.today = today
  }
}

extension ApplicationsQuery.Table {
  var isSearch: Bool { if case .search = self { true } else { false } }
}

/// What is searched for: all given fields must match; none given finds everything (domain.md G14).
public struct ApplicationSearch: Sendable, Equatable {
  /// Every word must be the beginning of a word of the name, whatever its case and accents.
  public var name: String?
  /// Exact, apart from case, spaces and hyphens. A number of another form finds nothing.
  public var number: String?
  public var type: ApplicationType?
  public var status: PortalStatus?
  public var onlyUnread = false

  public init() {}
}

/// The status in the portal, which is not the state of the processing (domain.md G13).
public enum PortalStatus: String, Sendable, CaseIterable {
  case inProgress, submitted

  public var label: Text { self == .inProgress ? Labels.inProgress : Labels.submitted }
}

/// What can be done with an application.
public enum ApplicationAction: String, Sendable {
  /// A draft: continue or delete it.
  case continueOrDelete
  /// A frozen draft.
  case onHold
  /// A submitted application with an open request, or an unread message that asks for action (domain.md G08).
  case actionRequired
  case checkStatus

  public var labels: [Text] {
    switch self {
    case .continueOrDelete: [Labels.continueDraft, Labels.deleteDraft]
    case .onHold: [Labels.onHold]
    case .actionRequired: [Labels.actionRequired]
    case .checkStatus: [Labels.checkFullStatus]
    }
  }
}
