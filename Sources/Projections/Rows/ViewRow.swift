import Foundation
import Schema
import SwiftProtobuf

/// A row of some read model, decoded (`rows.proto`).
public enum ViewRow: Sendable {
  case changed(ChangedRow)
  case draft(DraftRow)
  case submitted(SubmittedRow)
  case person(PersonRow)
  case pending(PendingRow)
  case message(InboxRow)
  /// Apart, because it is large and rare.
  indirect case profile(ProfileRow)
}

/// A message that is a row.
public protocol RowMessage: Message {
  /// - Returns: `nil` if it is another row.
  init?(_ row: ViewRow)
  consuming func held() -> ViewRow
}

extension ChangedRow: RowMessage {
  public init?(_ row: ViewRow) { if case .changed(let row) = row { self = row } else { return nil } }
  public consuming func held() -> ViewRow { .changed(self) }
}

extension DraftRow: RowMessage {
  public init?(_ row: ViewRow) { if case .draft(let row) = row { self = row } else { return nil } }
  public consuming func held() -> ViewRow { .draft(self) }
}

extension SubmittedRow: RowMessage {
  public init?(_ row: ViewRow) { if case .submitted(let row) = row { self = row } else { return nil } }
  public consuming func held() -> ViewRow { .submitted(self) }
}

extension PersonRow: RowMessage {
  public init?(_ row: ViewRow) { if case .person(let row) = row { self = row } else { return nil } }
  public consuming func held() -> ViewRow { .person(self) }
}

extension PendingRow: RowMessage {
  public init?(_ row: ViewRow) { if case .pending(let row) = row { self = row } else { return nil } }
  public consuming func held() -> ViewRow { .pending(self) }
}

extension InboxRow: RowMessage {
  public init?(_ row: ViewRow) { if case .message(let row) = row { self = row } else { return nil } }
  public consuming func held() -> ViewRow { .message(self) }
}

extension ProfileRow: RowMessage {
  public init?(_ row: ViewRow) { if case .profile(let row) = row { self = row } else { return nil } }
  public consuming func held() -> ViewRow { .profile(self) }
}

extension ViewRow {
  /// The one encoding a row has: live and rebuilt rows are equal byte for byte.
  func encoded() throws(ProjectionError) -> [UInt8] {
    switch self {
    case .changed(let row): try row.rowBytes()
    case .draft(let row): try row.rowBytes()
    case .submitted(let row): try row.rowBytes()
    case .person(let row): try row.rowBytes()
    case .pending(let row): try row.rowBytes()
    case .message(let row): try row.rowBytes()
    case .profile(let row): try row.rowBytes()
    }
  }

  /// What it takes in memory beside its place in a table, roughly: 128 bytes an identifier, and what grows with its content.
  var byteCount: Int {
    switch self {
    case .changed: 0
    case .draft, .submitted, .pending: 128
    case .person(let row): 512 + row.name.ciphertext.count
    case .message(let row): 64 + row.text.subject.utf8.count
    case .profile(let row): 768 + row.details.ciphertext.count
    }
  }
}
