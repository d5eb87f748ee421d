import Argon2
import Domain
import EventStore
import Foundation
import Keys
import LMDB
import Schema

extension Attempt {
  mutating func setPassword(_ new: NewPassword) async throws {
    let account = try account()
    let set = SetPassword(
      password: new.password, confirmation: new.confirmation, email: try engine.email(of: account),
      algorithm: Argon2.algorithmID)
    try decideCredential(.set(set), account)
    try await engine.store(new.password, of: account, version: 1)
  }

  /// Argon2 is asked only as far as needed: not about the new password if the old one is wrong.
  mutating func changePassword(old: String, _ new: NewPassword) async throws {
    let account = try account()
    let stream = StreamNames.credential(account)
    let state = try state(CredentialDecider.self, stream)
    let matches = try await engine.isPassword(old, of: account, version: state.version)
    let change = ChangePassword(
      password: new.password, confirmation: new.confirmation, email: try engine.email(of: account),
      oldPasswordMatches: matches,
      isReused: matches ? try await engine.isRemembered(new.password, of: account, upTo: state.version) : false,
      algorithm: Argon2.algorithmID)
    do {
      try decideCredential(.change(change), account)
      try await engine.store(new.password, of: account, version: state.version + 1)
    } catch let refusal as Refusal {
      let trace = CredentialDecider.trace(of: refusal, given: state)
      guard !trace.isEmpty else { throw refusal }
      for event in trace { try plan(.credential(event, account: account)) }
      self.refusal = refusal
    }
  }

  private mutating func decideCredential(_ command: CredentialCommand, _ account: UUID) throws {
    try decide(CredentialDecider.self, command, on: StreamNames.credential(account)) {
      .credential($0, account: account)
    }
  }
}

extension CaseEngine {
  /// The e-mail address in the account's newest enrolment request.
  /// - Throws: `account.not_active` if there was none, ``KeyError`` if its personal data cannot be opened.
  fileprivate func email(of account: UUID) throws -> String {
    let types = Set(EventCodec().storedNames(readAs: [EnrolmentRequestSubmitted.protoMessageName]).map { EventTypeName($0) })
    let stream = StreamID(StreamNames.representative(account))
    let query = EventQuery(.stream(stream), direction: .backwards, types: types, limit: 1)
    guard let stored = try log.events(query).first, let sealed = stored.sealed else { throw Refusal(.accountNotActive) }
    guard try subjectKey(of: account) != nil else { throw KeyError.subjectKeyMissing(subject: account) }
    let encoded = EncodedEvent(
      type: stored.type.name, payload: stored.payload, sealed: .init(subject: sealed.subject, bytes: sealed.bytes))
    guard
      case .representative(.enrolmentRequestSubmitted(let submitted)) =
        try EventCodec().decode(encoded, id: stored.id, keys: keys.reader),
      submitted.hasPersonal
    else { throw Refusal(.accountNotActive) }
    return submitted.personal.email
  }

  fileprivate func isPassword(_ password: String, of account: UUID, version: UInt32) async throws -> Bool {
    guard let verifier = try secrets.verifier(of: account, version: version) else { return false }
    return try await hasher.verify(PasswordPolicy.normalized(password), against: verifier)
  }

  /// Whether `password` is one of the last that policy remembers.
  fileprivate func isRemembered(_ password: String, of account: UUID, upTo version: UInt32) async throws -> Bool {
    let oldest = version - min(version, UInt32(PasswordPolicy.remembered)) + 1
    guard oldest <= version else { return false }
    for candidate in oldest...version where try await isPassword(password, of: account, version: candidate) { return true }
    return false
  }

  /// The verifier is on the disk before the event that names it.
  fileprivate func store(_ password: String, of account: UUID, version: UInt32) async throws {
    let verifier = try await hasher.verifier(of: PasswordPolicy.normalized(password))
    try await secrets.put(verifier, of: account, version: version)
  }
}
