import ArgumentParser

@main
struct Portal: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "portal", abstract: "The writing side of Dossier.", subcommands: [Act.self, Admin.self])
}
