import ArgumentParser
import Domain
import EventStore
import Foundation
import Projections
import Schema

struct ShowVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "One event, whole: envelope, payload, and what it changed.")

  @Argument(help: ArgumentHelp("The place of the event in the log.", valueName: "position"))
  var position: Position

  @OptionGroup var common: CommonOptions

  func validate() throws {
    if common.format == .csv { throw ValidationError("An event is no table: use --format text or json.") }
  }

  func run() throws {
    let session = try Session(common)
    let found = try session.log.events(EventQuery(.all, from: .position(position), limit: 1)).first
    guard let event = found, event.position == position else {
      throw ReplayError.beyondTheEnd(position, head: try session.log.head().position)
    }
    let changes = Result { () throws(ProjectionError) in try self.changes(of: event, in: session.log) }
    let whole = try WholeEvent(event, changes, session.keys, common.language.language)
    if common.format == .json { try Output.printJSON(whole) } else { try Output.write(whole.text) }
  }

  private func changes(of event: StoredEvent, in log: any EventLog) throws(ProjectionError) -> [RowChange] {
    let names = event.tags.lazy.map(\.name).filter { $0.hasPrefix("rep:") }
    guard let account = names.first.flatMap({ UUID(uuidString: String($0.dropFirst(4))) }) else { return [] }
    return try AccountHistory(of: account, in: log).changes(at: position)
  }
}

extension Position: ExpressibleByArgument {
  public init?(argument: String) {
    guard let number = UInt64(argument) else { return nil }
    self.init(number)
  }
}
