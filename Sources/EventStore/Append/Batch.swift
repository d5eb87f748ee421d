import Foundation

/// Events that are being written together: it gives each its place, and knows the heads as they will be.
struct Batch {
  /// The heads of everything that the batch wrote.
  private(set) var heads = HeadMap()
  private(set) var head: LogHead
  /// Type names that the log did not know before, with their numbers following those it knows.
  private(set) var newTypes: [EventTypeName] = []
  private var typeNumbers: [EventTypeName: UInt32]

  init(after head: LogHead, typeNumbers: [EventTypeName: UInt32]) {
    self.head = head
    self.typeNumbers = typeNumbers
  }

  var isEmpty: Bool { heads.heads.isEmpty }

  /// The place and the links of the next event. `before` gives heads as they were before this batch.
  mutating func plan(
    _ event: NewEvent, time: Timestamp, wallTime: Timestamp, before: (ChainName) throws(EventStoreError) -> Head?
  ) throws(EventStoreError) -> RecordPlan {
    let position = head.position?.next ?? .first
    let last = try last(of: .stream(event.stream), before: before)
    var tags: [RecordPlan.TagLink] = []
    tags.reserveCapacity(event.tags.count)
    for tag in event.tags {
      let last = try self.last(of: .tag(tag), before: before)
      tags.append(.init(tag: tag, previous: last?.position, ordinal: (last?.count ?? 0) + 1))
    }
    return RecordPlan(
      event: event, position: position, typeNumber: number(of: event.type), previousChecksum: head.prefixHash,
      logTime: time, wallTime: wallTime, revision: Revision(last?.count ?? 0), previousInStream: last?.position, tags: tags)
  }

  /// The planned event is written, under this header checksum.
  mutating func wrote(_ plan: RecordPlan, checksum: UInt64) {
    heads.advance(.stream(plan.event.stream), to: plan.position, count: plan.revision.rawValue + 1)
    for link in plan.tags { heads.advance(.tag(link.tag), to: plan.position, count: link.ordinal) }
    head = LogHead(position: plan.position, time: plan.logTime, prefixHash: checksum)
  }

  private func last(
    of chain: ChainName, before: (ChainName) throws(EventStoreError) -> Head?
  ) throws(EventStoreError) -> Head? {
    if let head = heads.heads[chain] { return head }
    return try before(chain)
  }

  private mutating func number(of type: EventTypeName) -> UInt32 {
    if let number = typeNumbers[type] { return number }
    let number = UInt32(typeNumbers.count + 1)
    typeNumbers[type] = number
    newTypes.append(type)
    return number
  }
}

extension AppendReceipt {
  /// The receipt of events that were planned just now.
  init(of plans: [RecordPlan.Place]) {
    var revisions: [StreamID: Revision] = [:]
    for place in plans { revisions[place.stream] = place.revision }
    self.init(
      first: plans[0].position, last: plans[plans.count - 1].position, time: plans[0].time, revisions: revisions, isRepeat: false)
  }
}

extension RecordPlan {
  /// What a receipt needs to know of a plan.
  struct Place {
    let position: Position
    let time: Timestamp
    let stream: StreamID
    let revision: Revision
  }

  var place: Place { Place(position: position, time: logTime, stream: event.stream, revision: revision) }
}
