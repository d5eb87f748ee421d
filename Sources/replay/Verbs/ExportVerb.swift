import ArgumentParser
import Domain
import EventStore
import Foundation

struct ExportVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Every event as a CloudEvent 1.0, one JSON object a line. Sealed data stays sealed.")

  @Option(help: ArgumentHelp("Only events at this moment or later.", valueName: "moment"))
  var from: Moment?

  @OptionGroup var common: CommonOptions

  func validate() throws {
    if common.format == .csv { throw ValidationError("CloudEvents are JSON: leave --format out.") }
  }

  func run() throws {
    let session = try Session(common)
    let source = "urn:uuid:\(session.log.lineage.id.streamText)"
    try session.log.forEach(EventQuery(.all, from: from?.start ?? .end)) { event in
      try Output.printJSONLine(CloudEvent(StoredEvent(event), source: source))
    }
  }
}

/// https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md. Our own attributes have lower-case
/// names without separators, as the specification asks.
struct CloudEvent: Encodable {
  let specversion = "1.0"
  let id: String
  let source: String
  let type: String
  let subject: String
  let time: String
  let datacontenttype = "application/protobuf"
  let data_base64: String
  let position: String
  let revision: String
  let walltime: String
  let tags: String
  let actor: String
  let command: String
  let correlation: String
  let causation: String
  let prefixhash: String
  let sealedsubject: String?
  let sealeddata: String?

  init(_ event: StoredEvent, source: String) {
    id = event.id.streamText
    self.source = source
    type = event.type.name
    subject = event.stream.name
    time = Instant(microseconds: event.logTime.microseconds).rfc3339
    data_base64 = Data(event.payload).base64EncodedString()
    position = String(event.position.rawValue)
    revision = String(event.revision.rawValue)
    walltime = Instant(microseconds: event.wallTime.microseconds).rfc3339
    tags = event.tags.map(\.name).joined(separator: " ")
    actor = event.origin.actor.name
    command = event.origin.command.streamText
    correlation = event.origin.correlation.streamText
    causation = event.origin.causation.streamText
    prefixhash = String(event.prefixHash, radix: 16)
    sealedsubject = event.sealed?.subject.streamText
    sealeddata = event.sealed.map { Data($0.bytes).base64EncodedString() }
  }
}
