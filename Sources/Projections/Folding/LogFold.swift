import Domain
import EventStore
import Foundation

/// Some projections at work on one scan of the log.
struct LogFold {
  /// One for each projection, in their order.
  var models: [ModelFold]
  private let streams: Set<StreamKind>
  private var routes: Routes

  init(_ models: [ModelFold]) {
    self.models = models
    let projections = models.map { type(of: $0.projection) }
    streams = projections.reduce(into: []) { $0.formUnion($1.streams) }
    routes = Routes(projections)
  }

  /// Folds what `query` asks for, up to the end or to an event that stands in the way.
  /// - Returns: The last position that was looked at and needs no second look, and what stood in the way.
  mutating func scan(_ log: any EventLog, _ query: EventQuery) -> (last: Position?, stop: ProjectionError?) {
    var query = query
    query.part = .header
    var at: Position?
    do throws(ProjectionError) {
      let last = try log.fold(query) { (event) throws(ProjectionError) in
        at = event.position
        try take(event)
      }
      return (last, nil)
    } catch {
      return (at?.previous, error)
    }
  }

  private mutating func take(_ record: borrowing EventView) throws(ProjectionError) {
    switch routes.destination(of: record) {
    case .nobody: return
    case .unknown: if record.isIn(streams) { throw .unknownEventType(record.type, at: record.position) }
    case .folds(let fold):
      guard let account = record.account else {
        throw .cannotFold(record.type, at: record.position, reason: "it has no tag that says which account it concerns")
      }
      if fold.isRead { try take(try record.checked(), of: account, fold) } else { try take(record, of: account, fold) }
    }
  }

  private mutating func take(
    _ record: borrowing EventView, of account: UUID, _ fold: Routes.Fold
  ) throws(ProjectionError) {
    let takers = models.indices.lazy.filter { fold.projections & 1 << UInt64($0) != 0 }
    let event: DomainEvent
    do throws(ProjectionError) {
      event = try record.read(fold)
    } catch {
      for index in takers { models[index].quarantine(account, at: record.position, error) }
      return
    }
    for index in takers { try models[index].take(event, in: record, of: account) }
  }
}
