import EventStore
import Foundation
import SwiftProtobuf

/// Rows to ask questions of, as they were at one moment: in a snapshot of a read model, or folded for the question.
protocol RowReader: ~Copyable {
  /// Lends the row at `key`; `nil` if there is none.
  func withRow<Value>(
    at key: RowKey, _ body: (RawSpan?) throws(ProjectionError) -> Value
  ) throws(ProjectionError) -> Value

  /// Lends the rows whose key is `first` or greater, in their order.
  func forEachRow(
    from first: RowKey, _ body: (RowKey, RawSpan) throws(ProjectionError) -> ReadStep
  ) throws(ProjectionError)
}

extension RowReader where Self: ~Copyable {
  /// The row at `key`, decoded; `nil` if there is none.
  func row<Row: Message>(at key: RowKey, as type: Row.Type) throws(ProjectionError) -> Row? {
    try withRow(at: key) { (bytes) throws(ProjectionError) in
      guard let bytes else { return nil }
      return try Row(row: bytes)
    }
  }

  /// Lends every row of a kind in a partition, in the order of the identifiers.
  func forEachRow(
    of partition: UUID, kind: UInt8, _ body: (RowKey, RawSpan) throws(ProjectionError) -> Void
  ) throws(ProjectionError) {
    try forEachRow(from: RowKey(partition, kind)) { (key, row) throws(ProjectionError) in
      guard key.isOf(partition, kind) else { return .stop }
      try body(key, row)
      return .next
    }
  }
}

extension Message {
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
