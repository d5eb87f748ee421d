import Domain
import EventStore
import Foundation
import Schema

/// What the log says of passwords: who has one, and its version.
struct SecretsLog {
  private let log: any EventLog

  init(_ log: any EventLog) { self.log = log }

  /// The version of everybody's newest password.
  func passwords() throws(SecretsError) -> [UUID: UInt32] {
    let types = EventCodec().storedNames(readAs: [PasswordSet.protoMessageName, PasswordChanged.protoMessageName])
    var passwords: [UUID: UInt32] = [:]
    do throws(EventStoreError) {
      _ = try log.read(EventQuery(.all, types: Set(types.map { EventTypeName($0) }))) { event in
        let stored = StoredEvent(event)
        guard let account = StreamNames.identifier(in: stored.stream.name, of: .credential) else { return .next }
        switch try? EventCodec().decode(type: stored.type.name, payload: stored.payload) {
        case .credential(.passwordSet(let set)): passwords[account] = set.credentialVersion
        case .credential(.passwordChanged(let changed)): passwords[account] = changed.credentialVersion
        default: break
        }
        return .next
      }
    } catch {
      throw .log(error)
    }
    return passwords
  }

  func refuseLoss(_ path: String) throws(SecretsError) {
    let count = try passwords().count
    if count > 0 { throw .missing(path: path, accounts: count) }
  }

  /// Whether verifiers that say nothing of their log can be those of this one: somebody in them is known here, and of those who
  /// have a password somebody is in them.
  func check(_ accounts: Set<UUID>, _ path: String) throws(SecretsError) {
    let passwords = try passwords()
    if !passwords.isEmpty, accounts.isEmpty { throw .missing(path: path, accounts: passwords.count) }
    guard !accounts.isEmpty, accounts.isDisjoint(with: passwords.keys) else { return }
    for account in accounts where try knows(account) {
      if passwords.isEmpty { return }
      throw .missing(path: path, accounts: passwords.count)
    }
    throw .foreign(path: path)
  }

  private func knows(_ account: UUID) throws(SecretsError) -> Bool {
    do throws(EventStoreError) { return try log.head(of: Tag(TagNames.representative(account))) != nil } catch { throw .log(error) }
  }
}
