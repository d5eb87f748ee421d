import Schema

extension CredentialDecider {
  public static func summary(of event: Event) -> Text {
    switch event {
    case .passwordSet: Text("Password set", "Mot de passe créé")
    case .passwordChanged: Text("Password changed", "Mot de passe modifié")
    case .signInSucceeded: Text("Signed in", "Session ouverte")
    case .signInFailed(let failed):
      Text("Sign-in failed (\(failed.consecutive))", "Ouverture de session échouée (\(failed.consecutive))")
    case .accountLocked: Text("Account locked after failed sign-ins", "Compte verrouillé après des échecs")
    case .accountUnlocked: Text("Account unlocked", "Compte déverrouillé")
    case .passwordCheckFailed(let failed):
      Text("Old password wrong (\(failed.consecutive))", "Ancien mot de passe incorrect (\(failed.consecutive))")
    }
  }
}
