import TestSupport

/// What a power cut leaves of the changes that nobody synced.
enum PowerCut: Equatable {
  /// None of them.
  case nothing
  /// All of them, but not the one that was being made.
  case everythingBefore
  /// Each, or not.
  case some(seed: UInt64)
  /// Each sector of 512 bytes of each, or not.
  case sectors(seed: UInt64)
  /// All, and of the write that was being made the first so many words of 8 bytes.
  case torn(words: Int)

  /// - Parameters:
  ///   - pending: In the order they were made.
  ///   - current: The change that was being made.
  func leaves(_ pending: [Disk.Change], _ current: Disk.Change?) -> [Disk.Change] {
    let all = pending + (current.map { [$0] } ?? [])
    switch self {
    case .nothing: return []
    case .everythingBefore: return pending
    case .some(let seed):
      var random = SeededGenerator(seed: seed)
      return all.filter { _ in Bool.random(using: &random) }
    case .sectors(let seed):
      var random = SeededGenerator(seed: seed)
      return all.flatMap { $0.pieces(of: 512).filter { _ in Bool.random(using: &random) } }
    case .torn(let words): return pending + (current?.pieces(of: 8) ?? []).prefix(words)
    }
  }
}

extension Disk.Change {
  /// The change in parts that reach the disk whole or not at all.
  fileprivate func pieces(of size: Int) -> [Disk.Change] {
    guard case .write(let node, let offset, let bytes) = self else { return [self] }
    var (pieces, start) = ([Disk.Change](), 0)
    while start < bytes.count {
      let end = min(bytes.count, (offset + start) / size * size + size - offset)
      pieces.append(.write(node, offset: offset + start, bytes: Array(bytes[start..<end])))
      start = end
    }
    return pieces
  }
}
