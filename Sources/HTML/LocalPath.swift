/// A path on this site: made of literals and of values that are percent-encoded, never of a whole text from outside that
/// was not looked at. It cannot lead to another site.
public struct LocalPath: Equatable, Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
  public let text: String

  public init(stringLiteral value: String) {
    precondition(value.hasPrefix("/") || value.hasPrefix("?") || value.hasPrefix("#"), "a local path begins with / ? or #")
    text = value
  }

  private init(_ text: String) { self.text = text }

  /// A path that somebody sent, such as where to go after signing in: `nil` unless a browser would stay on this site.
  ///
  /// Only visible ASCII is taken, and neither `//` at the start nor `\` anywhere, which browsers read as another host.
  public init?(untrusted value: String) {
    let bytes = value.utf8
    guard bytes.first == 0x2F, bytes.count <= 2_048, !value.hasPrefix("//") else { return nil }
    guard bytes.allSatisfy({ (0x21...0x7E).contains($0) && $0 != 0x5C && $0 != 0x22 && $0 != 0x3C && $0 != 0x3E }) else {
      return nil
    }
    text = value
  }

  /// The path with one more segment, encoded.
  public func segment(_ value: String) -> LocalPath {
    LocalPath((text.hasSuffix("/") ? text : text + "/") + Self.encoded(value))
  }

  /// The path with one more pair in its query.
  public func query(_ name: String, _ value: String) -> LocalPath {
    LocalPath(text + (text.utf8.contains(0x3F) ? "&" : "?") + Self.encoded(name) + "=" + Self.encoded(value))
  }

  /// The path with a fragment; an earlier one must not be there.
  public func fragment(_ name: String) -> LocalPath { LocalPath(text + "#" + Self.encoded(name)) }

  /// A place on the page itself.
  public static func here(_ fragment: String) -> LocalPath { LocalPath("#" + encoded(fragment)) }

  public var description: String { text }

  /// Everything but unreserved characters of RFC 3986 becomes `%XX`.
  static func encoded(_ value: String) -> String {
    let hex: [Character] = Array("0123456789ABCDEF")
    var text = ""
    for byte in value.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: text.unicodeScalars.append(Unicode.Scalar(byte))
      default: text += "%\(hex[Int(byte >> 4)])\(hex[Int(byte & 15)])"
      }
    }
    return text
  }
}
