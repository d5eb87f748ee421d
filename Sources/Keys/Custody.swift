import Domain
import EventStore
import Foundation
import LMDB

/// What came of holding the keys and the verifiers of a data directory against its log.
public struct Custody: Sendable {
  public let keys: KeyAudit
  /// Accounts that have a password by what the log says, and those of them whose verifier is there.
  public let passwords: (all: Int, usable: Int)
  private let hasSecrets: Bool
  /// Why the keys cannot be used at all, although they are there; likewise the verifiers.
  public let keysFault: String?
  public let secretsFault: String?
  /// Whether that is only that this user may not read them: an auditor need not have them.
  private let keysAreDenied: Bool
  private let secretsAreDenied: Bool

  /// - Parameters:
  ///   - keys, secrets: The folders. They must not be open in this process.
  ///   - masterKeyFile: Where the master key is; `nil`: in the folder of keys.
  /// - Throws: ``KeyError`` or ``SecretsError`` if the log cannot be read.
  public init(keys: String, masterKeyFile: String?, secrets: String, log: any EventLog) throws {
    let keysError: KeyError?
    (self.keys, keysError) = try Self.audit(keys, masterKeyFile, log)
    keysFault = keysError?.description
    keysAreDenied = keysError?.isDenied == true
    let wanted = try SecretsLog(log).passwords()
    do throws(SecretsError) {
      guard try SecretsFolder.isThere(secrets) else {
        (passwords, hasSecrets, secretsFault, secretsAreDenied) = ((wanted.count, 0), false, nil, false)
        return
      }
      let folder = try SecretsFolder(path: secrets, .readOnly)
      if let owner = try folder.owner() {
        guard owner == log.lineage.id else { throw .foreign(path: secrets) }
      } else {
        try SecretsLog(log).check(try folder.accounts(), secrets)
      }
      var usable = 0
      for (account, version) in wanted where try folder.has(account, version) { usable += 1 }
      (passwords, hasSecrets, secretsFault, secretsAreDenied) = ((wanted.count, usable), true, nil, false)
    } catch {
      guard error.isOfTheSecrets else { throw error }
      (passwords, hasSecrets, secretsFault, secretsAreDenied) = ((wanted.count, 0), true, error.description, error.isDenied)
    }
  }

  /// What is wrong, in words: keys or verifiers of another log, and damaged ones. Those that are merely not there, or not for this
  /// user, are not among it.
  public var faults: [String] {
    var faults = [keysAreDenied ? nil : keysFault, secretsAreDenied ? nil : secretsFault].compactMap(\.self)
    if keys.wrong > 0 {
      faults.append(
        "\(keys.wrong) of \(keys.subjects) subjects' keys are damaged or those of another log. Restore the keys folder from a backup."
      )
    }
    return faults
  }

  /// Whether everything is there that the log names.
  public var isWhole: Bool { faults.isEmpty && (keysAreDenied || keys.isWhole) && (secretsAreDenied || hasPasswords) }
  /// Whether keys that the log needs are not there at all.
  public var lacksKeys: Bool { keysFault == nil && keys.isNeeded && !keys.hasFolder }
  public var lacksSecrets: Bool { secretsFault == nil && passwords.all > 0 && !hasSecrets }
  private var hasPasswords: Bool { passwords.all == passwords.usable }

  /// Two lines for people.
  public var lines: [String] {
    let keyLine = keysFault.map { "Keys: 0 of \(keys.subjects) subjects can be opened. \($0)" } ?? keys.words
    guard passwords.all > 0 || secretsFault != nil else { return [keyLine, "Passwords: nobody has one"] }
    let line = "Passwords: \(passwords.usable) of \(passwords.all) accounts' can be checked"
    return [keyLine, line + (secretsFault.map { ". \($0)" } ?? (lacksSecrets ? "; the verifiers are not here" : ""))]
  }

  private static func audit(_ path: String, _ masterKeyFile: String?, _ log: any EventLog) throws(KeyError) -> (KeyAudit, KeyError?)
  {
    do throws(KeyError) {
      let file = path + "/data.mdb"
      if try isThere(file), !FileSystem.isReadable(file) { throw .storage(.denied(path: file, right: .read)) }
      return (try KeyReader(path: path, masterKeyFile: masterKeyFile, log: log).audit(), nil)
    } catch {
      guard error.isOfTheKeys else { throw error }
      return (try KeyReader(openingNothingOf: log).audit(), error)
    }
  }

  private static func isThere(_ file: String) throws(KeyError) -> Bool {
    do throws(LMDBError) { return try FileSystem.isPresent(file) } catch { throw .storage(error) }
  }
}

extension KeyError {
  /// Whether the error says something of the keys, and not of what is needed to look at them.
  fileprivate var isOfTheKeys: Bool {
    switch self {
    case .log: false
    case .storage(.denied): true
    case .storage(let error): error.isDamage
    default: true
    }
  }

  fileprivate var isDenied: Bool {
    switch self {
    case .storage(.denied), .masterKeyUnreadable: true
    default: false
    }
  }
}

extension SecretsError {
  fileprivate var isOfTheSecrets: Bool {
    switch self {
    case .log: false
    case .storage(.denied): true
    case .storage(let error): error.isDamage
    default: true
    }
  }

  fileprivate var isDenied: Bool { if case .storage(.denied) = self { true } else { false } }
}
