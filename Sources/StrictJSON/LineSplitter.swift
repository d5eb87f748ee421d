import Foundation

/// Cuts bytes into lines as they arrive, and keeps no more of a line than its limit.
public struct LineSplitter {
  private let limitBytes: Int
  private var pending: [UInt8] = []
  private var isTooLong = false

  /// - Parameter limitBytes: What a line may take, its end not counted.
  public init(limitBytes: Int) { self.limitBytes = limitBytes }

  /// The lines that `bytes` completes, without their ends (a line feed, or a carriage return and a line feed). An over-long
  /// one is handed out as `nil`.
  public mutating func take(_ bytes: Data) -> [[UInt8]?] {
    var lines: [[UInt8]?] = []
    var rest = [UInt8](bytes)[...]
    while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
      collect(rest[..<end])
      lines.append(finishLine())
      rest = rest[(end + 1)...]
    }
    collect(rest)
    return lines
  }

  /// The last line, if the text does not end with an end of line.
  public mutating func finish() -> [[UInt8]?] { pending.isEmpty ? [] : [finishLine()] }

  private mutating func collect(_ bytes: ArraySlice<UInt8>) {
    let room = limitBytes - pending.count
    if bytes.count > room { isTooLong = true }
    pending += bytes.prefix(room)
  }

  private mutating func finishLine() -> [UInt8]? {
    defer {
      pending = []
      isTooLong = false
    }
    if isTooLong { return nil }
    return pending.last == UInt8(ascii: "\r") ? Array(pending.dropLast()) : pending
  }
}
