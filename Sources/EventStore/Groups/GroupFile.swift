import Foundation
import LMDB
import Synchronization

/// The LMDB environment of a group: what it follows, and how far each share has come.
final class GroupFile: Sendable {
  private struct Job {
    let rows: [Int: ShareRow]
    let answer: CheckedContinuation<Result<Void, EventStoreError>, Never>
  }

  private let path: String
  private let environment: Environment
  private let shares: Table<UInt64, [UInt8]>
  private let meta: Table<String, [UInt8]>
  private let waiting = Mutex<[Job]>([])
  private let queue = DispatchQueue(label: "dossier.group")

  init(path: String) throws(EventStoreError) {
    self.path = path
    do throws(LMDBError) {
      // A share takes some hundred bytes: this is never full.
      environment = try Environment(path: path, tables: ["shares", "meta"], options: .init(mapSizeBytes: 64 << 20))
    } catch {
      switch error {
      case .damagedFile, .corrupted, .notFound, .invalidFile: throw GroupFile.damaged(path)
      default: throw EventStoreError(error)
      }
    }
    shares = environment.table("shares")
    meta = environment.table("meta")
  }

  /// `nil` in an environment that was made just now.
  func definition() throws(EventStoreError) -> String? {
    let text = try storage { () throws(LMDBError) in
      try environment.read { (txn) throws(LMDBError) in try txn.get("definition", in: meta) }
    }
    guard let text else { return nil }
    let body = Array(text.dropFirst(8))
    guard Array(text.prefix(8)) == Words.bytes([Checksum.of(body.span.raw, seed: 0)]) else { throw GroupFile.damaged(path) }
    return String(decoding: body, as: UTF8.self)
  }

  /// Stores what a new group follows, with all its shares at `start`.
  func create(_ definition: String, shares count: Int, at start: LogCheckpoint) throws(EventStoreError) {
    let text = [UInt8](definition.utf8)
    try write { (txn) throws(LMDBError) in
      try txn.put("definition", Words.bytes([Checksum.of(text.span.raw, seed: 0)]) + text, in: meta)
      for share in 0..<count { try put(ShareRow(start), of: share, in: &txn) }
    }
  }

  func row(of share: Int) throws(EventStoreError) -> ShareRow { try rows(share..<share + 1)[0] }

  func rows(_ range: Range<Int>) throws(EventStoreError) -> [ShareRow] {
    try environment.read { (txn) throws(EventStoreError) in
      var rows: [ShareRow] = []
      for share in range { rows.append(try row(of: share, in: txn)) }
      return rows
    }
  }

  /// Returns when the rows are on the disk. What several tasks store at the same time is committed together.
  func store(_ rows: [Int: ShareRow]) async throws(EventStoreError) {
    guard !rows.isEmpty else { return }
    try await withCheckedContinuation { answer in
      let isFirst = waiting.withLock { waiting in
        waiting.append(Job(rows: rows, answer: answer))
        return waiting.count == 1
      }
      if isFirst { queue.async { [self] in storeWaiting() } }
    }.get()
  }

  /// Returns when nothing is being stored any more: then this value is all that keeps the file open.
  func finish() { queue.sync {} }

  private func storeWaiting() {
    let jobs = waiting.withLock { waiting in
      defer { waiting = [] }
      return waiting
    }
    let result: Result<Void, EventStoreError>
    do throws(EventStoreError) {
      try storeNow(jobs.reduce(into: [:]) { $0.merge($1.rows) { $1 } })
      result = .success(())
    } catch { result = .failure(error) }
    for job in jobs { job.answer.resume(returning: result) }
  }

  /// Like ``store(_:)``; blocks the thread.
  func storeNow(_ rows: [Int: ShareRow]) throws(EventStoreError) {
    try write { (txn) throws(LMDBError) in
      for (share, row) in rows { try put(row, of: share, in: &txn) }
    }
  }

  /// Replaces a row by what `change` makes of it; nothing if that is `nil`. - Returns: Whether it was replaced.
  func update(_ share: Int, _ change: (ShareRow) -> ShareRow?) throws(EventStoreError) -> Bool {
    try environment.write { (txn) throws(EventStoreError) in
      guard let row = change(try row(of: share, in: txn)) else { return .abort(false) }
      try storage { () throws(LMDBError) in try put(row, of: share, in: &txn) }
      return .commit(true)
    }
  }

  private func write(_ body: (inout WriteTransaction) throws(LMDBError) -> Void) throws(EventStoreError) {
    try storage { () throws(LMDBError) in
      try environment.write { (txn) throws(LMDBError) in
        try body(&txn)
        return .commit(())
      }
    }
  }

  private func row(of share: Int, in txn: borrowing some Transaction & ~Copyable) throws(EventStoreError) -> ShareRow {
    let bytes = try storage { () throws(LMDBError) in try txn.get(UInt64(share), in: shares) }
    guard let bytes, let row = ShareRow(bytes, of: share) else { throw GroupFile.damaged(path) }
    return row
  }

  private func put(_ row: ShareRow, of share: Int, in txn: inout WriteTransaction) throws(LMDBError) {
    try txn.put(UInt64(share), row.bytes(of: share), in: shares)
  }

  private static func damaged(_ path: String) -> EventStoreError {
    .unusable(
      path: path,
      reason: "How far the group has come is damaged. Stop its members, delete the folder, and open the group after a position "
        + "from which on its events may be handled again.")
  }
}
