import ArgumentParser
import Testing

@testable import replay

@Suite("Help of replay")
struct HelpTests {
  @Test("the overview names every verb that works, and no other")
  func overview() {
    #expect(
      Replay.helpMessage(columns: 100) == """
        OVERVIEW: Ask a log what happened, what anybody saw, and whether it is whole.

        Moments (--as-of, --from, --to) are a position (31), a civil day in Ottawa (2023-08-02; --as-of and
        --to mean its end), or a timestamp (2023-08-04T15:00:00Z).
        Exit codes: 0 as it should be, 1 a difference, damage or failure, 64 wrong usage, 74 something
        could not be read or written, 128 and more: ended by a signal.

        USAGE: replay <subcommand>

        OPTIONS:
          -h, --help              Show help information.

        SUBCOMMANDS:
          status                  How far the log and every read model are, and how they are.
          history                 Every event that concerns a representative, oldest first.
          show                    One event, whole: envelope, payload, and what it changed.
          applications            The table 'My client applications' of a representative, or a search in it.
          inbox                   The account messages of a representative.
          rebuild                 Makes read models anew from the log, beside the live ones, and puts them
                                  in their place.
          verify                  Whether the log is whole; with --views, whether every row is what the log
                                  makes of it.
          export                  Every event as a CloudEvent 1.0, one JSON object a line. Sealed data
                                  stays sealed.

          See 'replay help <subcommand>' for detailed help.
        """)
  }

  @Test("help of applications")
  func applications() {
    #expect(
      Replay.helpMessage(for: ApplicationsVerb.self, columns: 100) == """
        OVERVIEW: The table 'My client applications' of a representative, or a search in it.

        Without any of --status, --name, --number, --type and --unread: the applications in progress.

        USAGE: replay applications --representative <id> [--status <status>] [--name <words>] [--number <number>] [--type <type>] [--unread] [--page <n>] [--page-size <page-size>] [--as-of <moment>] [--data <dir>] [--format <format>] [--lang <en|fr>]

        OPTIONS:
          --representative <id>   A Representative IRCC ID (P and 12 digits), or an account's identifier.
          --status <status>       Search: the status in the portal. (values: in-progress, submitted, any)
          --name <words>          Search: every word begins a word of the applicant's name.
          --number <number>       Search: the application number.
          --type <type>           Search: visitor-visa, study-permit, refugee-claim, transit-visa or
                                  special-measures-visa.
          --unread                Search: only applications with unread messages.
          --page <n>              Which page; one beyond the end is the last. (default: 1)
          --page-size <page-size> Items per page. (values: 5, 10, 25, 50; default: 5)
          --as-of <moment>        The table as it was at a moment.
          --data <dir>            The data directory. (default: ./data)
          --format <format>       How the result is printed. (values: text, json, csv; default: text)
          --lang <en|fr>          The language of tables. (values: en, fr; default: en)
          -h, --help              Show help information.

        """)
  }
}
