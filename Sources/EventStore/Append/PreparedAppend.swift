import Foundation

/// An append request that is checked and encoded as far as it can be without the log: the work of whoever appends, not of
/// the writer.
final class PreparedAppend: Sendable {
  struct Event: Sendable {
    let id: UUID
    /// Where its type stands in ``types``.
    let type: Int
    /// Where in ``links`` its chains stand: the stream, then each tag.
    let links: Range<Int>
  }

  let events: [Event]
  let records: RecordImages
  /// Every type of the events, once.
  let types: [EventTypeName]
  /// Every stream and tag of the events, once; then the streams that are expected upon and not written.
  let chains: [ChainName]
  /// How many of ``chains`` are written.
  let writtenCount: Int
  /// Indices into ``chains``, those of one event after those of the other.
  let links: [Int]
  /// What must hold of which of ``chains``, in the order of their names.
  let expectations: [(chain: Int, stream: StreamID, expectation: Expectation)]
  let notAfter: Timestamp?
  /// The greatest time in any event's id.
  let latestID: (index: Int, time: Timestamp)

  /// - Parameter format: That of the log.
  /// - Throws: `.invalid`
  init(_ request: AppendRequest, _ format: RecordFormat) throws(EventStoreError) {
    try request.validate()
    var chains = ChainTable(events: request.events.count)
    var types: [EventTypeName] = []
    var links: [Int] = []
    links.reserveCapacity(2 * request.events.count)
    var latest = (index: 0, time: request.events[0].id.v7Time)
    var events: [Event] = []
    events.reserveCapacity(request.events.count)
    let lent = request.events.span
    for index in lent.indices {
      let id = lent[index].id
      if id.v7Time > latest.time { latest = (index, id.v7Time) }
      let first = links.count
      links.append(chains.index(of: ChainName(lent[index].stream)))
      for tag in lent[index].tags { links.append(chains.index(of: ChainName(tag))) }
      events.append(Event(id: id, type: types.index(of: lent[index].type), links: first..<links.count))
    }
    self.events = events
    records = RecordImages(request.events, format)
    writtenCount = chains.names.count
    expectations =
      request.expectations.isEmpty
      ? []
      : request.expectations.sorted { $0.key < $1.key }.lazy
        .filter { $0.value != .any }.map { (chains.index(of: ChainName($0.key)), $0.key, $0.value) }
    self.types = types
    self.chains = chains.names
    self.links = links
    notAfter = request.notAfter
    latestID = latest
  }

  /// Where the stream of the event with that index stands in ``chains``.
  func stream(of event: Int) -> Int { links[events[event].links.lowerBound] }
}

extension [EventTypeName] {
  /// Where `type` stands, at the end if need be. They are few.
  fileprivate mutating func index(of type: EventTypeName) -> Int {
    if let index = firstIndex(of: type) { return index }
    append(type)
    return count - 1
  }
}

/// Names, each once, by the order of their first appearance.
private struct ChainTable {
  /// So many names are found faster by looking at each of them.
  private static let few = 12

  private(set) var names: [ChainName] = []
  private var indices: [ChainName: Int] = [:]

  init(events: Int) {
    names.reserveCapacity(2 * events)
    if events > ChainTable.few { indices.reserveCapacity(2 * events) }
  }

  mutating func index(of chain: ChainName) -> Int {
    if let index = names.count <= ChainTable.few ? names.firstIndex(of: chain) : indices[chain] { return index }
    names.append(chain)
    let index = names.count - 1
    if names.count == ChainTable.few + 1 {
      for (index, name) in names.enumerated() { indices[name] = index }
    } else if index > ChainTable.few {
      indices[chain] = index
    }
    return index
  }
}
