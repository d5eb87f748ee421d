import Domain
import EventStore
import Foundation
import Schema
import Synchronization

/// Keeps the rosters of accounts, each folded from the account's tag and brought up to date from where it was.
final class Rosters: Sendable {
  private static let limit = 10_000
  private let log: any EventLog
  private let known = Mutex<[UUID: Known]>([:])

  /// A roster, and the position of the last event that it holds.
  private struct Known {
    var roster = Roster()
    var last: Position?
  }

  init(log: any EventLog) { self.log = log }

  func roster(of account: UUID) throws(EngineError) -> Roster {
    var known = self.known.withLock { $0[account] } ?? Known()
    let start = known.last.map { EventQuery.Start.position($0.next) } ?? .end
    let query = EventQuery(.tag(Tag(TagNames.representative(account))), from: start, types: .reading(Roster.types))
    for stored in try engine({ () throws(EventStoreError) in try log.events(query) }) {
      let package = StreamNames.identifier(in: stored.stream.name, of: .package)
      known.roster.fold(try stored.decoded(), package: package)
      known.last = stored.position
    }
    self.known.withLock { all in
      if all.count >= Self.limit { all.removeAll() }
      all[account] = known
    }
    return known.roster
  }
}
