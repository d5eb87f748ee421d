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
