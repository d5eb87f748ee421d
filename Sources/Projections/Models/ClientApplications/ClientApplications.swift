import Domain
import EventStore
import Foundation
import Schema
import SwiftProtobuf

/// The read model `my-client-applications`: the drafts and submitted applications of every account, with what waits in
/// them (domain.md 3.1, 3.2).
struct ClientApplications: Projection {
  static let name: ProjectionName = "my-client-applications"
  static let version = 2
  static let streams: Set<StreamKind> = [.package, .client, .person, .applicationMessage, .documentRequest]
  static let handles: [EventTypeName: Need] = .reading([
    // Two in five events are saves.
    .occurrence: [ApplicationSaved.self, ApplicantAdded.self, ApplicationDeleted.self, DraftExpired.self],
    .clear: [
      ApplicationCreated.self, DraftFrozen.self, DraftUnfrozen.self, PackageSubmitted.self, ApplicationMessageSent.self,
      ApplicationMessageRead.self, DocumentRequested.self, DocumentRequestCompleted.self,
      DocumentRequestCancelled.self,
    ],
    .sealed: [ClientRegistered.self, PersonRegistered.self],
  ])

  static let rowTypes: [UInt8: any Message.Type] = [
    Kind.changed: ChangedRow.self, Kind.draft: DraftRow.self, Kind.submitted: SubmittedRow.self,
    Kind.person: PersonRow.self, Kind.unreadMessage: PendingRow.self, Kind.openRequest: PendingRow.self,
  ]

  /// The kinds of rows. A row's identifier is that of the package, application, person, message or request.
  enum Kind {
    static let changed: UInt8 = 0
    static let draft: UInt8 = 1
    static let submitted: UInt8 = 2
    static let person: UInt8 = 3
    static let unreadMessage: UInt8 = 4
    static let openRequest: UInt8 = 5
  }

  func apply(_ event: FoldEvent, to rows: inout WorkingRows) throws(ProjectionError) {
    switch event.event {
    case .package(let change): try apply(change, in: event, to: &rows)
    case .client, .person: try register(event, in: &rows)
    case .applicationMessage(let change): try apply(change, in: event, to: &rows)
    case .documentRequest(let change): try apply(change, in: event, to: &rows)
    default: return
    }
    rows.put(RowKey(event.account, Kind.changed), ChangedRow.with { $0.position = event.position.rawValue })
  }

  /// The name of an applicant, found by the identifier in the stream's name.
  private func register(_ event: FoldEvent, in rows: inout WorkingRows) throws(ProjectionError) {
    guard let name = event.sealed else { return }
    rows.put(RowKey(event.account, Kind.person, try event.streamID()), PersonRow.with { $0.name = name })
  }
}
