import Foundation
import LMDB

/// The heads of all chains, as far as a verification has folded the log: as many in memory as may be, the rest in a file.
///
/// The file has no name once it is open: it is gone with the process, whatever ends it.
struct FoldedHeads {
  /// What an entry in memory takes at most, with what it takes to move it.
  private static let bytesPerEntry = 384
  /// How many rows are written together: each can change a page, and changed pages are in memory.
  private static let rowsPerTransaction = 4_096

  private let entriesAtMost: Int
  private let folder: String
  private var recent: [ChainName: Head] = [:]
  private var file: (environment: Environment, heads: Table<[UInt8], [UInt8]>)?

  init(_ memory: LogVerification.Memory) {
    entriesAtMost = max(16, memory.bytes / FoldedHeads.bytesPerEntry)
    folder = memory.folder
  }

  /// Whether some are in a file.
  var isSpilled: Bool { file != nil }

  func head(of chain: ChainName) throws(LMDBError) -> Head? {
    if let head = recent[chain] { return head }
    guard let file else { return nil }
    return try file.environment.read { (txn) throws(LMDBError) in
      try FoldedHeads.head(try txn.get(chain.key, in: file.heads))
    }
  }

  mutating func advance(_ chain: ChainName, to position: Position, count: UInt64) throws(LMDBError) {
    recent[chain] = Head(position: position, count: count)
    if recent.count >= entriesAtMost { try spill() }
  }

  /// How many chains have a head that `isCounted`.
  mutating func count(where isCounted: (Head) -> Bool) throws(LMDBError) -> Int {
    guard file != nil else { return recent.values.reduce(0) { isCounted($1) ? $0 + 1 : $0 } }
    try spill()
    guard let file else { return 0 }
    return try file.environment.read { (txn) throws(LMDBError) -> Int in
      try txn.withCursor(in: file.heads) { (cursor) throws(LMDBError) -> Int in
        var (count, found) = (0, try cursor.first())
        while found {
          if let head = try FoldedHeads.head([UInt8](cursor.valueBytes)), isCounted(head) { count += 1 }
          found = try cursor.next()
        }
        return count
      }
    }
  }

  private static func head(_ bytes: [UInt8]?) throws(LMDBError) -> Head? {
    guard let bytes else { return nil }
    guard let words = Words(bytes, count: 2), let position = Position(words[0]) else { throw .corrupted }
    return Head(position: position, count: words[1])
  }

  /// Moves what is in memory to the file.
  private mutating func spill() throws(LMDBError) {
    let file = if let file = self.file { file } else { try make() }
    self.file = file
    let chains = recent.keys.sorted()
    for start in stride(from: 0, to: chains.count, by: FoldedHeads.rowsPerTransaction) {
      let part = chains[start..<min(start + FoldedHeads.rowsPerTransaction, chains.count)]
      try file.environment.write { (txn: inout WriteTransaction) throws(LMDBError) -> Outcome<Void> in
        for chain in part {
          guard let head = recent[chain] else { continue }
          try txn.put(chain.key, Words.bytes([head.position.rawValue, head.count]), in: file.heads)
        }
        return .commit(())
      }
    }
    recent.removeAll(keepingCapacity: true)
  }

  private func make() throws(LMDBError) -> (environment: Environment, heads: Table<[UInt8], [UInt8]>) {
    let path = folder + "/dossier-verify-" + UUID().uuidString.lowercased()
    defer { try? FileSystem.removeTree(path) }
    let environment = try Environment(path: path, tables: ["heads"])
    return (environment, environment.table("heads"))
  }
}
