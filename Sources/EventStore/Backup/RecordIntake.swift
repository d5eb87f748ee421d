import LMDB

/// Puts records into a log at the positions they come with: from a segment file, from an import, one day from a log that this
/// one follows.
///
/// A record is taken if it is whole, is the next one that the log lacks, and was made to follow what the log has. A record that
/// the log has already may come again, unchanged: so records that overlap do no harm. A hole or a difference is refused.
struct RecordIntake {
  /// About how much goes into one transaction.
  static let bytesPerTransaction = 8 << 20

  private let file: LogFile
  /// The newest record that was taken, and may still wait to be stored.
  private(set) var head: LogHead
  /// All types that records may have, by their numbers.
  private(set) var types: [RecordType]
  private var storedTypes: Int
  private var usedTypes: Int
  private var waiting: [[UInt8]] = []
  private var waitingBytes = 0

  init(_ file: LogFile) throws(EventStoreError) {
    self.file = file
    (head, types) = try LMDBEventLog.snapshot(of: file, knownTypes: [])
    (storedTypes, usedTypes) = (types.count, types.count)
  }

  /// Whether everything that was taken is stored.
  var isFlushed: Bool { waiting.isEmpty }

  /// Learns the types that the coming records may have. Those that no record has are not stored.
  /// - Parameter names: By their numbers, from the first.
  /// - Returns: Whether they agree with what is known.
  mutating func learn(_ names: [EventTypeName]) -> Bool {
    guard zip(types, names).allSatisfy({ $0.name == $1 }) else { return false }
    types += names.dropFirst(types.count).map(file.format.type)
    return true
  }

  /// - Throws: `.misplaced`
  mutating func take(_ record: [UInt8], at position: Position) throws(EventStoreError) {
    guard head.isBeyond(position.previous) == false else { return try compare(record, at: position) }
    guard position == head.next else { throw .misplaced(at: position, reason: "the next one must be at position \(head.next)") }
    let (type, next) = try record.withValueBytes { (bytes) throws(EventStoreError) in try check(bytes, at: position) }
    usedTypes = max(usedTypes, Int(type))
    head = next
    waiting.append(record)
    waitingBytes += record.count
    if waitingBytes >= RecordIntake.bytesPerTransaction { try flush() }
  }

  /// Stores what waits. When it returns, everything that was taken is on the disk.
  mutating func flush() throws(EventStoreError) {
    guard !isFlushed, let last = head.position else { return }
    let first = last.rawValue - UInt64(waiting.count) + 1
    try file.environment.write { (txn) throws(EventStoreError) in
      try storage { () throws(LMDBError) in
        for index in storedTypes..<usedTypes { try file.store(types[index].name, number: UInt64(index + 1), in: &txn) }
        for (offset, record) in waiting.enumerated() { try txn.put(first + UInt64(offset), record, in: file.events, .append) }
      }
      return .commit(())
    }
    storedTypes = usedTypes
    waiting.removeAll(keepingCapacity: true)
    waitingBytes = 0
  }

  /// - Returns: The number of the record's type, and the head that the log has with it.
  private func check(_ record: RawSpan, at position: Position) throws(EventStoreError) -> (type: UInt32, head: LogHead) {
    if let fault = EventView.headerFault(in: record, at: position, format: file.format, typeCount: types.count) {
      throw .misplaced(at: position, reason: fault)
    }
    let event = EventView(checked: record, at: position, types: types)
    if let fault = EventView.payloadFault(in: record, typeDigest: event.recordType.digest) {
      throw .misplaced(at: position, reason: fault)
    }
    guard event.previousChecksum == head.link(in: file.format) else {
      throw .misplaced(at: position, reason: "it follows another event than the one that is here")
    }
    guard event.logTime >= head.time else {
      throw .misplaced(at: position, reason: "its log time is before that of the event before it")
    }
    return (event.typeNumber, LogHead(position: position, time: event.logTime, prefixHash: event.prefixHash))
  }

  /// The log has a record at `position`: it must be this one.
  private mutating func compare(_ record: [UInt8], at position: Position) throws(EventStoreError) {
    try flush()
    let isSame = try file.environment.read { (txn) throws(EventStoreError) in
      try storage { () throws(LMDBError) in try txn.get(position.rawValue, in: file.events) == record }
    }
    guard isSame else { throw .misplaced(at: position, reason: "there is another event here") }
  }
}
