import EventStore
import Foundation
import Schema

extension ClientApplications {
  /// Messages of a submitted application. Unread and "action required" are separate facts (domain.md G08).
  func apply(
    _ change: ApplicationMessageEvent.OneOf_Event, in record: borrowing EventView, of account: UUID,
    to rows: inout WorkingRows
  ) throws(ProjectionError) {
    switch change {
    case .applicationMessageSent(let sent):
      guard sent.audience != .client else { return }
      let key = RowKey(account, Kind.unreadMessage, try record.identifier(sent.messageID))
      // What a request asks for is counted as long as the request is open, read or not.
      let asksUntilRead = sent.text.actionRequired && sent.requestID.isEmpty
      try update(sent.applicationID, record, account, &rows) { application in
        application.unread += 1
        if asksUntilRead { application.unreadActionRequired += 1 }
      }
      rows.put(key, PendingRow.with { ($0.applicationID, $0.actionRequired) = (sent.applicationID, asksUntilRead) })
    case .applicationMessageRead(let read):
      // A client's reading never clears the representative's mark (domain.md 2.13).
      guard read.readerKind == .representative else { return }
      let key = RowKey(account, Kind.unreadMessage, try record.identifier(read.messageID))
      guard let pending = try rows.get(key, as: PendingRow.self) else {
        throw record.contradiction("its message is not unread")
      }
      try update(pending.applicationID, record, account, &rows) { application in
        application.unread -= 1
        if pending.actionRequired { application.unreadActionRequired -= 1 }
      }
      rows.delete(key)
    }
  }

  /// Requests that wait for an answer.
  func apply(
    _ change: DocumentRequestEvent.OneOf_Event, in record: borrowing EventView, of account: UUID,
    to rows: inout WorkingRows
  ) throws(ProjectionError) {
    switch change {
    case .documentRequested(let requested):
      let key = RowKey(account, Kind.openRequest, try record.identifier(requested.requestID))
      try update(requested.applicationID, record, account, &rows) { $0.openRequests += 1 }
      rows.put(key, PendingRow.with { $0.applicationID = requested.applicationID })
    case .documentRequestAnswered: return
    case .documentRequestCompleted(let completed):
      let key = RowKey(account, Kind.openRequest, try record.identifier(completed.requestID))
      guard let pending = try rows.get(key, as: PendingRow.self) else {
        throw record.contradiction("its request is not open")
      }
      try update(pending.applicationID, record, account, &rows) { $0.openRequests -= 1 }
      rows.delete(key)
    }
  }

  private func update(
    _ application: Data, _ record: borrowing EventView, _ account: UUID, _ rows: inout WorkingRows,
    _ body: (inout SubmittedRow) -> Void
  ) throws(ProjectionError) {
    let key = RowKey(account, Kind.submitted, try record.identifier(application))
    guard var row = try rows.get(key, as: SubmittedRow.self) else {
      throw record.contradiction("its application is not submitted")
    }
    body(&row)
    rows.put(key, row)
  }
}

extension EventView {
  func identifier(_ bytes: Data) throws(ProjectionError) -> UUID {
    guard let id = UUID(bytes) else { throw contradiction("an identifier has \(bytes.count) bytes") }
    return id
  }
}
