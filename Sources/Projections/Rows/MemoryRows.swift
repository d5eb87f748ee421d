import Foundation
import SwiftProtobuf

/// Rows in memory: for one partition's history, folded to some moment.
public struct MemoryRows: RowStore, RowReader, Sendable, Equatable {
  public private(set) var rows: [RowKey: [UInt8]] = [:]

  public init() {}

  public func get(_ key: RowKey) -> [UInt8]? { rows[key] }
  public mutating func put(_ key: RowKey, _ row: [UInt8]) { rows[key] = row }
  public mutating func delete(_ key: RowKey) { rows[key] = nil }

  public func row<Row: Message>(at key: RowKey, as type: Row.Type) throws(ProjectionError) -> Row? {
    guard let bytes = rows[key] else { return nil }
    return try Row(row: bytes)
  }

  public func forEachRow<Row: Message>(
    of partition: UUID, kind: UInt8, as type: Row.Type, _ body: (UUID, Row) -> Void
  ) throws(ProjectionError) {
    let keys = rows.keys.filter { $0.kind == kind && $0.partition == partition }.sorted()
    for key in keys {
      guard let bytes = rows[key] else { continue }
      body(key.id, try Row(row: bytes))
    }
  }
}
