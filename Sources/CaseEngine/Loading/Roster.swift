import Domain
import EventStore
import Foundation
import Schema
import Synchronization

/// What an account has: its drafts and its submitted applications.
struct Roster: Sendable {
  /// Packages that were neither submitted, deleted nor marked as expired, with their last day, oldest first.
  private(set) var drafts: [(package: UUID, deadline: CivilDay)] = []
  private(set) var submittedApplications = 0
  fileprivate var last: Position?

  /// How many drafts can still be worked on.
  func openDrafts(at now: Instant) -> Int { drafts.count { now <= $0.deadline.lastInstant } }

  fileprivate static let types = Set(
    EventCodec().storedNames(readAs: [
      ApplicationCreated.protoMessageName, ApplicationDeleted.protoMessageName, DraftExpired.protoMessageName,
      PackageSubmitted.protoMessageName, ApplicationSubmitted.protoMessageName,
    ]).map { EventTypeName($0) })

  fileprivate mutating func fold(_ stored: StoredEvent) throws(EngineError) {
    let package = UUID(uuidString: String(stored.stream.name.dropFirst(StreamKind.package.rawValue.utf8.count + 1)))
    switch try stored.decoded() {
    case .package(.applicationCreated(let created)):
      guard let package else { return }
      drafts.append((package, CivilDay(number: created.deadlineDay)))
    case .package: drafts.removeAll { $0.package == package }
    case .application: submittedApplications += 1
    default: break
    }
    last = stored.position
  }
}

/// Keeps the rosters of accounts, each folded from the account's tag and brought up to date from where it was.
final class Rosters: Sendable {
  private static let limit = 10_000
  private let log: any EventLog
  private let known = Mutex<[UUID: Roster]>([:])

  init(log: any EventLog) { self.log = log }

  func roster(of account: UUID) throws(EngineError) -> Roster {
    var roster = known.withLock { $0[account] } ?? Roster()
    let start = roster.last.map { EventQuery.Start.position($0.next) } ?? .end
    let query = EventQuery(.tag(Tag(TagNames.representative(account))), from: start, types: Roster.types)
    for stored in try engine({ () throws(EventStoreError) in try log.events(query) }) { try roster.fold(stored) }
    known.withLock { known in
      if known.count >= Self.limit { known.removeAll() }
      known[account] = roster
    }
    return roster
  }
}
