import Foundation

/// Hashes passwords on threads of its own, at most two at a time: neither the cooperative pool nor the memory of the
/// machine is ever taken by a crowd that signs in.
public struct PasswordHasher: Sendable {
  private let threads = OperationQueue()

  public init() {
    threads.name = "password hashing"
    threads.maxConcurrentOperationCount = 2
  }

  /// A new verifier of `password`, byte for byte: normalize it first.
  public func verifier(of password: String) async throws(Argon2Error) -> String {
    let bytes = Array(password.utf8)
    return try await run { () throws(Argon2Error) in try Argon2.verifier(of: bytes) }
  }

  /// Whether `verifier` was made of `password`, byte for byte.
  public func verify(_ password: String, against verifier: String) async throws(Argon2Error) -> Bool {
    let bytes = Array(password.utf8)
    return try await run { () throws(Argon2Error) in try Argon2.verify(bytes, against: verifier) }
  }

  private func run<Value: Sendable>(
    _ work: @escaping @Sendable () throws(Argon2Error) -> Value
  ) async throws(Argon2Error) -> Value {
    let result: Result<Value, Argon2Error> = await withCheckedContinuation { continuation in
      threads.addOperation { continuation.resume(returning: Result(catching: work)) }
    }
    return try result.get()
  }
}
