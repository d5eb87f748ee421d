import Crypto
import Foundation
import Schema
import SwiftProtobuf

/// An event as the log stores it.
public struct EncodedEvent: Hashable, Sendable {
  public var type: String
  /// The part anyone may read: the serialized message without `personal`.
  public var payload: [UInt8]
  public var sealed: Sealed?

  public struct Sealed: Hashable, Sendable {
    public var subject: UUID
    public var bytes: [UInt8]

    public init(subject: UUID, bytes: [UInt8]) {
      self.subject = subject
      self.bytes = bytes
    }
  }

  public init(type: String, payload: [UInt8], sealed: Sealed? = nil) {
    self.type = type
    self.payload = payload
    self.sealed = sealed
  }
}

/// Events to stored bytes and back. Total: hostile bytes throw, they never trap.
public struct EventCodec: Sendable {
  let upcasters: Upcasters

  /// Reads every type and every version of it that was ever released.
  public init() { self.init(upcasters: .released) }

  init(upcasters: Upcasters) { self.upcasters = upcasters }

  // MARK: Writing

  /// - Parameters:
  ///   - id: The event's identifier, to which personal data is bound.
  ///   - subject: Whose personal data the event holds; not needed if it holds none.
  /// - Throws: `.noKey` if the event holds personal data and `subject` or its key is missing; `.unknownType` for a message
  ///   that the catalogue lacks, which could be stored and never read.
  public func encode(
    _ event: DomainEvent, id: UUID, subject: UUID?, keys: some SubjectKeys
  ) throws(WireError) -> EncodedEvent {
    try encode(event.message, id: id, subject: subject, keys: keys)
  }

  private func encode(
    _ message: some EventMessage, id: UUID, subject: UUID?, keys: some SubjectKeys
  ) throws(WireError) -> EncodedEvent {
    let type = type(of: message).protoMessageName
    guard let entry = EventCatalogue.entry(named: type) else { throw .unknownType(type) }
    if let personal = message as? any PersonalEventMessage {
      return try encode(personal: personal, id: id, subject: subject, keys: keys)
    }
    guard !entry.isPersonal else { throw .malformed(type: type) }
    return EncodedEvent(type: type, payload: try bytes(of: message))
  }

  private func encode<M: PersonalEventMessage>(
    personal message: M, id: UUID, subject: UUID?, keys: some SubjectKeys
  ) throws(WireError) -> EncodedEvent {
    let type = M.protoMessageName
    var clear = message
    clear.clearPersonal()
    let payload = try bytes(of: clear)
    guard message.hasPersonal else { return EncodedEvent(type: type, payload: payload) }
    guard let subject, case .available(let key) = keys.key(of: subject) else { throw .noKey(type: type) }
    let sealed = try SubjectSeal.seal(Data(try bytes(of: message.personal)), key: key, event: id, type: type)
    return EncodedEvent(type: type, payload: payload, sealed: .init(subject: subject, bytes: [UInt8](sealed)))
  }

  private func bytes<M: SwiftProtobuf.Message>(of message: M) throws(WireError) -> [UInt8] {
    do { return try message.serializedBytes() } catch { throw .malformed(type: M.protoMessageName) }
  }

  // MARK: Reading

  /// What reads the events of a stored type, old versions included.
  /// - Throws: `.unknownType` if this build does not know the type.
  public func reader(of type: String) throws(WireError) -> EventReader {
    let chain = upcasters.chain(from: type)
    guard let entry = EventCatalogue.entry(named: chain.last?.next ?? type) else { throw .unknownType(type) }
    return EventReader(of: type, chain, entry)
  }

  /// The event without its personal data.
  public func decode(type: String, payload: [UInt8]) throws(WireError) -> DomainEvent {
    try reader(of: type).read(Data(payload).bytes)
  }

  /// The event with its personal data if the subject's key is at hand; without, if it is withheld or destroyed.
  public func decode(_ stored: EncodedEvent, id: UUID, keys: some SubjectKeys) throws(WireError) -> DomainEvent {
    guard let sealed = stored.sealed, case .available(let key) = keys.key(of: sealed.subject) else {
      return try decode(type: stored.type, payload: stored.payload)
    }
    let plaintext = try SubjectSeal.open(Data(sealed.bytes), key: key, event: id, type: stored.type)
    return try reader(of: stored.type).read(Data(stored.payload).bytes, personal: plaintext)
  }

  /// The personal data that a row keeps sealed, for a reader who may see it.
  public func open<Personal: SwiftProtobuf.Message>(
    _ sealed: Sealed, as personal: Personal.Type, keys: some SubjectKeys
  ) throws(WireError) -> Opened<Personal> {
    guard let subject = UUID(sealed.subjectID), let event = UUID(sealed.eventID) else {
      throw .malformed(type: sealed.eventType)
    }
    switch keys.key(of: subject) {
    case .withheld: return .sealed
    case .missing: return .noKey
    case .destroyed: return .erased
    case .available(let key):
      let plaintext = try SubjectSeal.open(sealed.ciphertext, key: key, event: event, type: sealed.eventType)
      let current = try reader(of: sealed.eventType).currentPersonal(plaintext)
      do { return .open(try Personal(serializedBytes: current)) } catch { throw .malformed(type: sealed.eventType) }
    }
  }

  /// The stream kind of a stored type, old versions included; `nil` if this build does not know the type.
  public func streamKind(ofType type: String) -> StreamKind? { try? reader(of: type).stream }

  /// The stored names that are read as one of `names`: these themselves and the old versions that upcasters lead to them.
  public func storedNames(readAs names: Set<String>) -> Set<String> {
    names.union(upcasters.types.filter { names.contains(upcasters.currentType(of: $0)) })
  }
}
