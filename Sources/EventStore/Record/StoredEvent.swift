import Foundation
import LMDB

/// A copy of an event of the log.
public struct StoredEvent: Sendable, Equatable {
  public let position: Position
  public let id: UUID
  public let type: EventTypeName
  public let logTime: Timestamp
  public let wallTime: Timestamp
  public let stream: StreamID
  public let revision: Revision
  public let tags: [Tag]
  public let origin: Origin
  public let payload: [UInt8]
  public let sealed: SealedPayload?
  /// The running hash of the log up to and with this event.
  public let prefixHash: UInt64

  /// An event with its place in the log it comes from, for ``LogImport``.
  public init(
    _ event: NewEvent, position: Position, revision: Revision, logTime: Timestamp, wallTime: Timestamp, prefixHash: UInt64
  ) {
    self.position = position
    id = event.id
    type = event.type
    self.logTime = logTime
    self.wallTime = wallTime
    stream = event.stream
    self.revision = revision
    tags = event.tags
    origin = event.origin
    payload = event.payload
    sealed = event.sealed
    self.prefixHash = prefixHash
  }

  public init(_ view: borrowing EventView) {
    position = view.position
    id = view.id
    type = view.type
    logTime = view.logTime
    wallTime = view.wallTime
    stream = view.stream
    revision = view.revision
    tags = view.tags
    origin = view.origin
    payload = [UInt8](view.payload)
    sealed = view.sealedSubject.map { [bytes = [UInt8](view.sealedBytes)] in SealedPayload(subject: $0, bytes: bytes) }
    prefixHash = view.prefixHash
  }
}
