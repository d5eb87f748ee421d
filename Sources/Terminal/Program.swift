import ArgumentParser
import Foundation

/// How a program ends. Exit codes: 0 as it should be, 1 a difference or a failure, 64 wrong usage, 74 input or output.
public enum Program {
  /// `EX_IOERR` of `sysexits.h`: something could not be read or written, and nothing is said about what is in it.
  public static let inputOutput: Int32 = 74

  /// What a shell says of a process that a signal ended.
  public static func code(ofSignal number: Int32) -> Int32 { 128 + number }

  /// Ends the process with one line for `error`, or with the help that was asked for.
  /// - Parameter isInputOutput: Whether an error that this module does not know is about reading or writing.
  public static func end(_ error: any Error, of command: (some ParsableCommand).Type, isInputOutput: (any Error) -> Bool) -> Never {
    if let fault = error as? OutputFault, fault.isBrokenPipe { exit(code(ofSignal: SIGPIPE)) }
    let code = command.exitCode(for: error)
    let text = command.fullMessage(for: error)
    guard code.isSuccess else {
      if !text.isEmpty { StandardStreams.complain(text + "\n") }
      let isAboutStreams = error is OutputFault || error is InputFault || error is ChildProcess.Failure || isInputOutput(error)
      exit(code == .failure && isAboutStreams ? inputOutput : code.rawValue)
    }
    do throws(OutputFault) {
      if !text.isEmpty { try StandardStreams.write(Data((text + "\n").utf8)) }
    } catch {
      if !error.isBrokenPipe { StandardStreams.complain("Error: \(error)\n") }
      exit(error.isBrokenPipe ? self.code(ofSignal: SIGPIPE) : inputOutput)
    }
    exit(0)
  }
}
