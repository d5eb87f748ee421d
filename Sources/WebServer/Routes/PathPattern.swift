/// The path of a route: literals and captures.
public struct PathPattern: Hashable, Sendable, CustomStringConvertible {
  enum Segment: Hashable, Sendable {
    case literal(String)
    case capture(String)
  }

  /// As it was declared, such as `/applications/{number}`: what logs and metrics name, never the path itself.
  public let description: String
  let segments: [Segment]

  init(_ text: String) {
    precondition(text.hasPrefix("/"), "a path begins with /: \(text)")
    description = text
    segments = text.split(separator: "/").map { segment in
      guard segment.first == "{", segment.last == "}" else { return .literal(String(segment)) }
      return .capture(String(segment.dropFirst().dropLast()))
    }
  }

  /// The names of its captures, in order.
  public var captures: [String] {
    segments.compactMap { if case .capture(let name) = $0 { name } else { nil } }
  }
}

/// A path as it came: taken apart, decoded and found to be one that routes may see.
///
/// Segments that are empty, `.` or `..`, an encoded `/`, `\` or NUL, other control characters, wrong escapes and wrong UTF-8
/// are nobody's: 404. So are paths that name a host.
struct RequestPath: Equatable, Sendable {
  let segments: [String]
  /// Without the question mark; `nil` when there is none.
  let query: Substring?

  init?(_ target: String) {
    guard target.utf8.first == 0x2F, target.utf8.count <= 8_192 else { return nil }
    let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    guard !parts[0].utf8.contains(0x23) else { return nil }
    query = parts.count > 1 ? parts[1] : nil
    let path = parts[0].dropFirst()
    guard !path.isEmpty else {
      segments = []
      return
    }
    var segments: [String] = []
    for part in path.split(separator: "/", omittingEmptySubsequences: false) {
      guard let decoded = Percent.decoded(part.utf8, plusIsSpace: false), Self.isClean(decoded) else { return nil }
      segments.append(decoded)
    }
    self.segments = segments
  }

  private static func isClean(_ segment: String) -> Bool {
    guard !segment.isEmpty, segment != ".", segment != ".." else { return false }
    return segment.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F && $0 != 0x2F && $0 != 0x5C }
  }
}

/// Percent-encoding as RFC 3986 and forms have it, read strictly.
enum Percent {
  /// `nil` for an escape that is none and for bytes that are not UTF-8.
  static func decoded(_ bytes: some Sequence<UInt8>, plusIsSpace: Bool) -> String? {
    var result: [UInt8] = []
    var iterator = bytes.makeIterator()
    while let byte = iterator.next() {
      switch byte {
      case 0x25:
        guard let high = iterator.next().flatMap(digit), let low = iterator.next().flatMap(digit) else { return nil }
        result.append(high << 4 | low)
      case 0x2B where plusIsSpace: result.append(0x20)
      default: result.append(byte)
      }
    }
    return String(validating: result, as: UTF8.self)
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x37
    case 0x61...0x66: byte - 0x57
    default: nil
    }
  }
}
