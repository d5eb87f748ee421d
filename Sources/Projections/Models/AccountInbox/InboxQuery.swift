import Domain
import Foundation
import Schema

/// A question about one account's inbox (domain.md 3.4).
public struct InboxQuery: Sendable {
  public enum Column: String, Sendable, CaseIterable {
    case subject, sent, read
  }

  public struct Sort: Sendable, Equatable {
    public var column: Column
    public var direction: SortDirection

    public init(_ column: Column, _ direction: SortDirection) {
      self.column = column
      self.direction = direction
    }
  }

  /// Words of the subject, in the language it was written in.
  public var search: String
  public var onlyUnread: Bool
  public var sort: Sort
  public var page: PageRequest

  public init(
    search: String = "", onlyUnread: Bool = false, sort: Sort = Sort(.sent, .descending),
    page: PageRequest = PageRequest()
  ) {
    self.search = search
    self.onlyUnread = onlyUnread
    self.sort = sort
    self.page = page
  }
}

/// A message of an inbox. Its body stays in the log, at `position`.
public struct InboxMessage: Sendable, Equatable {
  public let id: UUID
  /// In the language the account had then, for ever.
  public let subject: String
  public let templateKey: String
  public let isActionRequired: Bool
  public let sent: Instant
  /// The first reading; `nil` while unread.
  public let read: Instant?
  /// The event that sent it.
  public let position: UInt64

  init(_ id: UUID, _ row: InboxRow) {
    self.id = id
    subject = row.text.subject
    templateKey = row.text.templateKey
    isActionRequired = row.text.actionRequired
    sent = Instant(microseconds: row.sentAt)
    read = row.readAt == 0 ? nil : Instant(microseconds: row.readAt)
    position = row.position
  }
}

extension InboxQuery {
  func answer(
    of account: UUID, in rows: borrowing some RowReader & ~Copyable
  ) throws(ProjectionError) -> Page<InboxMessage> {
    let words = WordSearch(search)
    var messages: [InboxMessage] = []
    try rows.forEachRow(of: account, kind: AccountInbox.Kind.message) { (key, bytes) throws(ProjectionError) in
      let row = try InboxRow(row: bytes)
      guard !onlyUnread || row.readAt == 0 else { return }
      guard words.isEmpty || words.matches(WordSearch.index(of: row.text.subject)) else { return }
      messages.append(InboxMessage(key.id, row))
    }
    return switch sort.column {
    case .subject: page(of: messages) { TextFolding.fold($0.subject) }
    case .sent: page(of: messages) { $0.sent }
    case .read: page(of: messages) { $0.read }
    }
  }

  /// Ties by position in the direction of the sort: the later of two messages of one moment is the newer (domain.md G52).
  private func page<Value: Comparable>(
    of messages: [InboxMessage], by value: (InboxMessage) -> Value?
  ) -> Page<InboxMessage> {
    page.page(of: messages, sort.direction, by: value) { a, b in
      sort.direction == .ascending ? a.position < b.position : b.position < a.position
    }
  }
}
