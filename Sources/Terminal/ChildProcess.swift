import Foundation

/// This program once more, as a process of its own, for work that may end the process that does it.
///
/// It does not outlive the one that started it, whatever ends that one; what SIGTERM, SIGINT or SIGHUP ask of that one, it does first.
public struct ChildProcess: Sendable {
  /// How the process ended.
  public enum Ending: Equatable, Sendable {
    case exited(Int32)
    /// It read memory that it could not read.
    case faulted(MapFault)
    /// A signal ended it, after so many seconds of processor time.
    case killed(signal: Int32, processorSeconds: Int)
  }

  /// The process could not be started.
  public struct Failure: Error, CustomStringConvertible {
    let errno: Int32
    public var description: String {
      "A process to read with cannot be started: \(SystemWords.of(errno)). Raise the limit of processes, memory or open files."
    }
  }

  /// The option that tells a process that it is one, with what ``Link/init(argument:)`` reads.
  private let option: String

  public init(option: String) { self.option = option }

  private static let forwarded = [SIGTERM, SIGINT, SIGHUP]
  nonisolated(unsafe) private static var running: pid_t = 0
  nonisolated(unsafe) private static var received: Int32 = 0

  /// Runs this program with its own arguments and the option, and waits for its end. If one of the signals that are passed on comes
  /// meanwhile, this process ends by it afterwards.
  public func run() throws(Failure) -> Ending {
    let (report, life) = (try Self.pipe(), try Self.pipe())
    // The ends that stay here.
    for end in [report.read, life.write] { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    let before = Self.install()
    let process: pid_t
    do throws(Failure) {
      process = try spawn("\(report.write),\(life.read)", mask: before)
    } catch {
      Self.restore(before)
      for end in [report.read, report.write, life.read, life.write] { close(end) }
      throw error
    }
    unsafe Self.running = process
    Self.restore(before)
    close(report.write)
    close(life.read)
    let said = Self.everything(from: report.read)
    let ending = Self.wait(for: process, report: said)
    unsafe Self.running = 0
    close(life.write)
    if unsafe Self.received != 0 { unsafe Self.end(by: Self.received) }
    return ending
  }

  // MARK: Starting

  private static func pipe() throws(Failure) -> (read: Int32, write: Int32) {
    var ends: (Int32, Int32) = (-1, -1)
    let code = unsafe withUnsafeMutableBytes(of: &ends) {
      unsafe Foundation.pipe($0.baseAddress!.assumingMemoryBound(to: Int32.self))
    }
    guard code == 0 else { throw Failure(errno: errno) }
    return (ends.0, ends.1)
  }

  private func spawn(_ link: String, mask: sigset_t) throws(Failure) -> pid_t {
    let words = CommandLine.arguments + [option, link]
    var copies: [UnsafeMutablePointer<CChar>?] = unsafe words.map { unsafe strdup($0) }
    defer { unsafe copies.forEach { unsafe free($0) } }
    unsafe copies.append(nil)
    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    var mask = mask
    unsafe posix_spawnattr_setsigmask(&attributes, &mask)
    unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
    var process: pid_t = 0
    #if os(Linux)
      let program = "/proc/self/exe"
    #else
      let program = Bundle.main.executablePath ?? CommandLine.arguments[0]
    #endif
    let code = unsafe posix_spawn(&process, program, nil, &attributes, copies, environ)
    guard code == 0 else { throw Failure(errno: code) }
    return process
  }

  // MARK: Signals

  /// Holds the signals back, and passes them on once they are let through. - Returns: What was held back before.
  private static func install() -> sigset_t {
    var (held, before) = (sigset_t(), sigset_t())
    unsafe sigemptyset(&held)
    for number in forwarded { unsafe sigaddset(&held, number) }
    unsafe sigprocmask(SIG_BLOCK, &held, &before)
    for number in forwarded {
      var old = sigaction()
      _ = unsafe sigaction(number, nil, &old)
      if isIgnored(old) { continue }
      _ = signal(number) { number in
        unsafe ChildProcess.received = number
        if unsafe ChildProcess.running > 0 { kill(unsafe ChildProcess.running, number) }
      }
    }
    return before
  }

  private static func isIgnored(_ action: sigaction) -> Bool {
    #if canImport(Glibc)
      unsafe unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1
    #else
      unsafe unsafeBitCast(action.__sigaction_u.__sa_handler, to: Int.self) == 1
    #endif
  }

  private static func restore(_ mask: sigset_t) {
    var mask = mask
    unsafe sigprocmask(SIG_SETMASK, &mask, nil)
  }

  private static func end(by number: Int32) {
    _ = signal(number, SIG_DFL)
    raise(number)
  }

  // MARK: Waiting

  private static func everything(from descriptor: Int32) -> [UInt8] {
    defer { close(descriptor) }
    var (all, part) = ([UInt8](), [UInt8](repeating: 0, count: 4_096))
    while true {
      let got = unsafe part.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
      if got > 0 { all += part.prefix(got) } else if got == 0 || errno != EINTR { return all }
    }
  }

  private static func wait(for process: pid_t, report: [UInt8]) -> Ending {
    var (status, used) = (Int32(0), rusage())
    while unsafe wait4(process, &status, 0, &used) < 0, errno == EINTR {}
    let number = status & 0x7F
    guard number != 0 else { return .exited(status >> 8 & 0xFF) }
    if let fault = MapFault(report: report) { return .faulted(fault) }
    return unsafe .killed(signal: number, processorSeconds: Int(used.ru_utime.tv_sec + used.ru_stime.tv_sec))
  }
}

extension ChildProcess {
  /// What a process that was started by ``run()`` shares with the one that started it.
  public struct Link: Equatable, Sendable {
    private let report: Int32
    private let life: Int32

    /// - Parameter argument: The value of the option.
    public init?(argument: String) {
      let numbers = argument.split(separator: ",").compactMap { Int32($0) }
      guard numbers.count == 2, numbers.allSatisfy({ $0 > STDERR_FILENO && fcntl($0, F_GETFD) != -1 }) else { return nil }
      (report, life) = (numbers[0], numbers[1])
    }

    /// Has faults reported, and ends this process when the other is gone.
    public func hold() {
      MapFaultReport.install(on: report)
      var thread = pthread_t()
      let life = unsafe UnsafeMutableRawPointer(bitPattern: Int(life))
      // Without a thread to spare the process ends when its work does.
      unsafe pthread_create(
        &thread, nil,
        { life in
          var byte: UInt8 = 0
          while unsafe read(Int32(Int(bitPattern: life)), &byte, 1) < 0, errno == EINTR {}
          kill(getpid(), SIGKILL)
          return nil
        }, life)
    }
  }
}

/// What this process may use.
public enum Limits {
  /// Seconds of processor time; `nil`: any number.
  public static var processorSeconds: Int? {
    var limit = rlimit()
    #if canImport(Glibc)
      let code = unsafe getrlimit(__rlimit_resource_t(RLIMIT_CPU.rawValue), &limit)
    #else
      let code = unsafe getrlimit(RLIMIT_CPU, &limit)
    #endif
    return code == 0 && limit.rlim_cur < 1 << 40 ? Int(limit.rlim_cur) : nil
  }
}
