import ArgumentParser
import Domain
import EventStore
import Foundation
import Schema

struct HistoryVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history", abstract: "Every event that concerns a representative, oldest first.")

  @OptionGroup var whose: RepresentativeOption

  @Option(help: ArgumentHelp("Only events at this moment or later.", valueName: "moment"))
  var from: Moment?

  @Option(help: ArgumentHelp("Only events at this moment or earlier.", valueName: "moment"))
  var to: Moment?

  @Option(help: ArgumentHelp("Only events of this type, for example PackageSubmitted. May be repeated.", valueName: "type"))
  var type: [String] = []

  @Option(help: ArgumentHelp("Only events of this submitted application.", valueName: "number"))
  var application: String?

  @Option(help: ArgumentHelp("At most so many events.", valueName: "n"))
  var limit: Int?

  @Flag(help: "Newest first.")
  var backwards = false

  @OptionGroup var common: CommonOptions

  func validate() throws {
    if let limit, limit < 1 { throw ValidationError("--limit must be 1 or more.") }
    for name in type where !name.contains(".") && EventCatalogue.entry(named: EventReport.prefix + name) == nil {
      throw ValidationError("There is no event type '\(name)'.")
    }
  }

  func run() throws {
    let session = try Session(common)
    let account = try whose.account(in: session.log)
    let language = common.language.language
    var output = HistoryOutput(common.format, of: whose.representative, account, language)
    try forEachPart(of: account, in: session.log) { try output.write($0.map { EventReport($0, language) }) }
    try output.finish()
  }

  /// How many events are in memory, and on their way to somebody who may be slow: no snapshot is held meanwhile.
  private static let eventsPerPart = 1_024

  private func forEachPart(of account: UUID, in log: any EventLog, _ body: ([StoredEvent]) throws -> Void) throws {
    let end = try to.map { try $0.last(in: log) } ?? log.head().position
    guard let end else { return }
    let types = type.isEmpty ? nil : Set(type.map { EventTypeName($0.contains(".") ? $0 : EventReport.prefix + $0) })
    let wanted = application.map { TagNames.application($0.uppercased()) }
    var start: EventQuery.Start? = backwards ? .end : from?.start ?? .end
    var remaining = limit ?? .max
    while let from = start, remaining > 0 {
      start = nil
      var part: [StoredEvent] = []
      let query = EventQuery(
        .tag(Tag(TagNames.representative(account))), from: from, direction: backwards ? .backwards : .forwards, types: types,
        upTo: end)
      try log.read(query) { event in
        if backwards, isBeforeStart(event) { return .stop }
        guard wanted == nil || event.tags.contains(where: { $0.name == wanted }) else { return .next }
        part.append(StoredEvent(event))
        guard part.count == min(remaining, Self.eventsPerPart) else { return .next }
        start = (backwards ? event.position.previous : event.position.next).map { .position($0) }
        return .stop
      }
      remaining -= part.count
      try body(part)
    }
  }

  private func isBeforeStart(_ event: borrowing EventView) -> Bool {
    switch from?.start {
    case .position(let position): event.position < position
    case .time(let time): event.logTime < time
    case .end, nil: false
    }
  }
}
