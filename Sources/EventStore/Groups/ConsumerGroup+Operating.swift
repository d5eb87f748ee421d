/// How a share of a group stands.
public struct ShareStatus: Sendable, Equatable {
  public let number: Int
  /// Up to here everything of the share was handled, as far as the disk knows.
  public let checkpoint: LogCheckpoint
  /// How many events the log has beyond the checkpoint, of this share or others.
  public let behind: UInt64
  /// Why it goes no further; `nil`: it does.
  public let stop: ShareStop?
}

extension ConsumerGroup {
  /// What becomes of the event at which a share stopped.
  public enum Resumption: Sendable {
    /// It is handled again.
    case again
    /// It is left out, for good.
    case skipping
  }

  /// How every share stands, by its number.
  public func status() throws(EventStoreError) -> [ShareStatus] {
    let rows = try file.rows(0..<shareCount)
    let head = try log.head().position?.rawValue ?? 0
    return rows.enumerated().map { number, row in
      let position = row.checkpoint.position?.rawValue ?? 0
      return ShareStatus(number: number, checkpoint: row.checkpoint, behind: head - min(head, position), stop: row.stop)
    }
  }

  /// The processes that run as members now, as their locks name them.
  public func members() throws(EventStoreError) -> [String] {
    var members: [String] = []
    for seat in 0..<shareCount {
      if let holder = try ConsumerGroup.holder(of: lockPath(seat: seat)) { members.append(holder) }
    }
    return members
  }

  /// Lets a share that stopped go on; members notice within their balance interval.
  /// - Parameters:
  ///   - share: Its number.
  ///   - position: Where it stopped, as ``status()`` says: it may have gone on since, and stopped at another event.
  ///   - resumption: Whether the event comes again, or is left out.
  /// - Returns: Whether it had stopped there.
  @discardableResult
  public func resume(_ share: Int, stoppedAt position: Position, _ resumption: Resumption) throws(EventStoreError) -> Bool {
    precondition((0..<shareCount).contains(share), "The group has no such share.")
    let after = try log.checkpoint(at: position)
    return try file.update(share) { row in
      guard row.stop?.position == position else { return nil }
      return ShareRow(resumption == .skipping ? after : row.checkpoint)
    }
  }

  /// Has every share begin anew after `checkpoint` (`nil`: with the first event), whatever it handled before and whatever log it
  /// followed: to handle events again, to leave events out, or to go on after a restore.
  /// - Throws: `.unusable` if a member is at work, `.checkpointRefused` if the checkpoint is not of this log. Nothing was changed then.
  public func reset(to checkpoint: LogCheckpoint?) throws(EventStoreError) {
    let start = checkpoint ?? LogCheckpoint(beginningOf: log.lineage)
    try log.admit(start)
    let locks = try (0..<shareCount).map { (number) throws(EventStoreError) in
      if let lock = try ConsumerGroup.lock(lockPath(share: number)) { return lock }
      let holder = try ConsumerGroup.holder(of: lockPath(share: number)) ?? "a member"
      throw .unusable(path: lockPath(share: number), reason: "The share is being worked on by \(holder). Stop the members of the group first.")
    }
    defer { withExtendedLifetime(locks) {} }
    try file.storeNow(Dictionary(uniqueKeysWithValues: (0..<shareCount).map { ($0, ShareRow(start)) }))
  }
}
