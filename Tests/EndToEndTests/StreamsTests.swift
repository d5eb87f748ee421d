import Foundation
import Testing

@Suite("Output and input that fail")
struct StreamsTests {
  private static let questions = [
    "status", "history --representative P010001243312", "history --representative P010001243312 --format json", "show 9",
    "applications --representative P010001243312", "applications --representative P010001243312 --format csv",
    "inbox --representative P010001243312", "verify", "verify --views", "export", "rebuild",
  ]

  @Test("of a question end with one line and 74, and that nobody reads ends in silence", arguments: questions)
  func output(question: String) throws {
    let shell = Shell()
    try shell.fill()
    for sink in ["> /dev/full", ">&-"] {
      let result = try shell("$replay \(question) --data $data \(sink)")
      #expect(result.exit == 74, "\(question) \(sink): \(result.exit) \(result.errors)")
      #expect(
        result.errors.split(separator: "\n").count == 1 && result.errors.contains("The output cannot be written"),
        "\(result.errors)")
      #expect(!result.errors.contains("damaged"))
    }
    let piped = try shell("set -o pipefail; (trap '' PIPE; sleep 0.2; exec $replay \(question) --data $data) | true")
    #expect(piped.exit == 141 && piped.errors.isEmpty, "\(piped.exit) \(piped.errors)")
  }

  @Test("of help are errors too")
  func help() throws {
    let result = try Shell()("$replay --help > /dev/full")
    #expect(result.exit == 74 && result.errors.contains("No space left on device"))
  }

  @Test("of commands: a folder, nothing at all, and answers that nobody can read")
  func act() throws {
    let shell = Shell()
    for (input, words) in [("< /tmp", "Is a directory"), ("<&-", "Bad file descriptor")] {
      let result = try shell("$portal act --data $data - \(input)")
      #expect(
        result.exit == 74
          && result.errors == "portal act: Standard input cannot be read: \(words) (errno \(words.first == "I" ? 21 : 9)).\n")
    }
    let full = try shell("$portal act --data $data --clock input $sample > /dev/full")
    #expect(full.exit == 74 && full.errors.split(separator: "\n").count == 1, "\(full.errors)")
    let again = try shell("$portal act --data $data --clock input $sample")
    #expect(again.exit == 0 && again.output.contains("\"repeated\":true"), "the command was carried out though nobody was told")
  }

  @Test("never put words into a file of the data directory")
  func closed() throws {
    let shell = Shell()
    try shell.fill()
    for question in Self.questions {
      _ = try shell("$replay \(question) --data $data <&- >&- 2>&-")
      _ = try shell("$portal act --data $data - <&- >&- 2>&-")
    }
    let found = try shell("grep -rlaE 'cannot be written|Bad file|Usage' $data || true")
    #expect(found.output.isEmpty, "\(found.output)")
    #expect(try shell("$replay verify --views --data $data").exit == 0)
  }

  @Test("of a backup are said in our words")
  func admin() throws {
    let shell = Shell()
    try shell.fill()
    let result = try shell("$portal admin import --data $data/new - <&-")
    #expect(
      result.exit == 74 && !result.errors.contains("NSCocoa") && result.errors.split(separator: "\n").count == 1, "\(result.errors)"
    )
  }
}
