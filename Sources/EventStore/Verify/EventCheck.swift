import LMDB

/// The checks of ``LogVerification``, with the fold they need.
struct EventCheck {
  private let reader: LogReader
  /// The types whose names are lost: payloads of their events cannot be checked.
  private let damagedTypes: Set<UInt32>
  private let anchor: LogVerification.Anchor?
  private let report: (LogVerification.Finding) -> Void
  private(set) var findings = 0

  private var heads: FoldedHeads
  private(set) var lastTime = Timestamp(microseconds: .min)
  /// `nil` where the record before is damaged: what follows it cannot be judged by it.
  private(set) var lastChecksum: UInt64?

  init(
    reader: LogReader, damagedTypes: Set<UInt32>, anchor: LogVerification.Anchor?, memory: LogVerification.Memory,
    report: @escaping (LogVerification.Finding) -> Void
  ) {
    self.damagedTypes = damagedTypes
    self.reader = reader
    heads = FoldedHeads(memory)
    self.anchor = anchor
    self.report = report
    lastChecksum = anchor?.prefixHash ?? reader.file.format.origin
  }

  mutating func fault(_ position: Position?, _ text: String) {
    findings += 1
    report(.init(position: position, fault: text))
  }

  mutating func check(_ anchor: LogVerification.Anchor) throws(EventStoreError) {
    let (checksum, time) = try reader.file.environment.read { (txn) throws(EventStoreError) in
      let event = try reader.header(at: anchor.position, in: txn)
      return (event.prefixHash, event.logTime)
    }
    lastTime = time
    lastChecksum = checksum
    guard checksum != anchor.prefixHash else { return }
    if try reader.formerPrefixHash(at: anchor.position) != anchor.prefixHash {
      fault(anchor.position, "the log differs from the trusted position")
    }
  }

  /// Checks as many events as one snapshot is kept for, from the first at `start` or after it.
  /// - Returns: How many there were, the last of them, and where to go on; `nil`: nowhere.
  mutating func checkEvents(
    from start: Position, reading: (Position) -> Void
  ) throws(EventStoreError) -> (count: UInt64, last: Position, next: Position?) {
    let file = reader.file
    return try file.environment.read { (txn) throws(EventStoreError) in
      try txn.withCursor(in: file.events) { (cursor) throws(EventStoreError) in
        var (count, last, expected) = (UInt64(0), start, start)
        var found = try storage { () throws(LMDBError) in try cursor.seek(start.rawValue) }
        while found {
          if let key = UInt64(keyBytes: cursor.keyBytes), let position = Position(key) {
            if position > expected { miss(expected, until: position) }
            reading(position)
            try checkRecord(cursor.valueBytes, at: position, in: txn)
            (count, last) = (count + 1, position)
            guard position < reader.bound else { break }
            expected = position.next
            if count == SnapshotLease.eventsAtMost { return (count, last, expected) }
          } else {
            fault(expected, "the key after the record before it is not a position")
          }
          found = try storage { () throws(LMDBError) in try cursor.next() }
        }
        return (count, last, nil)
      }
    }
  }

  private mutating func miss(_ first: Position, until next: Position) {
    let last = Position(unchecked: next.rawValue - 1)
    fault(first, first == last ? "it is missing" : "this and all up to \(last) are missing")
    lastChecksum = nil
  }

  private mutating func checkRecord(
    _ record: RawSpan, at position: Position, in txn: borrowing ReadTransaction
  ) throws(EventStoreError) {
    if let text = EventView.headerFault(in: record, at: position, format: reader.file.format, typeCount: reader.types.count) {
      fault(position, text)
      lastChecksum = nil
      return
    }
    let event = EventView(checked: record, at: position, types: reader.types)
    if !damagedTypes.contains(event.typeNumber), let text = EventView.payloadFault(in: record, typeDigest: event.recordType.digest)
    {
      fault(position, text)
    }
    if let lastChecksum, event.previousChecksum != lastChecksum { fault(position, "it does not follow the record before it") }
    if event.logTime < lastTime { fault(position, "its log time is before that of the event before it") }
    if !event.id.isV7 || event.id.v7Time > event.logTime { fault(position, "its id is not a UUIDv7 from its log time or before") }
    if !event.hasNames { fault(position, "its stream, actor or a tag has a malformed name, or a tag occurs twice") }
    lastTime = max(lastTime, event.logTime)
    lastChecksum = event.prefixHash
    try checkLink(ChainName(event.stream), event.previousInStream, index: event.revision.rawValue, at: position, in: txn)
    var links: [(ChainName, Position?, UInt64)] = []
    event.forEachTag { name, previous, ordinal in
      links.append((ChainName(.tag, String(ascii: name)), previous, ordinal &- 1))
    }
    for (chain, previous, index) in links { try checkLink(chain, previous, index: index, at: position, in: txn) }
  }

  /// The event is the one after the chain's head, and points to it.
  private mutating func checkLink(
    _ chain: ChainName, _ previous: Position?, index: UInt64, at position: Position, in txn: borrowing ReadTransaction
  ) throws(EventStoreError) {
    var head = try storage { () throws(LMDBError) in try heads.head(of: chain) }
    if head == nil { head = trusted(previous, of: chain, in: txn) }
    if previous != head?.position || index != head?.count ?? 0 {
      fault(
        position,
        "in '\(chain.name)' it is number \(index) after position \(previous?.rawValue ?? 0), "
          + "but that has \(head?.count ?? 0) events, the last at position \(head?.position.rawValue ?? 0)")
    }
    try storage { () throws(LMDBError) in try heads.advance(chain, to: position, count: index &+ 1) }
  }

  /// When the check did not begin at the first event: the head a chain had at the anchor, as the record there says.
  private func trusted(
    _ previous: Position?, of chain: ChainName, in txn: borrowing ReadTransaction
  ) -> Head? {
    guard let anchor, let previous, previous <= anchor.position else { return nil }
    guard let index = try? reader.header(at: previous, in: txn).link(of: chain)?.index else { return nil }
    return Head(position: previous, count: index &+ 1)
  }

  /// Every head that is stored must be the one that the fold found, if the chain moved no further since the one or the other.
  mutating func check(_ index: OpenedIndex, wasWhole: Bool) throws(EventStoreError) {
    var seen = 0
    let folded = try index.heads { (chain, head, stored) throws(EventStoreError) in
      seen += 1
      guard head.position <= reader.bound else { return }
      guard let folded = try storage({ () throws(LMDBError) in try heads.head(of: chain) }) else {
        if wasWhole { fault(nil, "index: '\(chain.name)' has a head but no event") }
        return
      }
      let isCurrent = folded.position <= stored
      if isCurrent ? folded != head : (head.position > folded.position || head.count >= folded.count) {
        fault(
          nil,
          "index: '\(chain.name)' has its head at position \(head.position) (\(head.count) events), the log at \(folded.position) (\(folded.count))"
        )
      }
    }
    guard let folded, wasWhole else { return }
    let expected = try storage { () throws(LMDBError) in try heads.count { $0.position <= folded } }
    if seen < expected { fault(nil, "index: it has \(seen) heads, fewer than the log's \(expected)") }
  }
}

extension EventView {
  /// Whether stream, actor and tags are names, and no tag stands twice or there are too many.
  fileprivate var hasNames: Bool {
    let tags = tags
    return NameRule.accepts(stream.name) && NameRule.accepts(actor.name) && tags.allSatisfy { NameRule.accepts($0.name) }
      && tags.count <= AppendLimits.tagsPerEvent && Set(tags).count == tags.count
  }
}
