import Domain
import Foundation
import Schema
import Testing
import TestSupport

@Suite("Passwords (domain.md S1, S5)")
struct CredentialTests {
  private let spec = DeciderSpec(
    CredentialDecider.self, context: .test(Sample.representative, at: .utc("2023-05-04 13:00:00")))
  private let first = CredentialEvent.OneOf_Event.passwordSet(.with { $0.credentialVersion = 1 })

  private func change(
    _ password: String, oldIsRight: Bool = true, isReused: Bool = false, confirmation: String? = nil
  ) -> CredentialCommand {
    .change(
      ChangePassword(
        password: password, confirmation: confirmation, email: "John.Doe@cicc.com", oldPasswordMatches: oldIsRight,
        isReused: isReused, algorithm: "argon2id"))
  }

  @Test(
    "The policy names everything that is wrong",
    arguments: [
      ("Maple#2023x", []), ("Abcdefgh1234567!", []), ("Élan#2023", []), ("Pass1234\u{1F600}", []),
      ("john.doe", [.passwordMissingUpper, .passwordMissingDigit, .passwordContainsEmail]),
      ("maple2023", [.passwordMissingUpper, .passwordMissingSpecial]),
      ("Aa1!", [.passwordTooShort]), ("Abcdefgh1234567!x", [.passwordTooLong]),
      ("Maple 2023#", [.passwordForbiddenCharacter]), ("Maple#2023\u{7}", [.passwordForbiddenCharacter]),
      ("Maple#2023\r\n", [.passwordForbiddenCharacter]), ("Maple#2023\u{200B}", [.passwordForbiddenCharacter]),
      ("Maple#٢٠٢٣x", [.passwordMissingDigit]),
      ("JOHN.DOE", [.passwordMissingLower, .passwordMissingDigit, .passwordContainsEmail]),
    ] as [(String, [RefusalCode])])
  func policy(password: String, codes: [RefusalCode]) {
    #expect(PasswordPolicy.faults(of: password, email: "John.Doe@cicc.com") == codes)
  }

  @Test("Length counts Characters after NFC, so an accent is no second one")
  func length() {
    #expect(PasswordPolicy.faults(of: "E\u{301}lan#20", email: "a@b.ca") == [.passwordTooShort])
  }

  @Test("The first password is version 1, and is set once")
  func sets() {
    let set = CredentialCommand.set(
      SetPassword(password: "Maple#2023x", confirmation: "Maple#2023x", email: "a@b.ca", algorithm: "argon2id"))
    #expect(
      spec.when(set)
        == .events([
          .passwordSet(.with { ($0.credentialVersion, $0.algorithmID, $0.policyVersion) = (1, "argon2id", 1) })
        ]))
    #expect(spec.given(first).when(set).codes == [.accountStateConflict])
  }

  @Test("A change counts the version up")
  func changes() {
    #expect(
      spec.given(first).when(change("River!88aa"))
        == .events([
          .passwordChanged(.with { ($0.credentialVersion, $0.algorithmID, $0.policyVersion) = (2, "argon2id", 1) })
        ]))
    #expect(spec.when(change("River!88aa")).codes == [.accountStateConflict])
  }

  @Test("A wrong old password is refused first, and the history keeps the failure")
  func oldIncorrect() {
    let outcome = spec.given(first).when(change("Aa1!", oldIsRight: false))
    #expect(outcome.codes == [.passwordOldIncorrect])
    #expect(outcome.trace == [.passwordCheckFailed(.with { $0.consecutive = 1 })])
    let second = spec.given(first).given(outcome.trace).when(change("River!88aa", oldIsRight: false))
    #expect(second.trace == [.passwordCheckFailed(.with { $0.consecutive = 2 })])
  }

  @Test("An accepted change sets the failures back")
  func resets() throws {
    let failed = spec.given(first, .passwordCheckFailed(.with { $0.consecutive = 4 }))
    #expect(failed.state.failures == 4)
    #expect(try failed.after(change("River!88aa")).state == .set(version: 2, guesses: Guesses()))
  }

  @Test("A password used lately, or typed differently twice, is refused and leaves no trace")
  func reused() {
    let outcome = spec.given(first).when(change("Maple#2023x", isReused: true, confirmation: "Maple#2023y"))
    #expect(outcome.codes == [.passwordConfirmationMismatch, .passwordReused])
    #expect(outcome.trace.isEmpty)
  }

  @Test("A closed account changes no password")
  func closed() {
    let closed = spec.given(first).with { $0.account = Sample.closedAccount() }
    #expect(closed.when(change("River!88aa")).codes == [.accountClosed])
  }
}
