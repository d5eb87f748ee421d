import Crypto
import Foundation
import Schema
import SwiftProtobuf
import Testing
import TestSupport

@testable import Domain

@Suite("Event codec")
struct CodecTests {
  private let codec = EventCodec()
  private let id = UUID.test(7)
  private let keys = OneKey(subject: AllEvents.subject)

  private struct OneKey: SubjectKeys {
    let subject: UUID
    var key = SubjectKey.available(SymmetricKey(data: Data(repeating: 7, count: 32)))
    func key(of subject: UUID) -> SubjectKey { subject == self.subject ? key : .withheld }
  }

  private func encode(_ event: DomainEvent) throws -> EncodedEvent {
    try codec.encode(event, id: id, subject: AllEvents.subject, keys: keys)
  }

  @Test("There is a sample of every event type, and none has two names")
  func complete() throws {
    let names = try AllEvents.all.map { try encode($0).type }
    #expect(Set(names) == Set(EventCatalogue.all.map(\.name)) && names.count == EventCatalogue.all.count)
    #expect(names.allSatisfy { $0.hasPrefix("dossier.v1.") })
    #expect(names.allSatisfy { codec.streamKind(ofType: $0) == EventCatalogue.entry(named: $0)?.stream })
  }

  @Test("Every event comes back as it was, and the same event gives the same bytes", arguments: AllEvents.all)
  func roundTrip(event: DomainEvent) throws {
    let stored = try encode(event)
    #expect(try codec.decode(stored, id: id, keys: keys) == event)
    #expect(try encode(event) == stored)
  }

