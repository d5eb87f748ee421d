/// Passwords and signing in (domain.md 2.3).
public enum Credentials {
  static let commands: [any Command.Type] = [
    SetPassword.self, ChangePassword.self, SignIn.self, UnlockAccount.self,
  ]
}
