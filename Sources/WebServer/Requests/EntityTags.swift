/// A list of entity tags, as `If-Match` and `If-None-Match` have them (RFC 9110, 8.8.3 and 13.1).
public enum EntityTags: Equatable, Sendable {
  case any
  case list([Tag])

  public struct Tag: Equatable, Sendable {
    public let value: String
    public let isWeak: Bool
  }

  /// `nil` for a text that is not such a list.
  public init?(_ text: String) {
    var rest = Substring(text).drop { $0 == " " || $0 == "\t" }
    if rest.first == "*" {
      guard rest.dropFirst().allSatisfy({ $0 == " " || $0 == "\t" }) else { return nil }
      self = .any
      return
    }
    var tags: [Tag] = []
    while !rest.isEmpty {
      let isWeak = rest.hasPrefix("W/")
      if isWeak { rest = rest.dropFirst(2) }
      guard rest.first == "\"", let end = rest.dropFirst().firstIndex(of: "\"") else { return nil }
      let value = rest[rest.index(after: rest.startIndex)..<end]
      guard value.utf8.allSatisfy({ $0 >= 0x21 && $0 != 0x7F }), tags.count < 64 else { return nil }
      tags.append(Tag(value: String(value), isWeak: isWeak))
      rest = rest[rest.index(after: end)...].drop { $0 == " " || $0 == "\t" }
      guard !rest.isEmpty else { break }
      guard rest.first == "," else { return nil }
      rest = rest.dropFirst().drop { $0 == " " || $0 == "\t" }
    }
    guard !tags.isEmpty else { return nil }
    self = .list(tags)
  }

  /// The strong comparison of `If-Match`: a weak tag matches nothing.
  public func matchStrongly(_ value: String) -> Bool {
    switch self {
    case .any: true
    case .list(let tags): tags.contains { !$0.isWeak && $0.value == value }
    }
  }

  /// The weak comparison of `If-None-Match`.
  public func matchWeakly(_ value: String) -> Bool {
    switch self {
    case .any: true
    case .list(let tags): tags.contains { $0.value == value }
    }
  }
}
