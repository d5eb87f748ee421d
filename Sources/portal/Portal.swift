import ArgumentParser
import EventStore
import Terminal

@main
struct Portal: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "portal", abstract: "The writing side of Dossier.", subcommands: [Act.self, Serve.self, Admin.self])

  static func main() async {
    StandardStreams.prepare()
    do {
      var command = try parseAsRoot()
      if var command = command as? any AsyncParsableCommand { try await command.run() } else { try command.run() }
    } catch {
      Program.end(error, of: Self.self) { ($0 as? any InputOutputFailure)?.isInputOutput ?? false }
    }
  }
}
