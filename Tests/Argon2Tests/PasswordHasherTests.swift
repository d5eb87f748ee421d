import Argon2
import Testing

@Suite struct PasswordHasherTests {
  let hasher = PasswordHasher()

  @Test("a verifier accepts its password and no other")
  func verifies() async throws {
    let verifier = try await hasher.verifier(of: "Maple#2023x")
    #expect(verifier.hasPrefix("$argon2id$v=19$m=65536,t=2,p=1$"))
    #expect(try await hasher.verify("Maple#2023x", against: verifier))
    #expect(try await !hasher.verify("maple#2023x", against: verifier))
    #expect(try await !hasher.verify("", against: verifier))
  }

  @Test("two verifiers of one password differ")
  func salts() async throws {
    async let first = hasher.verifier(of: "Maple#2023x")
    async let second = hasher.verifier(of: "Maple#2023x")
    #expect(try await first != second)
  }

  @Test("what is no verifier accepts nothing", arguments: ["", "x", "$argon2id$v=19$m=65536,t=2,p=1$"])
  func damaged(verifier: String) async throws {
    #expect(try await !hasher.verify("Maple#2023x", against: verifier))
  }
}
