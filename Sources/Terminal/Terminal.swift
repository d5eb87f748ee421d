import Foundation

/// The terminal that output goes to, if it goes to one.
public enum Terminal {
  public enum Stream: Sendable {
    case standardOutput, standardError
    fileprivate var descriptor: Int32 { self == .standardOutput ? STDOUT_FILENO : STDERR_FILENO }
  }

  public static func isTerminal(_ stream: Stream) -> Bool { isatty(stream.descriptor) == 1 }

  /// Characters in a line; `nil` if the stream is no terminal, or one that does not say.
  public static func width(of stream: Stream) -> Int? {
    guard isTerminal(stream) else { return nil }
    var size = winsize()
    guard unsafe ioctl(stream.descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }

  /// Whether colours and other marks are welcome (https://no-color.org).
  public static func takesColour(_ stream: Stream, environment: [String: String]) -> Bool {
    isTerminal(stream) && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
  }
}
