import Foundation

/// A page of a mapped file that could not be read, which ends a process: which file, and where in it.
public struct MapFault: Equatable, Sendable {
  /// The signal that ended the process.
  public let signal: Int32
  /// The file whose mapping was read; `nil` if the address belongs to none.
  public let file: String?
  /// Where in the file.
  public let offset: UInt64
  /// What the process had said it was looking at: see ``MapFaultReport/note(_:)``; 0 if nothing.
  public let place: UInt64

  /// Reads what ``MapFaultReport`` wrote; `nil` if that is nothing.
  init?(report: [UInt8]) {
    guard report.count >= MapFaultReport.headLength else { return nil }
    func word(_ index: Int) -> UInt64 {
      report[8 * index..<8 * index + 8].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
    signal = Int32(truncatingIfNeeded: word(0))
    place = word(2)
    let mapping = MapFault.mapping(of: word(1), in: String(decoding: report.dropFirst(MapFaultReport.headLength), as: UTF8.self))
    file = mapping?.file
    offset = mapping?.offset ?? 0
  }

  /// - Parameter maps: Lines of `/proc/self/maps`: `start-end rights offset device inode   path`.
  private static func mapping(of address: UInt64, in maps: String) -> (file: String, offset: UInt64)? {
    for line in maps.split(separator: "\n") {
      let words = line.split(separator: " ", maxSplits: 5, omittingEmptySubsequences: true)
      guard words.count == 6, words[5].drop(while: { $0 == " " }).hasPrefix("/") else { continue }
      let ends = words[0].split(separator: "-").compactMap { UInt64($0, radix: 16) }
      guard ends.count == 2, (ends[0]..<ends[1]).contains(address), let base = UInt64(words[2], radix: 16) else { continue }
      return (String(words[5].drop { $0 == " " }), base + address - ends[0])
    }
    return nil
  }
}

/// Makes a process say, before a signal ends it, which address it could not read and what was mapped there.
public enum MapFaultReport {
  /// Signal, address and place, 8 bytes each; then the lines of `/proc/self/maps`.
  static let headLength = 24
  private static let bufferLength = 4_096

  // What the handler uses: made before it is installed, and never moved or freed.
  nonisolated(unsafe) private static var descriptor: Int32 = -1
  nonisolated(unsafe) private static var buffer: UnsafeMutableRawPointer?
  nonisolated(unsafe) private static var place: UInt64 = 0

  /// Says what is being looked at now.
  @inline(__always)
  public static func note(_ place: UInt64) { unsafe self.place = place }

  /// - Parameter descriptor: Where reports go.
  public static func install(on descriptor: Int32) {
    unsafe self.descriptor = descriptor
    unsafe buffer = .allocate(byteCount: bufferLength, alignment: 8)
    for number in [SIGSEGV, SIGBUS, SIGABRT] {
      var action = sigaction()
      action.sa_flags = SA_SIGINFO
      #if canImport(Glibc)
        unsafe action.__sigaction_handler.sa_sigaction = { number, information, _ in
          unsafe MapFaultReport.report(number, information)
        }
      #else
        unsafe action.__sigaction_u.__sa_sigaction = { number, information, _ in unsafe MapFaultReport.report(number, information) }
      #endif
      _ = unsafe sigaction(number, &action, nil)
    }
  }

  /// Runs in a signal handler: nothing but system calls and memory that is there already.
  private static func report(_ number: Int32, _ information: UnsafeMutablePointer<siginfo_t>?) {
    if let buffer = unsafe buffer {
      #if canImport(Glibc)
        let address = unsafe information?.pointee._sifields._sigfault.si_addr
      #else
        let address = unsafe information?.pointee.si_addr
      #endif
      unsafe buffer.storeBytes(of: UInt64(number), as: UInt64.self)
      unsafe buffer.storeBytes(of: number == SIGABRT ? 0 : UInt64(UInt(bitPattern: address)), toByteOffset: 8, as: UInt64.self)
      unsafe buffer.storeBytes(of: place, toByteOffset: 16, as: UInt64.self)
      _ = unsafe write(descriptor, buffer, headLength)
      let maps: StaticString = "/proc/self/maps"
      let source = maps.withUTF8Buffer {
        unsafe open(UnsafeRawPointer($0.baseAddress!).assumingMemoryBound(to: CChar.self), O_RDONLY)
      }
      while source >= 0 {
        let got = unsafe read(source, buffer, bufferLength)
        guard got > 0 else { break }
        _ = unsafe write(descriptor, buffer, got)
      }
    }
    // The signal comes again, and ends the process as it would have.
    _ = signal(number, SIG_DFL)
    _ = raise(number)
  }
}
