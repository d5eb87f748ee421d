import EventStore
import Foundation
import LMDB
import Projections

/// What a verification looked at, against what, and what it found.
struct VerifyReport: Encodable {
  private(set) var lineage: String
  private(set) var epoch: UInt64
  /// The first and the last position that were read; absent if there was none.
  private(set) var first: UInt64?
  private(set) var last: UInt64?
  private(set) var events: UInt64 = 0
  /// Which program checked, as the checksum of its file: the same build says the same.
  private(set) var program = VerifyReport.thisProgram
  /// Only with --views, and only if the log is whole.
  var rows: Int?
  /// How keys and verifiers are, in a log that is whole.
  var keys: [String] = []
  /// The newest position and its hash; only if the log is whole.
  private(set) var trusted: String?
  /// The position and hash that the log was held against; absent if that was its first event alone.
  private(set) var against: String?
  var problems: [String] = []

  init(_ lineage: Lineage, after: LogVerification.Anchor?) {
    self.lineage = lineage.id.uuidString.lowercased()
    epoch = lineage.epoch
    against = after?.description
    first = (after?.position.next ?? .first).rawValue
  }

  mutating func finish(_ summary: LogVerification.Summary) {
    events = summary.events
    last = summary.head.position?.rawValue
    if events == 0 { first = nil }
    if problems.isEmpty { trusted = summary.anchor?.description }
  }

  private static var thisProgram: String {
    let digest = try? Checksum.ofFile("/proc/self/exe")
    return digest.map { String($0, radix: 16) } ?? "unknown"
  }

  var text: String {
    var lines = ["Log \(lineage), epoch \(epoch)"]
    lines.append(
      "The log: \(events) events read\(first.map { ", positions \($0) to \(last ?? $0)" } ?? "")\(against.map { ", after \($0)" } ?? "")"
    )
    lines.append(
      "  Each record against its checksums, the record before it, its stream and tags, and the index; by program \(program)")
    if let rows { lines.append("The read models: \(rows) rows compared with a fresh fold of the log by this program") }
    lines += keys
    lines += problems.map { "  " + $0 }
    lines.append(problems.isEmpty ? "Everything is as it should be." : "\(problems.count) problems.")
    lines.append(
      "This finds accidents, not forgeries: whoever can write the file can write checksums. Keep the line below elsewhere."
        .trimmedUnless(trusted))
    if let trusted { lines.append("To verify only what follows, next time: --after \(trusted)") }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension String {
  /// Without the last sentence, which speaks of a line below, if there is no such line.
  fileprivate func trimmedUnless(_ line: String?) -> String {
    line == nil ? replacing(" Keep the line below elsewhere.", with: "") : self
  }
}
