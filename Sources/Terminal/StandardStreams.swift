import Foundation

/// Standard input, output and error as a program may find them: closed, full, or with nobody at the other end.
public enum StandardStreams {
  /// The first thing a program does. A descriptor that was closed is opened on `/dev/null`, so that no file gets its number; the wrong
  /// way round, so that using it is an error as it was before. A pipe without a reader and a file that may not grow are errors of a
  /// write from here on, and not the end of the process.
  public static func prepare() {
    let modes = [(STDIN_FILENO, O_WRONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_RDONLY)]
    for (descriptor, mode) in modes where fcntl(descriptor, F_GETFD) == -1 { _ = unsafe open("/dev/null", mode) }
    for number in [SIGPIPE, SIGXFSZ] { signal(number, SIG_IGN) }
    // The report of a crash prints registers and the memory around them: personal data may be there. Whoever asks for it gets one.
    guard ProcessInfo.processInfo.environment["SWIFT_BACKTRACE"] == nil else { return }
    for number in [SIGILL, SIGTRAP, SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGQUIT] { signal(number, SIG_DFL) }
  }

  /// Writes all of `bytes` to standard output.
  public static func write(_ bytes: Data) throws(OutputFault) {
    guard let code = writing(bytes, to: STDOUT_FILENO) else { return }
    throw OutputFault(errno: code)
  }

  /// Writes `text` to standard error. If that cannot be, there is nowhere to say so: the exit code remains.
  public static func complain(_ text: String) { _ = writing(Data(text.utf8), to: STDERR_FILENO) }

  /// - Returns: The code of the error; `nil` if everything was written.
  private static func writing(_ bytes: Data, to descriptor: Int32) -> Int32? {
    unsafe bytes.withUnsafeBytes { buffer in
      var offset = 0
      while offset < buffer.count {
        let written = unsafe Foundation.write(descriptor, buffer.baseAddress?.advanced(by: offset), buffer.count - offset)
        if written >= 0 {
          offset += written
        } else if errno == EAGAIN {
          // Somebody who shares the descriptor made it one that does not wait.
          var place = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
          _ = unsafe poll(&place, 1, -1)
        } else if errno != EINTR {
          return errno
        }
      }
      return nil
    }
  }
}

/// Standard output took no more.
public struct OutputFault: Error, Equatable, CustomStringConvertible {
  public let errno: Int32

  public init(errno: Int32) { self.errno = errno }

  /// Whoever read it has enough, or is gone: nothing to complain about.
  public var isBrokenPipe: Bool { errno == EPIPE }

  public var description: String {
    "The output cannot be written: \(SystemWords.of(errno)). Make room, or send it elsewhere, and run this again."
  }
}

/// A file or standard input that lines are read from.
public final class InputSource: Sendable {
  private let descriptor: Int32
  private let path: String

  /// - Parameter path: `-` for standard input.
  public init(_ path: String) throws(InputFault) {
    self.path = path
    descriptor = path == "-" ? STDIN_FILENO : unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw InputFault(path: path, errno: errno) }
  }

  deinit { if descriptor != STDIN_FILENO { close(descriptor) } }

  /// What is there, at most `count` bytes; waits while there is nothing. - Returns: Nothing at the end.
  public func read(upTo count: Int) throws(InputFault) -> Data {
    var bytes = Data(count: count)
    while true {
      let got = unsafe bytes.withUnsafeMutableBytes { unsafe Foundation.read(descriptor, $0.baseAddress, count) }
      if got >= 0 { return bytes.prefix(got) }
      if errno == EAGAIN {
        var place = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        _ = unsafe poll(&place, 1, -1)
      } else if errno != EINTR {
        throw InputFault(path: path, errno: errno)
      }
    }
  }
}

/// What was to be read cannot be.
public struct InputFault: Error, Equatable, CustomStringConvertible {
  /// `-` for standard input.
  public let path: String
  public let errno: Int32

  public init(path: String, errno: Int32) {
    self.path = path
    self.errno = errno
  }

  public var description: String {
    "\(path == "-" ? "Standard input" : path) cannot be read: \(SystemWords.of(errno))."
  }
}

/// What the operating system calls things.
public enum SystemWords {
  /// `No space left on device (errno 28)`
  public static func of(_ errno: Int32) -> String {
    "\(unsafe strerror(errno).map { unsafe String(cString: $0) } ?? "unknown error") (errno \(errno))"
  }

  /// `signal 9, Killed`
  public static func signal(_ number: Int32) -> String {
    "signal \(number), \(unsafe strsignal(number).map { unsafe String(cString: $0) } ?? "unknown")"
  }
}
