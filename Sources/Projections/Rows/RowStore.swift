import Foundation
import SwiftProtobuf

/// Where a projection keeps its rows while it folds. The same fold runs against a transaction of the read model (live),
/// a cache that is written in key order (rebuild), and plain memory (as-of, tests).
public protocol RowStore: ~Copyable {
  mutating func get(_ key: RowKey) throws(ProjectionError) -> [UInt8]?
  mutating func put(_ key: RowKey, _ row: [UInt8]) throws(ProjectionError)
  mutating func delete(_ key: RowKey) throws(ProjectionError)
}

extension RowStore where Self: ~Copyable {
  /// The row at `key`, decoded.
  public mutating func get<Row: Message>(_ key: RowKey, as type: Row.Type) throws(ProjectionError) -> Row? {
    guard let bytes = try get(key) else { return nil }
    return try Row(row: bytes)
  }

  /// Stores `row` in the one encoding it has: live and rebuilt rows are equal byte for byte.
  public mutating func put(_ key: RowKey, _ row: some Message) throws(ProjectionError) {
    try put(key, try row.rowBytes())
  }
}

/// Rows to ask questions of: a snapshot of a read model, or memory.
public protocol RowReader: ~Copyable {
  func row<Row: Message>(at key: RowKey, as type: Row.Type) throws(ProjectionError) -> Row?

  /// Lends every row of a kind in a partition, in the order of the identifiers.
  func forEachRow<Row: Message>(
    of partition: UUID, kind: UInt8, as type: Row.Type, _ body: (UUID, Row) -> Void) throws(ProjectionError)
}

extension Message {
  init(row bytes: [UInt8]) throws(ProjectionError) {
    do {
      self = try Self(serializedBytes: bytes)
    } catch {
      throw .damagedRow(Self.protoMessageName)
    }
  }

  init(row bytes: RawSpan) throws(ProjectionError) {
    do {
      self = try Self(serializedBytes: bytes)
    } catch {
      throw .damagedRow(Self.protoMessageName)
    }
  }

  func rowBytes() throws(ProjectionError) -> [UInt8] {
    do {
      return try serializedBytes()
    } catch {
      throw .damagedRow(Self.protoMessageName)
    }
  }
}
