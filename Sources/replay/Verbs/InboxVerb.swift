import ArgumentParser
import Domain
import EventStore
import Foundation
import Projections
import Schema

struct InboxVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inbox", abstract: "The account messages of a representative.")

  @OptionGroup var whose: RepresentativeOption

  @Option(help: ArgumentHelp("Only messages with these words in the subject.", valueName: "words"))
  var search = ""

  @Flag(help: "Only unread messages.")
  var unread = false

  @OptionGroup var paging: PageOptions

  @Option(name: .customLong("as-of"), help: ArgumentHelp("The inbox as it was at a moment.", valueName: "moment"))
  var asOf: Moment?

  @OptionGroup var common: CommonOptions

  func run() throws {
    let session = try Session(common)
    let account = try whose.account(in: session.log)
    let query = InboxQuery(search: search, onlyUnread: unread, page: paging.request)
    var subject = TableSubject(representative: whose.representative, asOf: nil)
    let page: Page<InboxMessage>
    if let asOf {
      let position = try asOf.last(in: session.log)
      subject = TableSubject(
        representative: whose.representative, asOf: (position, try asOf.day(in: session.log)))
      page = try AccountHistory(of: account, in: session.log).inbox(query, asOf: position)
    } else {
      page = try session.models.inbox(of: account, query)
    }
    let language = common.language.language
    switch common.format {
    case .text: try Output.print(InboxTable.text(page, query, subject, language))
    case .csv: try Output.printCSV(InboxTable.csvHeads, page.rows.map(InboxTable.csv))
    case .json: try Output.printJSON(InboxTable.Report(page, subject, account))
    }
  }
}
