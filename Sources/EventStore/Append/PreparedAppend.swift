import Foundation

/// An append request that is checked and encoded as far as it can be without the log: the work of whoever appends, not of
/// the writer.
struct PreparedAppend: Sendable {
  struct Event: Sendable {
    let id: UUID
    let type: EventTypeName
    let image: RecordImage
    /// Indices into ``chains``: the stream, then each tag.
    let chains: [Int]
  }

  let events: [Event]
  /// Every stream and tag of the events, once.
  let chains: [ChainName]
  let expectations: [(chain: ChainName, stream: StreamID, expectation: Expectation)]
  let notAfter: Timestamp?
  /// The greatest time in any event's id.
  let latestID: (index: Int, time: Timestamp)

  /// - Throws: `.invalid`
  init(_ request: AppendRequest) throws(EventStoreError) {
    try request.validate()
    var chains: [ChainName] = []
    var indices: [ChainName: Int] = [:]
    func index(of chain: ChainName) -> Int {
      if let index = indices[chain] { return index }
      chains.append(chain)
      indices[chain] = chains.count - 1
      return chains.count - 1
    }
    var latest = (index: 0, time: request.events[0].id.v7Time)
    events = request.events.enumerated().map { number, event in
      if event.id.v7Time > latest.time { latest = (number, event.id.v7Time) }
      let chains = [index(of: ChainName(event.stream))] + event.tags.map { index(of: ChainName($0)) }
      return Event(id: event.id, type: event.type, image: RecordImage(event), chains: chains)
    }
    self.chains = chains
    expectations = request.expectations.lazy.filter { $0.value != .any }
      .map { (ChainName($0.key), $0.key, $0.value) }.sorted { $0.stream < $1.stream }
    notAfter = request.notAfter
    latestID = latest
  }

  /// The stream of an event.
  func stream(of event: Event) -> ChainName { chains[event.chains[0]] }
}
