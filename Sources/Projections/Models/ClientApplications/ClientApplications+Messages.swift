import EventStore
import Foundation
import Schema

extension ClientApplications {
  /// Messages of a submitted application. Unread and "action required" are separate facts (domain.md G08).
  func apply(
    _ change: ApplicationMessageEvent.OneOf_Event, in event: FoldEvent, to rows: inout WorkingRows
  ) throws(ProjectionError) {
    switch change {
    case .applicationMessageSent(let sent):
      guard sent.audience != .client else { return }
      let key = RowKey(event.account, Kind.unreadMessage, try event.identifier(sent.messageID))
      // What a request asks for is counted as long as the request is open, read or not.
      let asksUntilRead = sent.text.actionRequired && sent.requestID.isEmpty
      try update(sent.applicationID, event, &rows) { application in
        application.unread += 1
        if asksUntilRead { application.unreadActionRequired += 1 }
      }
      rows.put(key, PendingRow.with { ($0.applicationID, $0.actionRequired) = (sent.applicationID, asksUntilRead) })
    case .applicationMessageRead(let read):
      // A client's reading never clears the representative's mark (domain.md 2.13).
      guard read.readerKind == .representative else { return }
      let key = RowKey(event.account, Kind.unreadMessage, try event.identifier(read.messageID))
      guard let pending = try rows.get(key, as: PendingRow.self) else {
        throw event.contradiction("its message is not unread")
      }
      try update(pending.applicationID, event, &rows) { application in
        application.unread -= 1
        if pending.actionRequired { application.unreadActionRequired -= 1 }
      }
      rows.delete(key)
    }
  }

  /// Requests that wait for an answer.
  func apply(
    _ change: DocumentRequestEvent.OneOf_Event, in event: FoldEvent, to rows: inout WorkingRows
  ) throws(ProjectionError) {
    switch change {
    case .documentRequested(let requested):
      let key = RowKey(event.account, Kind.openRequest, try event.identifier(requested.requestID))
      try update(requested.applicationID, event, &rows) { $0.openRequests += 1 }
      rows.put(key, PendingRow.with { $0.applicationID = requested.applicationID })
    case .documentRequestAnswered, .documentRequestExtended: return
    case .documentRequestCompleted(let completed): try close(completed.requestID, event, &rows)
    case .documentRequestCancelled(let cancelled): try close(cancelled.requestID, event, &rows)
    }
  }

  private func close(_ request: Data, _ event: FoldEvent, _ rows: inout WorkingRows) throws(ProjectionError) {
    let key = RowKey(event.account, Kind.openRequest, try event.identifier(request))
    guard let pending = try rows.get(key, as: PendingRow.self) else {
      throw event.contradiction("its request is not open")
    }
    try update(pending.applicationID, event, &rows) { $0.openRequests -= 1 }
    rows.delete(key)
  }

  private func update(
    _ application: Data, _ event: FoldEvent, _ rows: inout WorkingRows,
    _ body: (inout SubmittedRow) -> Void
  ) throws(ProjectionError) {
    let key = RowKey(event.account, Kind.submitted, try event.identifier(application))
    try rows.update(key, or: event.contradiction("its application is not submitted"), body)
  }
}
