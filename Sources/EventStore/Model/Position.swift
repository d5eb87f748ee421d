/// The place of an event in the log: 1-based and gapless, so position `n` is the `n`th event ever appended.
public struct Position: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// 1 or more.
  public let rawValue: UInt64

  /// - Returns: `nil` for 0, which is no place: the head of an empty log is `nil`.
  @inlinable public init?(_ rawValue: UInt64) {
    guard rawValue > 0 else { return nil }
    self.rawValue = rawValue
  }

  @inlinable init(unchecked rawValue: UInt64) { self.rawValue = rawValue }

  /// The place of the oldest event.
  public static let first = Position(unchecked: 1)

  /// The place right after this one.
  @inlinable public var next: Position { Position(unchecked: rawValue + 1) }

  /// The place right before this one; `nil` before the first.
  @inlinable public var previous: Position? { Position(rawValue - 1) }

  public var description: String { String(rawValue) }

  @inlinable public static func < (a: Position, b: Position) -> Bool { a.rawValue < b.rawValue }
}

/// The place of an event in its stream: 0-based and gapless.
public struct Revision: Hashable, Comparable, Sendable, CustomStringConvertible, ExpressibleByIntegerLiteral {
  public let rawValue: UInt64

  @inlinable public init(_ rawValue: UInt64) { self.rawValue = rawValue }
  @inlinable public init(integerLiteral value: UInt64) { self.rawValue = value }

  @inlinable public var next: Revision { Revision(rawValue + 1) }

  public var description: String { String(rawValue) }

  @inlinable public static func < (a: Revision, b: Revision) -> Bool { a.rawValue < b.rawValue }
}