  @Test("Personal data never stands in the clear part", arguments: AllEvents.all)
  func clearPart(event: DomainEvent) throws {
    let stored = try encode(event)
    #expect((stored.sealed != nil) == (event.message is any PersonalEventMessage))
    let clear = try encode(codec.decode(type: stored.type, payload: stored.payload))
    #expect(clear.payload == stored.payload && clear.sealed == nil)
    if let sealed = stored.sealed { #expect((sealed.bytes.count - 28) % 64 == 0 && sealed.subject == AllEvents.subject) }
  }

  @Test("Every event has a summary in both languages, without personal data", arguments: AllEvents.all)
  func summaries(event: DomainEvent) throws {
    let stored = try encode(event)
    let summary = event.summary
    #expect(!summary.english.isEmpty && !summary.french.isEmpty)
    #expect(try codec.decode(type: stored.type, payload: stored.payload).summary == summary)
  }

  @Test("Without the key an event decodes all the same; what is sealed or erased says so")
  func withoutKey() throws {
    let stored = try encode(.client(.clientRegistered(.with { $0.personal.familyName = "Incredible" })))
    #expect(try codec.decode(stored, id: id, keys: NoKeys()) == .client(.clientRegistered(.init())))
    let row = Sealed.with {
      ($0.subjectID, $0.eventID, $0.eventType) = (AllEvents.subject.data, id.data, stored.type)
      $0.ciphertext = Data(stored.sealed?.bytes ?? [])
    }
    let name = PersonalName.with { $0.familyName = "Incredible" }
    #expect(try codec.open(row, as: PersonalName.self, keys: keys) == .open(name))
    #expect(try codec.open(row, as: PersonalName.self, keys: NoKeys()) == .sealed)
    let destroyed = OneKey(subject: AllEvents.subject, key: .destroyed)
    #expect(try codec.open(row, as: PersonalName.self, keys: destroyed) == .erased)
  }

  @Test("An event with personal data is not encoded without its subject's key")
  func needsKey() {
    let event = DomainEvent.client(.clientRegistered(.with { $0.personal.familyName = "Incredible" }))
    let refused = WireError.noKey(type: "dossier.v1.ClientRegistered")
    #expect(throws: refused) { try codec.encode(event, id: id, subject: nil, keys: keys) }
    #expect(throws: refused) { try codec.encode(event, id: id, subject: .test(2), keys: keys) }
  }

  @Test("No single flipped bit of what is sealed opens")
  func flippedBits() throws {
    let stored = try encode(.client(.clientRegistered(.with { $0.personal.familyName = "Incredible" })))
    let sealed = try #require(stored.sealed)
    for bit in 0..<sealed.bytes.count * 8 {
      var damaged = stored
      damaged.sealed?.bytes[bit / 8] ^= 1 << (bit % 8)
      #expect(throws: WireError.notAuthentic(type: stored.type)) { try codec.decode(damaged, id: id, keys: keys) }
    }
    for length in 0..<sealed.bytes.count {
      var short = stored
      short.sealed?.bytes = Array(sealed.bytes.prefix(length))
      #expect(throws: WireError.self) { try codec.decode(short, id: id, keys: keys) }
    }
  }

  @Test("Sealed data opens for its own event, type and key only")
  func bound() throws {
    let stored = try encode(.client(.clientRegistered(.with { $0.personal.familyName = "Incredible" })))
    #expect(throws: WireError.notAuthentic(type: stored.type)) { try codec.decode(stored, id: .test(8), keys: keys) }
    var otherType = stored
    otherType.type = "dossier.v1.PersonRegistered"
    #expect(throws: WireError.notAuthentic(type: otherType.type)) { try codec.decode(otherType, id: id, keys: keys) }
    let otherKey = OneKey(
      subject: AllEvents.subject, key: .available(SymmetricKey(data: Data(repeating: 8, count: 32))))
    #expect(throws: WireError.notAuthentic(type: stored.type)) { try codec.decode(stored, id: id, keys: otherKey) }
    var otherSubject = stored
    otherSubject.sealed?.subject = .test(2)
    #expect(try codec.decode(otherSubject, id: id, keys: keys) == .client(.clientRegistered(.init())))
  }

  @Test("The same words are sealed differently in another event")
  func nonces() throws {
    let event = DomainEvent.client(.clientRegistered(.with { $0.personal.familyName = "Incredible" }))
    let other = try codec.encode(event, id: .test(8), subject: AllEvents.subject, keys: keys)
    #expect(try encode(event).sealed?.bytes.prefix(12) != other.sealed?.bytes.prefix(12))
  }

  @Test("Padding comes off again, whatever the length and the last bytes", arguments: 0...130)
  func padding(length: Int) {
    for filler in [UInt8(0), 0x80, 1] {
      let plain = Data(repeating: filler, count: length)
      let padded = SubjectSeal.pad(plain)
      #expect(padded.count % 64 == 0 && padded.count > length && SubjectSeal.unpad(padded) == plain)
    }
    #expect(SubjectSeal.unpad(Data(count: 64)) == nil && SubjectSeal.unpad(Data()) == nil)
  }

  @Test("A commitment accepts its own key and subject and nothing else")
  func commitment() {
    let (key, other) = (SymmetricKey(data: Data(count: 32)), SymmetricKey(data: Data(repeating: 1, count: 32)))
    let commitment = KeyCommitment.of(key, subject: id)
    #expect(commitment.count == 32 && KeyCommitment.accepts(key, subject: id, commitment: commitment))
    #expect(!KeyCommitment.accepts(other, subject: id, commitment: commitment))
    #expect(!KeyCommitment.accepts(key, subject: .test(8), commitment: commitment))
    #expect(!KeyCommitment.accepts(key, subject: id, commitment: commitment.dropLast()))
  }

  @Test("The digest of answers depends on the answers and on the key")
  func digests() {
    let (key, other) = (SymmetricKey(data: Data(count: 32)), SymmetricKey(data: Data(repeating: 1, count: 32)))
    let digests = [("a", key), ("b", key), ("a", other)].map { AnswersDigest.of(Data($0.0.utf8), key: $0.1) }
    #expect(Set(digests).count == 3 && AnswersDigest.of(Data("a".utf8), key: key) == digests[0])
  }

  // MARK: Hostile bytes

  @Test("An unknown type is named")
  func unknownType() {
    #expect(throws: WireError.unknownType("dossier.v9.Strange")) {
      try codec.decode(type: "dossier.v9.Strange", payload: [])
    }
    #expect(codec.streamKind(ofType: "dossier.v9.Strange") == nil)
  }

