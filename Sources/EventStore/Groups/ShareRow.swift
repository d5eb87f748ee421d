import LMDB

/// Why a share of a group stopped: somebody has to look at it, and then to resume it.
public struct ShareStop: Sendable, Hashable {
  /// The event that could not be handled. It, and what comes after it in the share, waits.
  public let position: Position
  /// What the handler threw, in words, cut after 1,000 bytes. It is kept in the group's folder: have nothing personal in errors.
  public let reason: String

  init(position: Position, reason: String) {
    self.position = position
    self.reason = String(decoding: reason.utf8.prefix(1_000), as: UTF8.self)
  }
}

/// What is kept of a share: how far it has come, and why it goes no further.
///
///     u64   XXH3-64 of the bytes after it, seeded with the number of the share; big-endian
///     text  the checkpoint; if it stopped, a space, the position, a space, the reason. UTF-8
struct ShareRow: Sendable, Equatable {
  var checkpoint: LogCheckpoint
  var stop: ShareStop?

  func bytes(of share: Int) -> [UInt8] {
    let text = [UInt8]("\(checkpoint)\(stop.map { " \($0.position) \($0.reason)" } ?? "")".utf8)
    return Words.bytes([ShareRow.checksum(of: text, share)]) + text
  }

  /// - Returns: `nil` if the bytes are not such a row of this share.
  init?(_ bytes: [UInt8], of share: Int) {
    let text = Array(bytes.dropFirst(8))
    guard let checksum = Words(Array(bytes.prefix(8)), count: 1), checksum[0] == ShareRow.checksum(of: text, share) else { return nil }
    let parts = String(decoding: text, as: UTF8.self).split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
    guard let checkpoint = LogCheckpoint(String(parts[0])) else { return nil }
    self.checkpoint = checkpoint
    if parts.count == 1 { return }
    guard parts.count == 3, let number = UInt64(parts[1]), let position = Position(number) else { return nil }
    stop = ShareStop(position: position, reason: String(parts[2]))
  }

  init(_ checkpoint: LogCheckpoint, stop: ShareStop? = nil) {
    self.checkpoint = checkpoint
    self.stop = stop
  }

  private static func checksum(of text: [UInt8], _ share: Int) -> UInt64 { Checksum.of(text.span.raw, seed: UInt64(share)) }
}
