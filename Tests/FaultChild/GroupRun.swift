import EventStore
import Synchronization

/// Handles the events of a log as a group that is kept in another folder: two shares, batches of three events.
///
/// It says `handled POSITION` of each event, `refused TEXT` of an error, after which it opens the group again; `done` at the end.
struct GroupRun {
  let source: DataDirectory
  let target: DataDirectory
  /// Says only at the end what it handled: the control that must be found out.
  var lies = false

  private static let patience = 4

  /// - Returns: Whether the group has come to the end of the log.
  func run() async -> Bool {
    for _ in 1...GroupRun.patience {
      do throws(EventStoreError) {
        let late = try await catchUp { if !lies { FaultChild.say("handled \($0)") } }
        if lies { for position in late.positions { FaultChild.say("handled \(position)") } }
        FaultChild.say("done")
        return true
      } catch { FaultChild.say("refused \(error)") }
    }
    return false
  }

  /// Where the group goes on from here: `goes EVENTS POSITION POSITION …`
  func rest() async throws(EventStoreError) -> String {
    let (count, positions) = try await catchUp { _ in }
    return (["goes", "\(count)"] + positions.map(\.description)).joined(separator: " ")
  }

  /// - Returns: How many events the log has, and the positions of those that were handled now.
  private func catchUp(
    _ handle: @escaping @Sendable (Position) -> Void
  ) async throws(EventStoreError) -> (count: UInt64, positions: [Position]) {
    let log = try LMDBEventLog(directory: source, options: .init(access: .readOnly))
    let group = try ConsumerGroup("g", of: log, in: target, key: .stream, shares: 2, startingAfter: nil, batchSize: 3)
    let handled = Handled()
    try await group.catchUp { event in
      handle(event.position)
      handled.positions.withLock { $0.append(event.position) }
    }
    return (try log.head().position?.rawValue ?? 0, handled.positions.withLock { $0 })
  }

  private final class Handled: Sendable {
    let positions = Mutex<[Position]>([])
  }
}
