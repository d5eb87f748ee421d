import ArgumentParser
import CloudEvents
import EventStore
import Foundation
import StrictJSON
import Terminal

struct Import: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make a data directory from an export.",
    discussion: """
      Takes what 'replay export' wrote, from the first event to the last, and makes the same log of it, to the byte. A line that is \
      not what was exported ends the import, and then there is no log. Keys and verifiers are not in an export: copy the folders keys \
      and secrets, with the master key, from where they are.
      """)

  @Option(help: ArgumentHelp("The data directory to make; it must not exist, or be empty but for keys.", valueName: "dir"))
  var data = "./data"

  @OptionGroup var input: InputFile

  func run() throws {
    try AdminRun.run { progress in
      var importing = LogImportRun(into: DataDirectory(data), progress: progress)
      try importing.read(try InputSource(input.file))
      let summary = try importing.finish()
      let head = summary.anchor?.description ?? "0"
      return
        "\(summary.events) events are in \(data), verified; the log ends at \(head). Copy its keys there, then run 'replay rebuild'."
    }
  }
}

/// Lines of an export on their way into a new log.
private struct LogImportRun {
  private static let bytesPerRead = 1 << 20
  private static let eventsPerReport: UInt64 = 4_096

  private let directory: DataDirectory
  private let progress: AdminProgress
  private let report: (Position, Position) -> Void
  private var log: LogImport?
  private var last: CloudEvent?
  private var line = 0

  init(into directory: DataDirectory, progress: AdminProgress) {
    self.directory = directory
    self.progress = progress
    report = progress.shown("Reading")
  }

  mutating func read(_ input: InputSource) throws {
    var splitter = LineSplitter(limitBytes: CloudEvent.lineLimitBytes)
    var isAtEnd = false
    while !isAtEnd {
      let chunk = try input.read(upTo: Self.bytesPerRead)
      isAtEnd = chunk.isEmpty
      let lines = isAtEnd ? splitter.finish() : splitter.take(chunk)
      for (line, event) in zip(lines, CloudEvent.read(lines.map { $0 ?? [] })) {
        self.line += 1
        try take(line, event)
      }
    }
  }

  mutating func finish() throws -> LogVerification.Summary {
    guard let log, let last else { throw fault("there is no event. An empty log is made by whoever writes first") }
    guard last.event.position == last.head else {
      throw fault("the lines end at position \(last.event.position), but the log went up to \(last.head). Export it again")
    }
    return try log.finish(progress: progress.shown("Verifying"))
  }

  private mutating func take(_ line: [UInt8]?, _ read: Result<CloudEvent, CloudEventFault>) throws {
    guard let line else { throw fault("longer than \(CloudEvent.lineLimitBytes) bytes") }
    if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { return }
    let event: CloudEvent
    do throws(CloudEventFault) { event = try read.get() } catch { throw fault(error.description) }
    guard event.log == (last ?? event).log, event.head == (last ?? event).head else {
      throw fault("'source' or 'head' is not that of the line before: this is of another export")
    }
    let log = try log ?? LogImport(into: directory, from: event.log)
    self.log = log
    do throws(EventStoreError) { try log.add(event.event) } catch {
      switch error {
      case .misplaced, .invalid: throw fault(error.description)
      default: throw error
      }
    }
    last = event
    if event.event.position.rawValue.isMultiple(of: Self.eventsPerReport) || event.event.position == event.head {
      report(event.event.position, event.head)
    }
  }

  private func fault(_ reason: String) -> RunFault { RunFault(line: max(line, 1), reason: reason) }
}
