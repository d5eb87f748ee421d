/// Cuts bytes into lines as they arrive.
struct LineSplitter {
  /// What a line may take, its end not counted. A longer one is no command, whatever follows.
  static let limitBytes = 1 << 20

  private var pending: [UInt8] = []
  private var isTooLong = false

  /// The lines that `bytes` completes. An over-long one is handed out as `nil`.
  mutating func take(_ bytes: some Sequence<UInt8>) -> [[UInt8]?] {
    var lines: [[UInt8]?] = []
    for byte in bytes {
      if byte == UInt8(ascii: "\n") {
        lines.append(end())
      } else if pending.count < Self.limitBytes {
        pending.append(byte)
      } else {
        isTooLong = true
      }
    }
    return lines
  }

  /// The last line, if the text does not end with an end of line.
  mutating func finish() -> [[UInt8]?] { pending.isEmpty ? [] : [end()] }

  private mutating func end() -> [UInt8]? {
    defer {
      pending = []
      isTooLong = false
    }
    if isTooLong { return nil }
    return pending.last == UInt8(ascii: "\r") ? Array(pending.dropLast()) : pending
  }
}
