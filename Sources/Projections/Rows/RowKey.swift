import EventStore
import Foundation
import LMDB
import Schema

/// What a row of a read model is found by: whose it is, what kind of row it is, and which one.
///
/// As bytes: partition (16), kind (1), identifier (16). All rows of a partition stand together, those of a kind in the
/// order of their identifiers, which for a UUIDv7 is the order in which they were made.
public struct RowKey: Hashable, Sendable {
  private let partitionHigh, partitionLow: UInt64
  /// What the row holds. Each read model numbers its own.
  public let kind: UInt8
  private let idHigh, idLow: UInt64

  public init(_ partition: UUID, _ kind: UInt8, _ id: UUID = .zero) {
    (partitionHigh, partitionLow) = (partition.high, partition.low)
    self.kind = kind
    (idHigh, idLow) = (id.high, id.low)
  }

  /// The account whose row this is: a fold of one account's events never touches another's rows.
  public var partition: UUID { UUID(high: partitionHigh, low: partitionLow) }
  /// All zeros where a partition has one row of the kind.
  public var id: UUID { UUID(high: idHigh, low: idLow) }

  func isOf(_ partition: UUID, _ kind: UInt8) -> Bool {
    self.kind == kind && partitionLow == partition.low && partitionHigh == partition.high
  }

  /// Identifiers are random enough where their last eight bytes are.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(partitionLow ^ UInt64(kind))
    hasher.combine(idLow)
  }
}

extension RowKey: Comparable {
  static let lowest = RowKey(.zero, 0)

  /// The order of the bytes.
  public static func < (a: RowKey, b: RowKey) -> Bool {
    if a.partitionHigh != b.partitionHigh { return a.partitionHigh < b.partitionHigh }
    if a.partitionLow != b.partitionLow { return a.partitionLow < b.partitionLow }
    return (a.kind, a.idHigh, a.idLow) < (b.kind, b.idHigh, b.idLow)
  }
}

extension RowKey: TableKey {
  static let byteCount = 33

  public func withKeyBytes<Result, Failure: Error>(_ body: (RawSpan) throws(Failure) -> Result) throws(Failure) -> Result {
    var bytes = InlineArray<33, UInt8>(repeating: kind)
    RowKey.write(partitionHigh, to: &bytes, at: 0)
    RowKey.write(partitionLow, to: &bytes, at: 8)
    RowKey.write(idHigh, to: &bytes, at: 17)
    RowKey.write(idLow, to: &bytes, at: 25)
    return try body(bytes.span.raw)
  }

  public init?(keyBytes: RawSpan) {
    guard keyBytes.byteCount == RowKey.byteCount else { return nil }
    func word(_ offset: Int) -> UInt64 { keyBytes.load(UInt64.self, at: offset).byteSwapped }
    (partitionHigh, partitionLow) = (word(0), word(8))
    kind = keyBytes.load(UInt8.self, at: 16)
    (idHigh, idLow) = (word(17), word(25))
  }

  private static func write(_ word: UInt64, to bytes: inout InlineArray<33, UInt8>, at offset: Int) {
    for index in 0..<8 { bytes[offset + index] = UInt8(truncatingIfNeeded: word >> (56 - 8 * index)) }
  }
}
