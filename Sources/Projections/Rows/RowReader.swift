import Foundation
import SwiftProtobuf

/// Rows to ask questions of: a snapshot of a read model, or rows at work.
public protocol RowReader: ~Copyable {
  func row<Row: RowMessage>(at key: RowKey, as type: Row.Type) throws(ProjectionError) -> Row?

  /// Lends every row of a kind in a partition, in the order of the identifiers.
  func forEachRow<Row: RowMessage>(
    of partition: UUID, kind: UInt8, as type: Row.Type, _ body: (UUID, Row) -> Void) throws(ProjectionError)
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
