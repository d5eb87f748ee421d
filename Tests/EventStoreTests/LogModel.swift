import EventStore
import Foundation
import LMDB

/// What a log must do, said in the plainest way: an array, looked through from one end to the other.
struct LogModel {
  struct Entry: Equatable {
    let event: NewEvent
    let position: Position
    let revision: Revision
    let logTime: Timestamp
    let wallTime: Timestamp
  }

  private(set) var entries: [Entry] = []

  var lastTime: Timestamp { entries.last?.logTime ?? Timestamp(microseconds: .min) }

  func length(of stream: StreamID) -> UInt64 { UInt64(entries.count { $0.event.stream == stream }) }

  private func revision(of stream: StreamID) -> Revision? {
    let length = length(of: stream)
    return length == 0 ? nil : Revision(length - 1)
  }

  // MARK: Appending

  /// What an append has to answer. It is done if it is not refused.
  mutating func append(_ request: AppendRequest, at wallTime: Timestamp) throws(EventStoreError) -> AppendReceipt {
    if let fault = fault(of: request) { throw .invalid(fault) }
    if let receipt = try earlierReceipt(of: request) { return receipt }
    for event in request.events {
      if let entry = entries.first(where: { $0.event.id == event.id && $0.event.stream == event.stream }) {
        throw .eventIDReused(event.id, at: entry.position)
      }
    }
    let time = max(wallTime, lastTime)
    if let limit = request.notAfter, time > limit { throw .tooLate(limit: limit, logTime: time) }
    let latest = request.events.indices.reduce(0) { request.events[$1].id.v7Time > request.events[$0].id.v7Time ? $1 : $0 }
    if request.events[latest].id.v7Time > time { throw .invalid(.idFromTheFuture(index: latest)) }
    for (stream, expectation) in request.expectations.sorted(by: { $0.key < $1.key }) where !holds(expectation, stream) {
      throw .conflict(stream: stream, expected: expectation, actual: revision(of: stream))
    }
    let first = entries.count
    for event in request.events {
      entries.append(
        Entry(
          event: event, position: position(UInt64(entries.count + 1)), revision: Revision(length(of: event.stream)), logTime: time,
          wallTime: wallTime))
    }
    return receipt(first..<entries.count, isRepeat: false)
  }

  private func fault(of request: AppendRequest) -> AppendFault? {
    if request.events.isEmpty { return .noEvents }
    if request.events.count > 1_000 { return .tooManyEvents(request.events.count) }
    for (index, event) in request.events.enumerated() {
      if request.events[..<index].contains(where: { $0.id == event.id }) { return .repeatedEventID(index: index) }
      if event.tags.count > 8 { return .tooManyTags(index: index, count: event.tags.count) }
      if Set(event.tags).count < event.tags.count { return .repeatedTag(index: index) }
    }
    return nil
  }

  private func holds(_ expectation: EventStore.Expectation, _ stream: StreamID) -> Bool {
    switch expectation {
    case .any: true
    case .noStream: length(of: stream) == 0
    case .streamExists: length(of: stream) > 0
    case .revision(let revision): length(of: stream) == revision.rawValue + 1
    }
  }

  private func earlierReceipt(of request: AppendRequest) throws(EventStoreError) -> AppendReceipt? {
    let first = request.events[0]
    guard let start = entries.firstIndex(where: { $0.event.id == first.id && $0.event.stream == first.stream }) else { return nil }
    let range = start..<start + request.events.count
    guard range.upperBound <= entries.count, entries[range].map(\.event.id) == request.events.map(\.id),
      entries[range].map(\.event.stream) == request.events.map(\.stream)
    else { throw .eventIDReused(first.id, at: entries[start].position) }
    return receipt(range, isRepeat: true)
  }

  private func receipt(_ range: Range<Int>, isRepeat: Bool) -> AppendReceipt {
    var revisions: [StreamRevision] = []
    for entry in entries[range] {
      let last = StreamRevision(entry.event.stream, entry.revision)
      if let index = revisions.firstIndex(where: { $0.stream == last.stream }) { revisions[index] = last } else { revisions.append(last) }
    }
    return AppendReceipt(
      first: entries[range.lowerBound].position, last: entries[range.upperBound - 1].position, time: entries[range.upperBound - 1].logTime,
      revisions: revisions, isRepeat: isRepeat)
  }

  // MARK: Reading

  func read(_ query: EventQuery) -> [Entry] {
    var found = entries.filter { entry in
      let isOfSource =
        switch query.source {
        case .all: true
        case .stream(let stream): entry.event.stream == stream
        case .tag(let tag): entry.event.tags.contains(tag)
        }
      let isInside =
        switch (query.start, query.direction) {
        case (.end, _): true
        case (.position(let start), .forwards): entry.position >= start
        case (.position(let start), .backwards): entry.position <= start
        case (.time(let start), .forwards): entry.logTime >= start
        case (.time(let start), .backwards): entry.logTime <= start
        }
      let isOfShare = query.share.map { $0.number == LogModel.share(of: entry.event, by: $0.key, of: $0.count) } ?? true
      return isOfSource && isInside && isOfShare && entry.position <= query.upTo ?? entry.position && query.types?.contains(entry.event.type) ?? true
    }
    if query.direction == .backwards { found.reverse() }
    return Array(found.prefix(query.limit ?? found.count))
  }

  /// Which share the event falls to.
  static func share(of event: NewEvent, by key: EventKey, of count: Int) -> Int {
    var name = event.stream.name
    if case .tag(let prefix) = key, let tag = event.tags.first(where: { $0.name.hasPrefix(prefix) && $0.name != prefix }) { name = tag.name }
    return Int(Checksum.of(name, seed: 0) % UInt64(count))
  }

  func head(_ belongs: (NewEvent) -> Bool) -> Head? {
    let chain = entries.filter { belongs($0.event) }
    return chain.last.map { Head(position: $0.position, count: UInt64(chain.count)) }
  }
}

extension LogModel.Entry {
  init(_ stored: StoredEvent) {
    self.init(
      event: NewEvent(
        id: stored.id, stream: stored.stream, type: stored.type, tags: stored.tags, origin: stored.origin, payload: stored.payload,
        sealed: stored.sealed),
      position: stored.position, revision: stored.revision, logTime: stored.logTime, wallTime: stored.wallTime)
  }
}
