import Foundation

/// Events that are being written together: it gives each its place, and knows the heads as they will be.
struct Batch {
  /// The heads of everything that the batch wrote.
  private(set) var heads = HeadMap()
  private(set) var head: LogHead
  /// How many appends it wrote.
  private(set) var appendCount = 0
  private let format: RecordFormat
  private let types: [RecordType]
  /// Type names that the log did not know before, with their numbers following those it knows.
  private(set) var newTypes: [RecordType] = []

  init(after head: LogHead, types: [RecordType], _ format: RecordFormat) {
    self.format = format
    self.head = head
    self.types = types
  }

  var isEmpty: Bool { heads.isEmpty }

  /// All types, those of the batch included.
  var allTypes: [RecordType] { newTypes.isEmpty ? types : types + newTypes }

  /// The heads of the append's chains, as they are now: in this batch, or before it.
  /// - Parameter before: The head before the batch of the chain with that index.
  func heads(of append: PreparedAppend, before: (Int) throws(EventStoreError) -> Head?) throws(EventStoreError) -> [Head?] {
    var found: [Head?] = []
    found.reserveCapacity(append.chains.count)
    for (index, chain) in append.chains.enumerated() {
      if let head = heads[chain] { found.append(head) } else { found.append(try before(index)) }
    }
    return found
  }

  /// Gives the events of `append` their places and has them written, one by one, in order.
  /// - Parameter chainHeads: Those of the append's chains.
  /// - Parameter write: Makes room for so many bytes at a position, and lets the record be written there.
  mutating func write(
    _ append: PreparedAppend, after chainHeads: [Head?], time: Timestamp, wallTime: Timestamp,
    write: (Position, Int, (inout MutableRawSpan) -> Void) throws(EventStoreError) -> Void
  ) throws(EventStoreError) -> Placement {
    var chainHeads = chainHeads
    heads.reserve(append.writtenCount)
    let records = append.records
    let numbers = append.types.map { number(of: $0) }
    let first = head.position?.next ?? .first
    for number in append.events.indices {
      let event = append.events[number]
      let place = RecordImages.Place(
        position: head.position?.next ?? .first, typeNumber: numbers[event.type], previousChecksum: head.link(in: format),
        logTime: time, wallTime: wallTime)
      var checksum: UInt64 = 0
      try write(place.position, records.byteCount(of: number)) { record in
        checksum = records.write(number, into: &record, at: place, links: append.links[event.links], heads: chainHeads)
      }
      for index in append.links[event.links] {
        let count = (chainHeads[index]?.count ?? 0) + 1
        chainHeads[index] = Head(position: place.position, count: count)
        heads.mark(append.chains[index], at: place.position, count: count)
      }
      head = LogHead(position: place.position, time: time, prefixHash: checksum)
    }
    for (chain, head) in zip(append.chains[..<append.writtenCount], chainHeads) { heads[chain] = head }
    appendCount += 1
    return Placement(first: first, last: head.position ?? first, time: time, heads: chainHeads, isRepeat: false)
  }

  private mutating func number(of type: EventTypeName) -> UInt32 {
    if let index = types.firstIndex(where: { $0.name == type })
      ?? newTypes.firstIndex(where: { $0.name == type }).map({ $0 + types.count })
    {
      return UInt32(index + 1)
    }
    newTypes.append(format.type(type))
    return UInt32(types.count + newTypes.count)
  }
}
