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
    let events = try events(of: account, in: session.log).map { EventReport($0, language) }
    switch common.format {
    case .text: Output.print(table(events, account, language))
    case .csv: Output.printCSV(Self.csvHeads, events.map(Self.csv))
    case .json:
      try Output.printJSON(
        Report(representative: whose.representative, account: account.streamText, events: events))
    }
  }

  private func events(of account: UUID, in log: any EventLog) throws -> [StoredEvent] {
    let upTo = try to.map { try $0.last(in: log) }
    if case .some(.none) = upTo { return [] }
    let types = type.isEmpty ? nil : Set(type.map { EventTypeName($0.contains(".") ? $0 : EventReport.prefix + $0) })
    let query = EventQuery(
      .tag(Tag(TagNames.representative(account))), from: backwards ? .end : from?.start ?? .end,
      direction: backwards ? .backwards : .forwards, types: types, upTo: upTo ?? nil)
    let wanted = application.map { TagNames.application($0.uppercased()) }
    var events: [StoredEvent] = []
    try log.read(query) { event in
      if backwards, isBeforeStart(event) { return .stop }
      guard wanted == nil || event.tags.contains(where: { $0.name == wanted }) else { return .next }
      events.append(StoredEvent(event))
      return events.count == limit ? .stop : .next
    }
    return events
  }

  private func isBeforeStart(_ event: borrowing EventView) -> Bool {
    switch from?.start {
    case .position(let position): event.position < position
    case .time(let time): event.logTime < time
    case .end, nil: false
    }
  }

  private func table(_ events: [EventReport], _ account: UUID, _ language: Language) -> TextTable {
    let heads = [
      Text("Position", "Position"), Text("Ottawa date and time", "Date et heure d’Ottawa"), Text("Actor", "Acteur"),
      Text("Event", "Événement"), Text("Summary", "Résumé"), Text("Stream", "Flux"),
    ]
    let own = CommandActor.representative(account: account).name
    return TextTable(
      title: [Text("History", "Historique").in(language), whose.representative], heads: heads.map { $0.in(language) },
      rows: events.map { event in
        TextTable.Row(cells: [
          String(event.position), event.ottawaTime, event.actor == own ? "representative" : event.actor,
          event.shortType, event.summary, event.stream,
        ])
      },
      hint: Text("No events in this range.", "Aucun événement dans cette période.").in(language),
      foot: [Text("\(events.count) events", "\(events.count) événements").in(language)])
  }

  private static let csvHeads = [
    "position", "time", "ottawaTime", "actor", "type", "summary", "stream", "revision", "tags", "eventId", "command",
  ]

  private static func csv(_ event: EventReport) -> [String] {
    [
      String(event.position), event.time, event.ottawaTime, event.actor, event.type, event.summary, event.stream,
      String(event.revision), event.tags.joined(separator: " "), event.eventId, event.command,
    ]
  }

  private struct Report: Encodable {
    let representative: String
    let account: String
    let events: [EventReport]
  }
}
