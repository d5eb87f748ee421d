import LMDB

extension LogReader {
  /// Reads a stream or a tag along its back-links.
  func walk(
    _ chain: ChainName, _ range: ClosedRange<Position>, _ direction: EventQuery.Direction, _ filter: inout Filter,
    _ body: (borrowing EventView) -> ReadStep
  ) throws(EventStoreError) -> Position? {
    guard let head = try heads.head(of: chain) else { return nil }
    let lastBlock = (head.count &- 1) / HeadMap.waypointDistance
    switch direction {
    case .forwards:
      var last: Position?
      for block in try block(before: range.lowerBound, of: chain, lastBlock)...lastBlock {
        let positions = try positions(in: block, of: chain, head, range)
        guard let end = try deliver(positions.reversed(), of: chain, &filter, body) else { continue }
        last = end.last
        if !end.goOn || end.last >= range.upperBound { break }
      }
      return last
    case .backwards:
      let block = try block(before: range.upperBound, of: chain, lastBlock)
      return try walkBack(chain, from: newest(in: block, of: chain, head, lastBlock), range, &filter, body)
    }
  }

  /// The newest event of a block.
  private func newest(
    in block: UInt64, of chain: ChainName, _ head: Head, _ lastBlock: UInt64
  ) throws(EventStoreError) -> Position {
    guard block < lastBlock else { return head.position }
    let next = try waypoint(chain, block + 1)
    return try file.environment.read { (txn) throws(EventStoreError) in try previous(of: next, in: chain, txn) }
  }

  /// Follows the links from `start` to the oldest event of `range`, lending each on the way.
  private func walkBack(
    _ chain: ChainName, from start: Position, _ range: ClosedRange<Position>, _ filter: inout Filter,
    _ body: (borrowing EventView) -> ReadStep
  ) throws(EventStoreError) -> Position? {
    var next: Position? = start
    var last: Position?
    while let first = next {
      next = try file.environment.read { (txn) throws(EventStoreError) in
        var position = first
        var lease = SnapshotLease()
        repeat {
          guard position >= range.lowerBound else { return nil }
          let event = try header(at: position, in: txn)
          guard let link = event.link(of: chain) else { throw notInChain(position, chain) }
          if position <= range.upperBound {
            last = position
            guard try filter.deliver(event, body) else { return nil }
          }
          guard let previous = link.previous else {
            guard link.index == 0 else { throw wrongLink(position, chain) }
            return nil
          }
          guard previous < position, link.index > 0 else { throw wrongLink(position, chain) }
          position = previous
        } while !lease.spend()
        return position
      }
    }
    return last
  }

  private func notInChain(_ position: Position, _ chain: ChainName) -> EventStoreError {
    .corrupt(at: position, reason: "it is not in '\(chain.name)', as the index says; delete the folder index")
  }

  private func wrongLink(_ position: Position, _ chain: ChainName) -> EventStoreError {
    .corrupt(at: position, reason: "its link to the event before it in '\(chain.name)' is wrong")
  }

  /// The last block that begins at or before `position`.
  private func block(before position: Position, of chain: ChainName, _ lastBlock: UInt64) throws(EventStoreError) -> UInt64 {
    var (low, high) = (UInt64(0), lastBlock)
    while low < high {
      let middle = low + (high - low + 1) / 2
      if try waypoint(chain, middle) <= position { low = middle } else { high = middle - 1 }
    }
    return low
  }

  /// The positions of a block's events that lie in `range`, newest first: one step back for each.
  private func positions(
    in block: UInt64, of chain: ChainName, _ head: Head, _ range: ClosedRange<Position>
  ) throws(EventStoreError) -> [Position] {
    let start = block * HeadMap.waypointDistance
    let end = start + min(head.count - start, HeadMap.waypointDistance)
    let atHead = end == head.count
    let newest = atHead ? head.position : try waypoint(chain, block + 1)
    var positions: [Position] = []
    positions.reserveCapacity(Int(end - start))
    try file.environment.read { (txn) throws(EventStoreError) in
      var position = newest
      var remaining = end - start
      if !atHead { position = try previous(of: position, in: chain, txn) }
      while true {
        if range.contains(position) { positions.append(position) }
        remaining -= 1
        if remaining == 0 || position <= range.lowerBound { return }
        position = try previous(of: position, in: chain, txn)
      }
    }
    return positions
  }

  private func previous(
    of position: Position, in chain: ChainName, _ txn: borrowing ReadTransaction
  ) throws(EventStoreError) -> Position {
    // Between a head and the snapshot lies nothing but newer events: whatever the index names must be there.
    let previous = try header(at: position, in: txn).link(of: chain)?.previous
    guard let previous, previous < position else { throw wrongLink(position, chain) }
    return previous
  }

  private func waypoint(_ chain: ChainName, _ block: UInt64) throws(EventStoreError) -> Position {
    if let position = try heads.waypoint(chain, block: block) { return position }
    throw .corrupt(at: nil, reason: "the index lacks waypoint \(block) of '\(chain.name)'; delete the folder index")
  }

  private func deliver(
    _ positions: some Sequence<Position>, of chain: ChainName, _ filter: inout Filter,
    _ body: (borrowing EventView) -> ReadStep
  ) throws(EventStoreError) -> (last: Position, goOn: Bool)? {
    var positions = positions.makeIterator()
    var next = positions.next()
    var end: (last: Position, goOn: Bool)?
    while next != nil, end?.goOn ?? true {
      try file.environment.read { (txn) throws(EventStoreError) in
        var lease = SnapshotLease()
        while let position = next {
          let event = try header(at: position, in: txn)
          guard event.link(of: chain) != nil else { throw notInChain(position, chain) }
          let goOn = try filter.deliver(event, body)
          end = (position, goOn)
          next = positions.next()
          if !goOn || lease.spend() { return }
        }
      }
    }
    return end
  }
}

extension EventView {
  /// Where the previous event of a chain stands; `nil` if this event is not in the chain.
  func link(of chain: ChainName) -> (previous: Position?, index: UInt64)? {
    switch chain.kind {
    case .stream:
      return streamBytes.elementsEqual(chain.name.utf8) ? (previousInStream, revision.rawValue) : nil
    case .tag:
      var link: (previous: Position?, index: UInt64)?
      forEachTag { name, previous, ordinal in
        if name.elementsEqual(chain.name.utf8) { link = (previous, ordinal &- 1) }
      }
      return link
    }
  }
}
