import Domain
import EventStore
import Foundation
import Schema

/// A history on its way to standard output, some events at a time: nothing is kept of what was printed.
struct HistoryOutput {
  private let format: OutputFormat
  private let representative: String
  private let account: UUID
  private let language: Language
  private var table: TextTable.Stream
  private var count = 0

  init(_ format: OutputFormat, of representative: String, _ account: UUID, _ language: Language) {
    self.format = format
    self.representative = representative
    self.account = account
    self.language = language
    table = TextTable.Stream(
      TextTable(
        title: [Text("History", "Historique").in(language), representative],
        heads: [
          Text("Position", "Position"), Text("Ottawa date and time", "Date et heure d’Ottawa"), Text("Actor", "Acteur"),
          Text("Event", "Événement"), Text("Summary", "Résumé"), Text("Stream", "Flux"),
        ].map { $0.in(language) }, rows: []), width: Output.width, style: Output.style)
  }

  mutating func write(_ events: [EventReport]) throws {
    guard !events.isEmpty else { return }
    switch format {
    case .text: try Output.write(table.text(of: events.map(row)))
    case .csv: try Output.write((count == 0 ? Output.csv(Self.csvHeads) : "") + events.map { Output.csv(Self.csv($0)) }.joined())
    case .json: try Output.write(try (count == 0 ? jsonHead : ",\n") + events.map(json).joined(separator: ",\n"))
    }
    count += events.count
  }

  mutating func finish() throws {
    switch format {
    case .text:
      let hint = Text("No events in this range.", "Aucun événement dans cette période.").in(language)
      try Output.write(table.end(hint: hint, foot: [Text("\(count) events", "\(count) événements").in(language)]))
    case .csv: if count == 0 { try Output.write(Output.csv(Self.csvHeads)) }
    case .json:
      try Output.write(try (count == 0 ? jsonHead : "") + "\n  ],\n  \"representative\" : \(Output.json(representative))\n}\n")
    }
  }

  private var jsonHead: String { "{\n  \"account\" : \"\(account.streamText)\",\n  \"events\" : [\n" }

  private func json(_ event: EventReport) throws -> String {
    try Output.json(event).split(separator: "\n").map { "    " + $0 }.joined(separator: "\n")
  }

  private func row(_ event: EventReport) -> TextTable.Row {
    let own = CommandActor.representative(account: account).name
    return TextTable.Row(cells: [
      String(event.position), event.ottawaTime, event.actor == own ? "representative" : event.actor, event.shortType, event.summary,
      event.stream,
    ])
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
}
