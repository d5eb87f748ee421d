import EventStore
import LMDB

/// Reads the whole log and checks what every record says of its neighbours; the checksums are checked by reading.
struct LogCheck {
  private(set) var events: UInt64 = 0
  private(set) var problems: [String] = []
  private var streams: [StreamID: Head] = [:]
  private var tags: [Tag: Head] = [:]
  private var time = Timestamp(microseconds: .min)

  init(_ log: any EventLog) {
    do throws(EventStoreError) {
      try log.read(EventQuery(.all)) { event in
        check(event)
        return .next
      }
    } catch {
      problems.append(error.description)
    }
  }

  private mutating func check(_ event: borrowing EventView) {
    let position = event.position
    events += 1
    expect(position.rawValue == events, position, "it is not the position after the one before it")
    expect(event.logTime >= time, position, "its log time is earlier than that of the event before it")
    time = event.logTime
    let before = streams[event.stream]
    expect(
      event.previousInStream == before?.position, position, "its link to the event before it in its stream is wrong")
    expect(event.revision.rawValue == before?.count ?? 0, position, "its revision is wrong")
    streams[event.stream] = Head(position: position, count: (before?.count ?? 0) + 1)
    event.forEachTag { name, previous, ordinal in
      let tag = Tag(unchecked: String(ascii: name))
      expect(previous == tags[tag]?.position, position, "its link to the event before it with the tag \(tag) is wrong")
      expect(
        ordinal == (tags[tag]?.count ?? 0) + 1, position, "its place among the events with the tag \(tag) is wrong")
      tags[tag] = Head(position: position, count: ordinal)
    }
  }

  private mutating func expect(_ isRight: Bool, _ position: Position, _ what: String) {
    if !isRight { problems.append("position \(position): \(what)") }
  }
}
