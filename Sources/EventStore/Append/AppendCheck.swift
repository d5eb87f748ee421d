import Foundation

extension AppendRequest {
  /// Looks for what makes the request impossible whatever the log holds.
  /// - Throws: `.invalid`
  func validate() throws(EventStoreError) {
    guard !events.isEmpty else { throw .invalid(.noEvents) }
    guard events.count <= AppendLimits.eventsPerAppend else { throw .invalid(.tooManyEvents(events.count)) }
    if let index = indexOfRepeatedID { throw .invalid(.repeatedEventID(index: index)) }
    let lent = events.span
    for index in lent.indices {
      guard lent[index].id.isV7 else { throw .invalid(.notUUIDv7(index: index)) }
      guard lent[index].tags.count <= AppendLimits.tagsPerEvent else {
        throw .invalid(.tooManyTags(index: index, count: lent[index].tags.count))
      }
      guard !lent[index].hasRepeatedTag else { throw .invalid(.repeatedTag(index: index)) }
      let bytes = lent[index].payloadByteCount
      guard bytes <= AppendLimits.bytesPerEvent else { throw .invalid(.eventTooLarge(index: index, bytes: bytes)) }
    }
  }

  private var indexOfRepeatedID: Int? {
    guard events.count > 1 else { return nil }
    var ids = Set<RandomID>(minimumCapacity: events.count)
    return events.indices.first { !ids.insert(RandomID(id: events[$0].id)).inserted }
  }
}

extension NewEvent {
  fileprivate var hasRepeatedTag: Bool {
    tags.indices.dropFirst().contains { index in tags[..<index].contains(tags[index]) }
  }
}
