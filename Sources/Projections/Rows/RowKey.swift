import EventStore
import Foundation
import LMDB

/// What a row of a read model is found by: whose it is, what kind of row it is, and which one.
///
/// As bytes: partition (16), kind (1), identifier (16). All rows of a partition stand together, those of a kind in the
/// order of their identifiers, which for a UUIDv7 is the order in which they were made.
public struct RowKey: Hashable, Sendable {
  /// The account whose row this is: a fold of one account's events never touches another's rows.
  public let partition: UUID
  /// What the row holds. Each read model numbers its own.
  public let kind: UInt8
  /// All zeros where a partition has one row of the kind.
  public let id: UUID

  public init(_ partition: UUID, _ kind: UInt8, _ id: UUID = UUID(high: 0, low: 0)) {
    self.partition = partition
    self.kind = kind
    self.id = id
  }

  /// Identifiers are random enough where their last eight bytes are.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(partition.low)
    hasher.combine(id.low)
    hasher.combine(kind)
  }
}

extension RowKey: Comparable {
  static let lowest = RowKey(UUID(high: 0, low: 0), 0)

  /// The order of the bytes.
  public static func < (a: RowKey, b: RowKey) -> Bool {
    (a.partition.high, a.partition.low, a.kind, a.id.high, a.id.low)
      < (b.partition.high, b.partition.low, b.kind, b.id.high, b.id.low)
  }
}

extension RowKey: TableKey {
  static let byteCount = 33

  public func withKeyBytes<Result, Failure: Error>(_ body: (RawSpan) throws(Failure) -> Result) throws(Failure) -> Result {
    var bytes = InlineArray<33, UInt8>(repeating: kind)
    RowKey.write(partition.high, to: &bytes, at: 0)
    RowKey.write(partition.low, to: &bytes, at: 8)
    RowKey.write(id.high, to: &bytes, at: 17)
    RowKey.write(id.low, to: &bytes, at: 25)
    return try body(bytes.span.raw)
  }

  public init?(keyBytes: RawSpan) {
    guard keyBytes.byteCount == RowKey.byteCount else { return nil }
    func word(_ offset: Int) -> UInt64 { keyBytes.load(UInt64.self, at: offset).byteSwapped }
    self.init(
      UUID(high: word(0), low: word(8)), keyBytes.load(UInt8.self, at: 16), UUID(high: word(17), low: word(25)))
  }

  private static func write(_ word: UInt64, to bytes: inout InlineArray<33, UInt8>, at offset: Int) {
    for index in 0..<8 { bytes[offset + index] = UInt8(truncatingIfNeeded: word >> (56 - 8 * index)) }
  }
}
