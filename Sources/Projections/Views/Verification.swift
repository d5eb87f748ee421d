import EventStore
import Foundation
import LMDB
import SwiftProtobuf

/// A row that is not what a fresh fold of the log makes.
public struct RowDifference: Sendable {
  public let row: RowDescription
  /// `nil`: there is no such row.
  public let stored: String?
  public let fresh: String?
}

/// A row, for people: what it holds, whose it is and which one.
public struct RowDescription: Sendable, Equatable {
  public let model: ProjectionName
  /// The name of the message, for example `DraftRow`.
  public let kind: String
  public let account: UUID
  /// `nil` where an account has one row of the kind.
  public let id: UUID?
}

extension Projection {
  static func describe(_ key: RowKey) -> RowDescription {
    let kind = rowTypes[key.kind].map { $0.protoMessageName.split(separator: ".").last.map(String.init) ?? "" }
    return RowDescription(
      model: name, kind: kind ?? "kind \(key.kind)", account: key.partition,
      id: key.id == RowKey(key.partition, key.kind).id ? nil : key.id)
  }

  /// The row as JSON in one line, sealed data as it lies there.
  static func json(_ key: RowKey, _ row: [UInt8]) -> String {
    var options = JSONEncodingOptions()
    options.useDeterministicOrdering = true
    guard let type = rowTypes[key.kind], let message = try? type.init(serializedBytes: row),
      let text = try? message.jsonString(options: options)
    else { return "\(row.count) bytes that are no row" }
    return text
  }
}

extension LiveView {
  /// Holds every row against a fresh fold of the log up to the same position.
  /// - Parameter report: Told of every difference.
  /// - Returns: How many rows were compared.
  func verify(_ memoryBytes: Int, _ report: (RowDifference) -> Void) throws(ProjectionError) -> Int {
    try store().read { (live) throws(ProjectionError) in
      guard let checkpoint = try live.checkpoint() else { throw .damagedRow("checkpoint") }
      let folder = NSTemporaryDirectory() + "dossier-verify-" + UUID().uuidString.lowercased()
      let fresh = try Rebuild.fold(P.self, log, upTo: checkpoint.position, into: folder, memoryBytes: memoryBytes)
      return try fresh.read { (fresh) throws(ProjectionError) in
        let (had, has) = (try live.summary(), try fresh.summary())
        if had != has {
          let row = RowDescription(model: P.name, kind: "checkpoint", account: UUID(high: 0, low: 0), id: nil)
          report(RowDifference(row: row, stored: had, fresh: has))
        }
        return try LiveView.compare(live, fresh, report)
      }
    }
  }

  /// Walks both tables in the order of their keys.
  private static func compare(
    _ live: borrowing SnapshotRows, _ fresh: borrowing SnapshotRows, _ report: (RowDifference) -> Void
  ) throws(ProjectionError) -> Int {
    var count = 0
    func tell(_ key: RowKey, _ stored: [UInt8]?, _ fresh: [UInt8]?) {
      report(
        RowDifference(
          row: P.describe(key), stored: stored.map { P.json(key, $0) }, fresh: fresh.map { P.json(key, $0) }))
    }
    try live.forEachRow(from: .lowest) { (key, bytes) throws(ProjectionError) in
      count += 1
      let (stored, made) = ([UInt8](bytes), try fresh.bytes(at: key))
      if stored != made { tell(key, stored, made) }
      return .next
    }
    try fresh.forEachRow(from: .lowest) { (key, bytes) throws(ProjectionError) in
      if try live.bytes(at: key) == nil { tell(key, nil, [UInt8](bytes)) }
      return .next
    }
    return count
  }
}

extension SnapshotRows {
  fileprivate func bytes(at key: RowKey) throws(ProjectionError) -> [UInt8]? {
    try withRow(at: key) { (bytes) throws(ProjectionError) in
      if let bytes { [UInt8](bytes) } else { nil }
    }
  }

  /// What must be equal besides the rows.
  fileprivate func summary() throws(ProjectionError) -> String {
    let faults = try faults()
    let quarantined = faults.quarantined.map { "\($0.key) at \($0.value.position)" }.sorted()
    return "\(try checkpoint()?.folded ?? 0) events folded, accounts stopped: \(quarantined)"
  }
}
