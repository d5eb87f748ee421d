import ArgumentParser
import EventStore
import Foundation
import Terminal

/// A file to read lines from.
struct InputFile: ParsableArguments {
  @Argument(help: "The file to read; - for standard input.")
  var file: String

  func validate() throws {
    guard file != "-" else { return }
    guard FileManager.default.fileExists(atPath: file) else { throw ValidationError("There is no file \(file).") }
    let values = try? URL(fileURLWithPath: file).resourceValues(forKeys: [.isDirectoryKey])
    guard values?.isDirectory != true else { throw ValidationError("\(file) is a folder.") }
  }
}

/// How a command that was begun ends when it cannot go on.
enum Failing {
  /// Says why on standard error, after the name of the command. - Returns: What to end with.
  static func words(_ error: any Error, of command: String) -> any Error {
    if error is OutputFault { return error }
    StandardStreams.complain("portal \(command): \(error)\n")
    let isInputOutput = error is InputFault || (error as? any InputOutputFailure)?.isInputOutput == true
    return isInputOutput ? ExitCode(Program.inputOutput) : ExitCode.failure
  }
}
