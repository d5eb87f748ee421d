import Domain
import EventStore
import Foundation
import Projections
import Schema

/// Everything about one event, its personal data opened if the key is there.
struct WholeEvent: Encodable {
  let event: EventReport
  let wallTime: String
  let correlation: String
  let causation: String
  let prefixHash: String
  let personal: PersonalReport?
  /// Absent for a type that this build does not know.
  let payload: JSONValue?
  /// The clear part as it is stored, base64, for a type that this build does not know.
  let raw: String?
  let changes: [ChangeReport]
  /// Why nobody can say what the event changed.
  let notFolded: String?

  init(
    _ stored: StoredEvent, _ changes: Result<[RowChange], ProjectionError>, _ keys: some SubjectKeys, _ language: Language
  ) throws {
    event = EventReport(stored, language)
    wallTime = Instant(microseconds: stored.wallTime.microseconds).rfc3339
    correlation = stored.origin.correlation.streamText
    causation = stored.origin.causation.streamText
    prefixHash = String(stored.prefixHash, radix: 16)
    personal = stored.sealed.map { PersonalReport($0.subject, keys) }
    if EventCodec().streamKind(ofType: stored.type.name) != nil {
      payload = try JSONValue(event: try EventCodec().decode(stored.encoded, id: stored.id, keys: keys))
      raw = nil
    } else {
      payload = nil
      raw = Data(stored.payload).base64EncodedString()
    }
    switch changes {
    case .success(let changes): (self.changes, notFolded) = (try changes.map(ChangeReport.init), nil)
    case .failure(let error): (self.changes, notFolded) = ([], error.description)
    }
  }

  /// Whose personal data the event holds, and what this reader sees of it: open, sealed, no key or erased.
  struct PersonalReport: Encodable {
    let subject: String
    let state: String

    init(_ subject: UUID, _ keys: some SubjectKeys) {
      self.subject = subject.streamText
      state =
        switch keys.key(of: subject) {
        case .available: "open"
        case .withheld: "sealed"
        case .missing: "no key"
        case .destroyed: "erased"
        }
    }
  }

  struct ChangeReport: Encodable {
    let model: String
    let row: String
    let id: String?
    let before: JSONValue?
    let after: JSONValue?

    init(_ change: RowChange) throws {
      model = change.row.model.name
      row = change.row.kind
      id = change.row.id?.streamText
      before = try change.before.map(JSONValue.init(row:))
      after = try change.after.map(JSONValue.init(row:))
    }
  }
}

extension JSONValue {
  init(event: DomainEvent) throws { self = try JSONValue(event.message) }
}

extension WholeEvent {
  var text: String {
    var lines: [(String, String)] = [
      ("Position", String(event.position)), ("Event", event.type), ("Summary", event.summary),
      ("Log time", "\(event.time) (\(event.ottawaTime) in Ottawa)"), ("Wall clock", wallTime),
      ("Stream", "\(event.stream), revision \(event.revision)"), ("Actor", event.actor),
      ("Tags", event.tags.joined(separator: ", ")), ("Event id", event.eventId), ("Command", event.command),
      ("Correlation", correlation), ("Caused by", causation), ("Prefix hash", prefixHash),
    ]
    if let personal { lines.append(("Personal data", "\(personal.state), of subject \(personal.subject)")) }
    let envelope = lines.map { $0.0.padded(to: 15) + $0.1 + "\n" }.joined()
    return envelope + "\nPayload\n" + (payload?.lines ?? ["  \(raw ?? "") (base64)"]).joined(separator: "\n")
      + "\n\nChanged\n" + (changes.isEmpty ? "  \(notFolded ?? "nothing")\n" : changes.flatMap(\.lines).map { $0 + "\n" }.joined())
  }
}

extension WholeEvent.ChangeReport {
  fileprivate var lines: [String] {
    let name = "  \(model)  \(row)" + (id.map { " \($0)" } ?? "")
    switch (before, after) {
    case (nil, let after?): return [name + ": made"] + after.lines.map { "  " + $0 }
    case (let before?, nil): return [name + ": removed"] + before.lines.map { "  " + $0 }
    case (.object(let old)?, .object(let new)?):
      let fields = Set(old.keys).union(new.keys).filter { old[$0] != new[$0] }.sorted()
      return [name + ": changed"]
        + fields.map { "    \($0): \(old[$0]?.text ?? "none") → \(new[$0]?.text ?? "none")" }
    default: return [name]
    }
  }
}

extension JSONValue {
  /// One field a line.
  fileprivate var lines: [String] {
    guard case .object(let fields) = self else { return ["  \(text)"] }
    return fields.sorted { $0.key < $1.key }.map { "  \($0.key): \($0.value.text)" }
  }
}
