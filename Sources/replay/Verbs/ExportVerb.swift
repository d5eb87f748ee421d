import ArgumentParser
import CloudEvents
import Domain
import EventStore
import Foundation
import Keys
import Schema
import StrictJSON
import Terminal

struct ExportVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Every event as a CloudEvent 1.0, one JSON object a line. Sealed data stays sealed.",
    discussion: """
      'portal admin import' makes the same log of a whole export. With --open events are decoded and personal data is opened with the keys \
      of the data directory: such an export is for reading, and no log can be made of it.
      """)

  @Option(help: ArgumentHelp("Only events at this moment or later.", valueName: "moment"))
  var from: Moment?

  @Flag(help: "Decode the events, and open personal data. Needs the keys and the master key.")
  var open = false

  @OptionGroup var common: CommonOptions

  func validate() throws {
    if common.format == .csv { throw ValidationError("CloudEvents are JSON: leave --format out.") }
  }

  func run() throws {
    let session = try Session(common)
    if open, !session.keys.canOpen { throw ReplayError.noKeys(session.directory.keys) }
    guard let head = try session.log.head().position else { return }
    let log = session.log.lineage.id
    var output = ExportOutput(head: head) { [open, keys = session.keys] events in
      guard open else { return CloudEvent.lines(of: events) }
      return Data(try events.map { try Self.opened($0, keys).text + "\n" }.joined().utf8)
    }
    // In batches: whoever reads the output may take as long as they like, and no snapshot makes the log grow meanwhile.
    try session.log.forEachBatch(EventQuery(.all, from: from?.start ?? .end, upTo: head)) { events in
      for event in events {
        let byteCount = event.payload.count + (event.sealed?.bytes.count ?? 0)
        try output.write(CloudEvent(event, of: log, head: head), byteCount: byteCount)
      }
    }
    try output.finish()
  }

  /// An event of a type that this build does not know stays as it stands in the log.
  private static func opened(_ exported: CloudEvent, _ keys: some SubjectKeys) throws -> JSON {
    let event = exported.event
    guard EventCodec().streamKind(ofType: event.type.name) != nil else { return exported.json }
    let data = try JSONValue(event: try EventCodec().decode(event.encoded, id: event.id, keys: keys)).text
    let personal = event.sealed.map { WholeEvent.PersonalReport($0.subject, keys).state }
    return exported.opened(try JSONParser.parse(Array(data.utf8)), personal: personal)
  }
}

/// Events on their way to standard output, some at a time, with a bar on standard error where that does not disturb them.
private struct ExportOutput {
  private static let bytesPerWrite = 1 << 20

  private let head: Position
  private let lines: ([CloudEvent]) throws -> Data
  private var waiting: [CloudEvent] = []
  private var waitingBytes = 0
  private var bar = ProgressBar()

  init(head: Position, lines: @escaping ([CloudEvent]) throws -> Data) {
    self.head = head
    self.lines = lines
  }

  /// - Parameter byteCount: How much the event takes, about.
  mutating func write(_ event: CloudEvent, byteCount: Int) throws {
    waiting.append(event)
    waitingBytes += byteCount
    guard waitingBytes >= Self.bytesPerWrite else { return }
    try flush()
    if !Terminal.isTerminal(.standardOutput) { bar.show(event.event.position, of: head) }
  }

  mutating func finish() throws {
    try flush()
    bar.clear()
  }

  private mutating func flush() throws {
    try StandardStreams.write(try lines(waiting))
    waiting.removeAll(keepingCapacity: true)
    waitingBytes = 0
  }
}
