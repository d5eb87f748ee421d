/// The capabilities, one line a folder.
public enum Capabilities {
  /// Every command there is, in the order of the documents.
  public static let commands: [any Command.Type] =
    Numbers.commands + Accounts.commands + Credentials.commands + Packages.commands + Messages.commands
    + Requests.commands

  /// - Returns: `nil` if there is no such command.
  public static func command(named name: String) -> (any Command.Type)? { byName[name] }

  private static let byName = Dictionary(uniqueKeysWithValues: commands.map { ($0.name, $0) })
}
