import ArgumentParser
import Domain
import EventStore
import Foundation
import LMDB
import Projections

struct StatusVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "How far the log and every read model are, and how they are.")

  @OptionGroup var common: CommonOptions

  func run() throws {
    let session = try Session(common, keys: .reporting)
    let report = try Report(try session.log.head(), session, holders: try Self.lastingHolders(session.log))
    switch common.format {
    case .text: try Output.print(report.table)
    case .csv: try Output.printCSV(Report.heads, report.models.map(\.cells))
    case .json: try Output.printJSON(report)
    }
    if report.keysNeedAttention || report.models.contains(where: \.needsAttention) { throw ExitCode.failure }
  }

  /// A snapshot that is there at two looks is not one that a read is about to release.
  private static func lastingHolders(_ log: LMDBEventLog) throws -> [SnapshotHolder] {
    let first = try log.snapshotHolders()
    guard !first.isEmpty else { return [] }
    Thread.sleep(forTimeInterval: 0.1)
    return try log.snapshotHolders().filter { holder in
      first.contains { $0.process == holder.process && $0.transaction == holder.transaction }
    }
  }

  /// A process whose snapshot keeps space in the log's file from being reused.
  struct Holder: Encodable {
    let process: Int32
    let program: String?
    let state: String
    let processSeconds: Int64?
    let commitsBehind: Int
    let heldBytes: Int

    init(_ holder: SnapshotHolder) {
      (process, program, state) = (holder.process, holder.program, holder.state.rawValue)
      processSeconds = holder.processAge?.components.seconds
      (commitsBehind, heldBytes) = (holder.commitsBehind, holder.heldBytes)
    }
  }

  struct Report: Encodable {
    let lineage: String
    let epoch: UInt64
    let position: UInt64?
    let time: String?
    let bytes: Int
    let models: [Model]
    /// How keys and verifiers are.
    let keys: [String]
    let keysNeedAttention: Bool

    /// In a log with more events nobody waits for all of them to be looked at.
    private static let eventsLookedAt: UInt64 = 200_000

    let snapshotHolders: [Holder]
    private let notices: [String]

    private enum CodingKeys: CodingKey { case lineage, epoch, position, time, bytes, models, keys, snapshotHolders }

    init(_ head: LogHead, _ session: Session, holders: [SnapshotHolder]) throws {
      snapshotHolders = holders.map(Holder.init)
      notices = holders.map(\.description)
      lineage = session.log.lineage.id.uuidString.lowercased()
      epoch = session.log.lineage.epoch
      position = head.position?.rawValue
      time = head.position.map { _ in Instant(microseconds: head.time.microseconds).rfc3339 }
      bytes = FileSystem.size(of: session.directory.log + "/data.mdb") ?? 0
      models = session.models.status().map { Model($0, head: head.position) }
      if let last = head.position?.rawValue, last > Self.eventsLookedAt {
        keys = ["Keys and passwords: not looked at in a log of this size; 'replay verify' does it"]
        keysNeedAttention = false
      } else {
        let custody = try session.custody()
        keys = custody.lines
        keysNeedAttention = !custody.isWhole
      }
    }

    static let heads = ["name", "version", "position", "lag", "rows", "health"]

    var table: TextTable {
      let events = position.map { "position \($0), \(time ?? "")" } ?? "empty"
      return TextTable(
        title: ["Log \(lineage), epoch \(epoch)", "\(events), \(bytes) bytes"] + keys + notices,
        heads: ["Read model", "Version", "Position", "Behind", "Rows", "Health"],
        rows: models.map { TextTable.Row(cells: $0.cells, isBold: $0.needsAttention) })
    }
  }

  struct Model: Encodable {
    let name: String
    let version: String?
    let position: UInt64?
    let lag: UInt64
    let rows: Int?
    let health: String
    let needsAttention: Bool

    init(_ status: ReadModelStatus, head: Position?) {
      name = status.name.name
      version = status.version
      position = status.checkpoint?.position?.rawValue
      lag = (head?.rawValue ?? 0) - min(head?.rawValue ?? 0, position ?? 0)
      rows = status.rowCount
      (health, needsAttention) = Model.words(for: status.health)
    }

    private static func words(for health: ReadModelStatus.Health) -> (String, Bool) {
      switch health {
      case .good: ("good", false)
      case .missing: ("not made yet: it is made when it is asked for", false)
      case .otherBuild: ("made by another build: it is made anew when it is asked for", false)
      case .otherLog: ("made of another log: it is made anew when it is asked for", false)
      case .stopped(let fault): ("stopped before position \(fault.position): \(fault.reason)", true)
      case .quarantined(let faults):
        (
          faults.map { "one account stopped before position \($0.position): \($0.reason)" }.joined(separator: "; "), true
        )
      case .unusable(let reason): (reason, true)
      }
    }

    var cells: [String] {
      [name, version ?? "", position.map(String.init) ?? "", String(lag), rows.map(String.init) ?? "", health]
    }
  }
}
