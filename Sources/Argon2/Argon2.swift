import CSodium

/// Argon2id through libsodium: passes 2, memory 64 MiB, one lane. Verifiers are PHC strings, which name their own cost.
public enum Argon2 {
  /// What a verifier made here is called in events.
  public static let algorithmID = "argon2id-t2-m64MiB-p1"

  private static let passes: UInt64 = 2
  private static let memoryBytes = 64 << 20

  /// A verifier of `password`, with a salt of its own. Takes about a tenth of a second and 64 MiB: see ``PasswordHasher``.
  /// - Returns: A PHC string of printable ASCII, `$argon2id$v=19$m=65536,t=2,p=1$…`, at most 127 bytes.
  /// - Throws: `.notEnoughMemory` if 64 MiB cannot be had.
  public static func verifier(of password: [UInt8]) throws(Argon2Error) -> String {
    try start()
    var verifier = [CChar](repeating: 0, count: Int(crypto_pwhash_STRBYTES))
    let status = unsafe crypto_pwhash_str(
      &verifier, password.map(CChar.init(bitPattern:)), UInt64(password.count), passes, memoryBytes)
    guard status == 0 else { throw .notEnoughMemory }
    return String(decoding: verifier.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// Whether `verifier` was made of `password`. Takes as long as the verifier's cost says.
  /// - Returns: `false` as well for a string that is no verifier.
  public static func verify(_ password: [UInt8], against verifier: String) throws(Argon2Error) -> Bool {
    try start()
    let status = unsafe crypto_pwhash_str_verify(
      verifier, password.map(CChar.init(bitPattern:)), UInt64(password.count))
    return status == 0
  }

  /// libsodium chooses its implementation for this processor once.
  private static let status = sodium_init()

  private static func start() throws(Argon2Error) {
    guard status >= 0 else { throw .unavailable }
  }
}

/// Why a password could not be hashed.
public enum Argon2Error: Error, Equatable, Sendable, CustomStringConvertible {
  case notEnoughMemory
  case unavailable

  public var description: String {
    switch self {
    case .notEnoughMemory: "A password could not be hashed: 64 MiB of memory could not be had. Free some memory and try again."
    case .unavailable: "libsodium could not be started. Reinstall it (apt-get install libsodium-dev) and try again."
    }
  }
}
