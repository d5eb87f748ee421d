import Foundation

extension AppendRequest {
  /// Looks for what makes the request impossible whatever the log holds.
  /// - Throws: `.invalid`
  func validate() throws(EventStoreError) {
    guard !events.isEmpty else { throw .invalid(.noEvents) }
    guard events.count <= AppendLimits.eventsPerAppend else { throw .invalid(.tooManyEvents(events.count)) }
    if let index = events.indexOfRepeatedID { throw .invalid(.repeatedEventID(index: index)) }
    for (index, event) in events.enumerated() {
      guard event.id.isV7 else { throw .invalid(.notUUIDv7(index: index)) }
      guard event.tags.count <= AppendLimits.tagsPerEvent else {
        throw .invalid(.tooManyTags(index: index, count: event.tags.count))
      }
      guard !event.hasRepeatedTag else { throw .invalid(.repeatedTag(index: index)) }
      let bytes = event.payloadByteCount
      guard bytes <= AppendLimits.bytesPerEvent else { throw .invalid(.eventTooLarge(index: index, bytes: bytes)) }
    }
  }
}

extension NewEvent {
  fileprivate var hasRepeatedTag: Bool {
    tags.indices.dropFirst().contains { index in tags[..<index].contains(tags[index]) }
  }
}

extension [NewEvent] {
  fileprivate var indexOfRepeatedID: Int? {
    guard count > 1 else { return nil }
    var ids = Set<UUID>(minimumCapacity: count)
    return firstIndex { !ids.insert($0.id).inserted }
  }
}
