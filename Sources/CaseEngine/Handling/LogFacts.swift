import Argon2
import Crypto
import Domain
import EventStore
import Foundation
import Keys
import LMDB
import Schema

/// Facts from the log, the keys and the secrets store.
struct LogFacts: CommandFacts {
  let engine: CaseEngine

  func roster(of account: UUID) throws -> Roster { try engine.rosters.roster(of: account) }

  func packages(continuing borderNumber: String) throws -> [UUID] { try engine.lookup.packages(continuing: borderNumber) }

  func isApplication(_ number: String) throws -> Bool { try engine.lookup.application(number: number) != nil }

  func answersDigest(_ answers: Data, of person: UUID) throws -> UInt64 {
    try engine.keys.reader.open(person).map { AnswersDigest.of(answers, key: $0) } ?? 0
  }

  func formHash(of package: UUID) throws -> Data {
    var sections: [String: [UInt8]] = [:]
    for stored in try engine.log.events(
      EventQuery(.stream(StreamID(StreamNames.package(package))), types: .reading(ApplicationSaved.self)))
    {
      guard case .package(.applicationSaved(let saved)) = try stored.decoded(), let sealed = stored.sealed else { continue }
      sections["\(sealed.subject.streamText)/\(saved.sectionID)"] = sealed.bytes
    }
    var hash = SHA256()
    for (_, bytes) in sections.sorted(by: { $0.key < $1.key }) { hash.update(data: bytes) }
    return Data(hash.finalize())
  }

  func membershipKey(of material: [UInt8]) -> Data { Data(engine.keys.engine.membershipHash(of: material)) }

  func emailKey(of email: String) -> Data { engine.emailKey(of: email) }

  /// - Throws: Also ``KeyError`` if the personal data of the request cannot be opened.
  func email(of account: UUID) throws -> String {
    let query = EventQuery(
      .stream(StreamID(StreamNames.representative(account))), direction: .backwards,
      types: .reading(EnrolmentRequestSubmitted.self), limit: 1)
    guard let stored = try engine.log.events(query).first, let sealed = stored.sealed else { throw Refusal(.accountNotActive) }
    guard try engine.keys.reader.open(account) != nil else { throw KeyError.subjectKeyMissing(subject: account) }
    let encoded = EncodedEvent(
      type: stored.type.name, payload: stored.payload, sealed: .init(subject: sealed.subject, bytes: sealed.bytes))
    guard
      case .representative(.enrolmentRequestSubmitted(let submitted)) =
        try EventCodec().decode(encoded, id: stored.id, keys: engine.keys.reader),
      submitted.hasPersonal
    else { throw Refusal(.accountNotActive) }
    return submitted.personal.email
  }

  var passwords: any PasswordVault { ArgonVault(secrets: engine.secrets, hasher: engine.hasher) }
}

/// Password verifiers by Argon2, in the secrets store.
struct ArgonVault: PasswordVault {
  let secrets: Secrets
  let hasher: PasswordHasher

  var algorithm: String { Argon2.algorithmID }

  func matches(_ password: String, of account: UUID, version: UInt32) async throws -> Bool {
    guard let verifier = try secrets.verifier(of: account, version: version) else { return false }
    return try await hasher.verify(PasswordPolicy.normalized(password), against: verifier)
  }

  func fail(_ password: String) async throws { _ = try await hasher.verifier(of: PasswordPolicy.normalized(password)) }

  func store(_ password: String, of account: UUID, version: UInt32) async throws {
    let verifier = try await hasher.verifier(of: PasswordPolicy.normalized(password))
    try await secrets.put(verifier, of: account, version: version)
  }
}

extension Set<EventTypeName> {
  /// The stored names of everything that is read as one of `messages`.
  static func reading(_ messages: any EventMessage.Type...) -> Set { reading(messages) }

  static func reading(_ messages: [any EventMessage.Type]) -> Set {
    Set(EventCodec().storedNames(readAs: Set<String>(messages.map { $0.protoMessageName })).map { EventTypeName($0) })
  }
}