  @Test("Personal data smuggled into the clear part is refused")
  func smuggled() throws {
    let message = ClientRegistered.with { $0.personal.familyName = "Incredible" }
    let bytes: [UInt8] = try message.serializedBytes()
    #expect(throws: WireError.malformed(type: "dossier.v1.ClientRegistered")) {
      try codec.decode(type: "dossier.v1.ClientRegistered", payload: bytes)
    }
  }

  @Test("Damaged payloads throw or decode, and every fold bears what they decode to")
  func hostile() throws {
    var dice = Dice(state: 2024)
    var folds = AllFolds()
    for _ in 0..<20_000 {
      guard let event = AllEvents.all.randomElement(using: &dice) else { return }
      var stored = try encode(event)
      for _ in 0..<Int.random(in: 1...4, using: &dice) where !stored.payload.isEmpty {
        stored.payload[Int.random(in: stored.payload.indices, using: &dice)] = UInt8.random(in: 0...255, using: &dice)
      }
      guard let damaged = try? codec.decode(type: stored.type, payload: stored.payload) else { continue }
      folds.evolve(with: damaged, at: Instant(microseconds: Int64.random(in: .min ... .max, using: &dice)))
      _ = damaged.summary
    }
  }

  // MARK: Upcasters

  /// `dossier.v0.ClientNamed` had the identifier in a field of another number, and its one name backwards.
  private static let old = Upcaster(
    type: "dossier.v0.ClientNamed", next: "dossier.v0.ClientKnown",
    clear: { clear in
      let old = try EnrolmentDocumentsProvided(serializedBytes: clear)
      return try ApplicantAdded.with { $0.personID = old.documentIds.first ?? Data() }.serializedBytes()
    }, personal: { Data($0.reversed()) })
  private static let older = Upcaster(
    type: "dossier.v0.ClientKnown", next: "dossier.v1.ClientRegistered",
    clear: { clear in
      let old = try ApplicantAdded(serializedBytes: clear)
      return try ClientRegistered.with { $0.clientID = old.personID }.serializedBytes()
    },
    personal: { name in
      try PersonalName.with { $0.familyName = String(decoding: name, as: UTF8.self) }.serializedBytes()
    })

  @Test("An old event is read as the one that took its place, over several versions, sealed part included")
  func upcasts() throws {
    let codec = EventCodec(upcasters: Upcasters([Self.old, Self.older]))
    guard case .available(let key) = keys.key(of: AllEvents.subject) else { return }
    let sealed = try SubjectSeal.seal(Data("otrahuS".utf8), key: key, event: id, type: Self.old.type)
    let stored = EncodedEvent(
      type: Self.old.type,
      payload: try EnrolmentDocumentsProvided.with { $0.documentIds = [AllEvents.subject.data] }.serializedBytes(),
      sealed: .init(subject: AllEvents.subject, bytes: [UInt8](sealed)))
    let expected = ClientRegistered.with {
      $0.clientID = AllEvents.subject.data
      $0.personal.familyName = "Suharto"
    }
    #expect(try codec.decode(stored, id: id, keys: keys) == .client(.clientRegistered(expected)))
    let row = Sealed.with {
      ($0.subjectID, $0.eventID, $0.eventType) = (AllEvents.subject.data, id.data, stored.type)
      $0.ciphertext = sealed
    }
    #expect(try codec.open(row, as: PersonalName.self, keys: keys) == .open(expected.personal))
    #expect(codec.streamKind(ofType: Self.old.type) == .client)
    #expect(codec.storedNames(readAs: ["dossier.v1.ClientRegistered"]).count == 3)
    #expect(throws: WireError.unknownType(Self.old.type)) { try EventCodec().decode(type: Self.old.type, payload: []) }
  }
}
