import Foundation

extension AppendRequest {
  /// Looks for what makes the request impossible whatever the log holds.
  /// - Throws: `.invalid`
  func validate() throws(EventStoreError) {
    guard !events.isEmpty else { throw .invalid(.noEvents) }
    guard events.count <= AppendLimits.eventsPerAppend else { throw .invalid(.tooManyEvents(events.count)) }
    var ids = Set<UUID>(minimumCapacity: events.count)
    for (index, event) in events.enumerated() {
      guard event.id.isV7 else { throw .invalid(.notUUIDv7(index: index)) }
      guard ids.insert(event.id).inserted else { throw .invalid(.repeatedEventID(index: index)) }
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
