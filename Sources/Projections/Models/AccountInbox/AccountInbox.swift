import Domain
import EventStore
import Foundation
import Schema
import SwiftProtobuf

/// The read model `account-inbox`: the messages of every account (domain.md 3.4). Messages about a submitted application
/// belong to that application and are not here.
struct AccountInbox: Projection {
  static let name: ProjectionName = "account-inbox"
  static let version = 1
  static let streams: Set<StreamKind> = [.inbox]
  static let handles: [EventTypeName: Need] = .reading([.clear: [AccountMessageSent.self, AccountMessageRead.self]])

  static let rowTypes: [UInt8: any Message.Type] = [Kind.message: InboxRow.self]

  /// The kinds of rows. A row's identifier is that of the message.
  enum Kind {
    static let message: UInt8 = 1
  }

  func apply(_ event: FoldEvent, to rows: inout WorkingRows) throws(ProjectionError) {
    guard case .inbox(let change) = event.event else { return }
    switch change {
    case .accountMessageSent(let sent):
      let row = InboxRow.with {
        $0.text = sent.text
        $0.sentAt = event.time.microseconds
        $0.position = event.position.rawValue
      }
      rows.put(RowKey(event.account, Kind.message, try event.identifier(sent.messageID)), row)
    case .accountMessageRead(let read):
      let key = RowKey(event.account, Kind.message, try event.identifier(read.messageID))
      try rows.update(key, or: event.contradiction("its message was never sent")) { (row: inout InboxRow) in
        // Only the first reading counts.
        if row.readAt == 0 { row.readAt = event.time.microseconds }
      }
    case .accountMessageUndeliverable: return
    }
  }
}
