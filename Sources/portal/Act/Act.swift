import ArgumentParser
import Foundation
import Terminal

struct Act: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Carry out commands from a file, one JSON object a line.",
    discussion: """
      Prints one JSON object a line: accepted, with the position of the command's last event, or refused, with a code and \
      its text in English and French. A refusal is an answer like any other: the next line is carried out, and the exit \
      code stays 0. A line that is no command ends the run with exit code 1; the lines before it are carried out, those \
      after it are not.
      """)

  @Option(help: ArgumentHelp("The data directory; made if there is none.", valueName: "dir"))
  var data = "./data"

  @Option(help: "Where time comes from: the system, or the field 'at' of each line (for samples and tests).")
  var clock = ClockChoice.system

  @Flag(help: "The system's clock is right, although it stands far from the newest event: carry commands out.")
  var acceptClock = false

  @OptionGroup var input: InputFile

  func run() async throws {
    do {
      let workplace = try Workplace(data, clock: clock, clockIsAccepted: acceptClock)
      defer { workplace.close() }
      let input = try CommandInput(input.file)
      let signals = input.stopOnSignals()
      defer { for signal in signals { signal.cancel() } }
      try await ActRun(workplace, clock: clock, input: input).run { line in
        try StandardStreams.write(Data((line + "\n").utf8))
      }
    } catch {
      throw Failing.words(error, of: "act")
    }
  }
}
